"""What can be chosen for a parcel: methods, prices, days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from models.address import Destination
from models.countries import country_name, within
from models.delivery import Method, Zone, offered, priced_in, zone_of
from models.delivery_dates import Calendar, DeliveryDates, dates_of
from models.ids import now
from models.money import Money
from services.delivery import repository
from services.errors import Invalid
from services.price_list import service as price_lists
from services.unit_of_work import UnitOfWork

KIND = "delivery"


@dataclass(frozen=True, slots=True)
class FreeDelivery:
    """From which sum on the cheapest way to people at home costs nothing."""

    threshold: Money
    method: str
    where: str


async def zones(uow: UnitOfWork, *, checked: bool = False) -> tuple[Zone, ...]:
    """Every zone with its methods; `checked`: as they are now, for something that is charged."""
    return await uow.resources.reference.get(uow.session, KIND, repository.zones, checked=checked)


async def countries(uow: UnitOfWork) -> frozenset[str]:
    """The countries that something is delivered to, or to a part of them."""
    found = await zones(uow)
    return frozenset(
        area.country for zone in found if any(each.active for each in zone.methods) for area in zone.areas
    )


async def methods(
    uow: UnitOfWork,
    destination: Destination,
    currency: str,
    goods: Money | None = None,
    weight_grams: int = 0,
) -> tuple[Method, ...]:
    """The methods that reach a destination with such a parcel, cheapest first; empty if none does."""
    zone = zone_of(await zones(uow), destination)
    return await _offered(uow, zone, currency, goods, weight_grams) if zone else ()


async def method(
    uow: UnitOfWork,
    destination: Destination,
    code: str,
    currency: str,
    goods: Money | None = None,
    weight_grams: int = 0,
) -> Method:
    """What a choice is charged by, as it is now.

    Raises Invalid when the country is not served, or not by this method, or such a parcel not at all.
    """
    zone = zone_of(await zones(uow, checked=True), destination)
    if zone is None:
        raise Invalid(
            f"We don't deliver to this part of {within(destination.country)} yet."
            if destination.country in await countries(uow)
            else "We don't deliver to this country yet.",
            {"shipping_address.country": "not served"},
        )
    found = await _offered(uow, zone, currency, goods, weight_grams)
    chosen = next((each for each in found if each.code == code), None)
    if chosen is not None:
        return chosen
    if not found:
        raise Invalid(TOO_MUCH, {"shipping_method": "none carries this parcel"}, code="no_delivery_method")
    raise Invalid(
        f"Please choose a delivery method for {country_name(destination.country)}.",
        {"shipping_method": f"one of {', '.join(each.code for each in found)}"},
    )


async def _offered(
    uow: UnitOfWork, zone: Zone, currency: str, goods: Money | None, weight_grams: int
) -> tuple[Method, ...]:
    """What is kept in the store's own currency can be paid in any other, by the same conversion as goods."""
    prices = await price_lists.prices(uow, currency, skus=())
    return offered(priced_in(zone, prices), currency, goods or Money.zero(currency), weight_grams)


TOO_MUCH = (
    "This is more than our carriers take in one parcel there. Take something out, or order it in two parts;"
    " your cart is kept."
)


async def free_delivery(uow: UnitOfWork, currency: str) -> FreeDelivery | None:
    """The lowest threshold among the ways to people at home."""
    home = uow.settings.home_country
    known = [
        each
        for each in await methods(uow, Destination(home, uow.settings.home_region), currency)
        if each.free_from is not None
    ]
    best = min(known, key=lambda each: each.free_from or 0, default=None)
    if best is None or best.free_from is None:
        return None
    return FreeDelivery(Money(best.free_from, currency), best.name, within(home))


def dates(
    uow: UnitOfWork, method: Method, destination: Destination, at: datetime | None = None
) -> DeliveryDates:
    """When it arrives if it is ordered now, or at another moment."""
    configuration = uow.settings
    ordered = (at or now()).astimezone(configuration.time_zone)
    home = Calendar(configuration.home_country, configuration.home_region)
    return dates_of(method, ordered, home, destination)
