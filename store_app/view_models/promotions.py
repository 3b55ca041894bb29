"""Promotions as a shopper sees them on a cart or an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.money import Money
from models.pricing import Breakdown, Discount


@dataclass(frozen=True, slots=True)
class SavingRow:
    """What a promotion takes off. `code` is empty for one that applies by itself."""

    name: str
    code: str
    amount: str


@dataclass(frozen=True, slots=True)
class LineSaving:
    """What a promotion takes off the line of one SKU."""

    sku: str
    name: str
    amount: str


@dataclass(frozen=True, slots=True)
class LostRow:
    """A promotion that does not apply; `reason` is a sentence."""

    name: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class PromotionsView:
    """`goods` are taken off the goods, `lines` tells of which; `delivery` off the delivery, whose price has them in it
    already. `hint` is the offer that is nearly reached."""

    goods: tuple[SavingRow, ...] = ()
    delivery: tuple[SavingRow, ...] = ()
    lines: tuple[LineSaving, ...] = ()
    lost: tuple[LostRow, ...] = ()
    hint: str = ""


NO_PROMOTIONS = PromotionsView()


def of_breakdown(totals: Breakdown) -> PromotionsView:
    lost = tuple(
        LostRow(each.name, each.code, each.reason) for each in totals.refused if each.concerns_shopper
    )
    waits = totals.delivery is None
    return PromotionsView(
        goods=tuple(
            SavingRow(each.name, each.code, saving(each.amount))
            for each in totals.applied
            if not each.on_delivery
        ),
        delivery=tuple(
            SavingRow(each.name, each.code, "at checkout" if waits else saving(each.amount))
            for each in totals.applied
            if each.on_delivery
        ),
        lines=tuple(
            LineSaving(line.line.sku, each.name, saving(each.amount))
            for line in totals.lines
            for each in line.discounts
        ),
        lost=lost,
        hint=totals.hint,
    )


def of_order(promotions: Sequence[Mapping[str, Any]], currency: str) -> PromotionsView:
    """As an order keeps them."""

    def rows(*, on_delivery: bool) -> tuple[SavingRow, ...]:
        return tuple(
            SavingRow(each["name"], each["code"], saving(Money(each["amount"], currency)))
            for each in promotions
            if each.get("on_delivery", False) is on_delivery
        )

    return PromotionsView(goods=rows(on_delivery=False), delivery=rows(on_delivery=True))


def of_line(discounts: Iterable[Discount]) -> tuple[SavingRow, ...]:
    return tuple(SavingRow(each.name, each.code, saving(each.amount)) for each in discounts)


def of_order_line(discounts: Sequence[Mapping[str, Any]], currency: str) -> tuple[SavingRow, ...]:
    return tuple(SavingRow(each["name"], "", saving(Money(each["amount"], currency))) for each in discounts)


def saving(amount: Money) -> str:
    return f"−{amount.format()}"
