"""What falls on parts of an order that are given back, by what was agreed when it was placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.currency import charge_step
from models.pricing.allocation import part_of

DELIVERY = ""
"""Stands for the delivery, of which an order has one, among the SKUs."""


@dataclass(frozen=True, slots=True)
class Sold:
    """A line of an order, or its delivery, as it is paid: `amount` after discounts and with its tax, which is `tax`.
    Minor units."""

    sku: str
    units: int
    amount: int
    tax: int


Given = Mapping[str, Sold]
"""What was given back already, by SKU."""


def given_by(parts: Iterable[Sold]) -> dict[str, Sold]:
    """What parts come to, by SKU."""
    given: dict[str, Sold] = {}
    for part in parts:
        before = given.get(part.sku, Sold(part.sku, 0, 0, 0))
        given[part.sku] = Sold(
            part.sku, before.units + part.units, before.amount + part.amount, before.tax + part.tax
        )
    return given


def falls_on(sold: Sequence[Sold], given: Given, units: Mapping[str, int], currency: str) -> tuple[Sold, ...]:
    """What of each part falls on `units`, of what was not given back yet.

    However an order is given back, one part after the other, it comes to what was paid: amounts and taxes, also when
    something of it failed and is given back later. Where the parts of an order are amounts that a card can be charged,
    so is each of these. Raises ValueError for units that the order doesn't have, or has no more.
    """
    known = {each.sku: each for each in sold}
    if unknown := units.keys() - known.keys():
        raise ValueError(f"{', '.join(sorted(unknown))} was not sold")
    return tuple(_part(_left(each, given), units[each.sku], currency) for each in sold if units.get(each.sku))


def rest_of(sold: Sequence[Sold], given: Given) -> dict[str, int]:
    """The units that were not given back yet."""
    return {each.sku: left for each in sold if (left := _left(each, given).units)}


def _left(sold: Sold, given: Given) -> Sold:
    gone = given.get(sold.sku)
    if gone is None:
        return sold
    return Sold(sold.sku, sold.units - gone.units, sold.amount - gone.amount, sold.tax - gone.tax)


def _part(left: Sold, units: int, currency: str) -> Sold:
    step = charge_step(currency)
    step = 1 if left.amount % step else step
    amount = part_of(left.amount // step, left.units, 0, units) * step
    return Sold(left.sku, units, amount, part_of(left.tax, left.units, 0, units))
