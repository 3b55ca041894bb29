"""What falls on parts of an order that are given back, by what was agreed when it was placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def falls_on(
    sold: Sequence[Sold], returned: Mapping[str, int], units: Mapping[str, int], currency: str
) -> tuple[Sold, ...]:
    """What of each part falls on `units` that are given back after those `returned` already.

    However an order is given back, one part after the other, it comes to what was paid: amounts and taxes. Where the
    parts of an order are amounts that a card can be charged, so is each of these.
    Raises ValueError for units that the order doesn't have, or has no more.
    """
    known = {each.sku: each for each in sold}
    if unknown := units.keys() - known.keys():
        raise ValueError(f"{', '.join(sorted(unknown))} was not sold")
    return tuple(
        _part(each, returned.get(each.sku, 0), units[each.sku], currency)
        for each in sold
        if units.get(each.sku)
    )


def rest_of(sold: Sequence[Sold], returned: Mapping[str, int]) -> dict[str, int]:
    """The units that were not given back yet."""
    left = {each.sku: each.units - returned.get(each.sku, 0) for each in sold}
    return {sku: units for sku, units in left.items() if units}


def _part(sold: Sold, before: int, units: int, currency: str) -> Sold:
    step = charge_step(currency)
    step = 1 if sold.amount % step else step
    amount = part_of(sold.amount // step, sold.units, before, units) * step
    return Sold(sold.sku, units, amount, part_of(sold.tax, sold.units, before, units))
