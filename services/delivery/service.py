"""Delivery: where the store delivers to, how, and at which price."""

from __future__ import annotations

from models.address import Destination
from models.shipping import COUNTRIES, ShippingMethod, methods_for
from services.errors import Invalid
from services.unit_of_work import UnitOfWork


async def methods(uow: UnitOfWork, destination: Destination, currency: str) -> tuple[ShippingMethod, ...]:
    """The methods that reach a destination, cheapest first; empty if none does."""
    return methods_for(destination.country)


async def method(uow: UnitOfWork, destination: Destination, code: str, currency: str) -> ShippingMethod:
    """Raises Invalid when the country is not served or not by this method."""
    found = await methods(uow, destination, currency)
    if not found:
        raise Invalid("We don't deliver to this country yet.", {"shipping_address.country": "not served"})
    chosen = next((each for each in found if each.code == code), None)
    if chosen is None:
        raise Invalid(
            f"Please choose a delivery method for {COUNTRIES[destination.country]}.",
            {"shipping_method": f"one of {', '.join(each.code for each in found)}"},
        )
    return chosen
