"""Delivery zones and their methods as staff see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.countries import country_name
from models.delivery import Basis, Method, Zone
from models.delivery_dates import DeliveryDates
from models.money import Money
from store_app.view_models.checkout import price_or_free

SHOWN_PARTS = 8


@dataclass(frozen=True, slots=True)
class MethodRow:
    """`key` names it among the methods of all zones."""

    key: str
    code: str
    name: str
    prices: str
    free: str
    days: str
    active: bool


@dataclass(frozen=True, slots=True)
class ZoneCard:
    id: str
    name: str
    places: str
    methods: tuple[MethodRow, ...]


@dataclass(frozen=True, slots=True)
class ZoneForm:
    """`id` is empty for a new zone; `areas` are written one country a line."""

    id: str = ""
    name: str = ""
    areas: str = ""
    position: str = "0"


@dataclass(frozen=True, slots=True)
class MethodForm:
    """`code_now` is empty for a new method. Amounts are written in major units, `rates` one step a line."""

    zone_id: str = ""
    zone_name: str = ""
    code_now: str = ""
    name: str = ""
    basis: str = Basis.WEIGHT.value
    rates: str = ""
    free_from: str = ""
    tax_class: str = "standard"
    cut_off: str = "14:00"
    handling_days: str = "1"
    transit_from: str = "1"
    transit_to: str = "3"
    active: bool = True
    position: str = "0"


@dataclass(frozen=True, slots=True)
class TrialRow:
    """What a shopper would be offered."""

    name: str
    price: str
    days: str


def of_zone(zone: Zone) -> ZoneCard:
    return ZoneCard(
        str(zone.id), zone.name, _places(zone), tuple(_method(zone, method) for method in zone.methods)
    )


def of_trial(
    offers: Sequence[tuple[Method, DeliveryDates]], goods: Money, weight_grams: int
) -> tuple[TrialRow, ...]:
    return tuple(
        TrialRow(method.name, price_or_free(method.price(goods, weight_grams)), days.format())
        for method, days in offers
    )


def _places(zone: Zone) -> str:
    """Countries; of one of which only parts are meant, the first of those parts."""
    parts: dict[str, list[str]] = {}
    for area in zone.areas:
        parts.setdefault(area.country, []).append(area.region or area.postal_prefix)
    return "; ".join(_parts(country, own) for country, own in parts.items())


def _parts(country: str, parts: list[str]) -> str:
    if "" in parts:
        return country_name(country)
    more = f" and {len(parts) - SHOWN_PARTS} more" if len(parts) > SHOWN_PARTS else ""
    return f"{country_name(country)}: {', '.join(parts[:SHOWN_PARTS])}{more}"


def _method(zone: Zone, method: Method) -> MethodRow:
    amounts = [Money(rate.amount, method.currency) for rate in method.rates]
    low, high = min(amounts), max(amounts, key=lambda each: each.amount)
    last = method.rates[-1].up_to
    reach = f", up to {last / 1000:g} kg" if method.basis is Basis.WEIGHT and last else ""
    return MethodRow(
        key=f"{zone.id}/{method.code}",
        code=method.code,
        name=method.name,
        prices=f"{low.format()}{f' to {high.format()}' if high != low else ''}{reach}",
        free=Money(method.free_from, method.currency).format() if method.free_from else "–",
        days=_days(method),
        active=method.active,
    )


def _days(method: Method) -> str:
    """Working days from the order to the door."""
    first, last = (method.handling_days + each for each in (method.transit_from, method.transit_to))
    number = str(first) if first == last else f"{first}–{last}"
    return f"{number} working {'day' if number == '1' else 'days'}, ordered by {method.cut_off:%H:%M}"
