"""Delivery: where the store delivers to, how, and at which price."""

from __future__ import annotations

from dataclasses import replace

from models.address import Destination
from models.money import Money
from models.prices import Prices
from models.shipping import COUNTRIES, SHIPPING_METHODS, ShippingMethod, methods_for
from services.errors import Invalid
from services.price_list import service as price_lists
from services.unit_of_work import UnitOfWork


async def methods(uow: UnitOfWork, destination: Destination, currency: str) -> tuple[ShippingMethod, ...]:
    """The methods that reach a destination, cheapest first, with prices and thresholds in a currency; empty if none
    does."""
    prices = await price_lists.prices(uow, currency, skus=())
    return tuple(_priced(each, prices) for each in methods_for(destination.country))


async def free_from(uow: UnitOfWork, currency: str) -> Money | None:
    """What goods have to come to for standard delivery at home to cost nothing; None when they never can."""
    standard = next(each for each in SHIPPING_METHODS if each.code == "standard")
    if standard.free_from is None:
        return None
    prices = await price_lists.prices(uow, currency, skus=())
    return prices.money(Money(standard.free_from, uow.settings.currency))


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


def _priced(method: ShippingMethod, prices: Prices) -> ShippingMethod:
    """In the currency of the prices, by the same conversion as goods without a price by hand."""
    convert = prices.conversion.convert
    threshold = None if method.free_from is None else convert(method.free_from)
    return replace(method, price_amount=convert(method.price_amount), free_from=threshold)
