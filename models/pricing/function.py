"""From lines, promotions, delivery and taxes to what has to be paid. Pure: no clock, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from models.money import Money
from models.pricing.breakdown import Breakdown, DeliveryBreakdown, LineBreakdown, PricedLine
from models.pricing.promotions import Promotion, promote
from models.pricing.tax import NO_TAX, STANDARD, TaxRules


class DeliveryPrice(Protocol):
    """A delivery method as the pricing function sees it."""

    def price(self, goods: Money, weight_grams: int) -> Money:
        """The price for goods that come to `goods` after their discounts."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A chosen way to deliver."""

    code: str
    name: str
    method: DeliveryPrice
    tax_class: str = STANDARD


def price(
    lines: Sequence[PricedLine],
    currency: str,
    *,
    promotions: Sequence[Promotion] = (),
    delivery: Delivery | None = None,
    tax: TaxRules = NO_TAX,
) -> Breakdown:
    """What a cart comes to: an amount that a card can be charged where the prices are such amounts.

    Raises CurrencyMismatch when a line is priced in another currency.
    """
    weight = sum(line.weight_grams * line.quantity for line in lines)
    delivery_price = partial(_delivery_price, delivery.method, weight) if delivery else None
    classes = [line.tax_class for line in lines] + ([delivery.tax_class] if delivery else [])

    def tax_on_top(goods: Sequence[int], charged: int) -> int:
        return tax.on_top(list(zip([*goods, charged], classes, strict=False)), currency)

    promoted = promote(lines, currency, promotions, delivery_price, tax_on_top)
    amounts = [
        line.total.amount - sum(each.amount.amount for each in discounts)
        for line, discounts in zip(lines, promoted.line_discounts, strict=True)
    ]
    charged = [promoted.delivery_charged.amount] if delivery else []
    taxes = tax.taxes(list(zip([*amounts, *charged], classes, strict=True)), currency)
    return Breakdown(
        currency=currency,
        tax_included=tax.included,
        tax_name=tax.name,
        lines=tuple(
            LineBreakdown(
                line=line,
                discounts=discounts,
                tax=Money(amount, currency),
                tax_rate=tax.rate(line.tax_class),
                tax_included=tax.included,
            )
            for line, discounts, amount in zip(lines, promoted.line_discounts, taxes, strict=False)
        ),
        delivery=DeliveryBreakdown(
            code=delivery.code,
            name=delivery.name,
            price=promoted.delivery_price,
            discounts=promoted.delivery_discounts,
            tax=Money(taxes[-1], currency),
            tax_rate=tax.rate(delivery.tax_class),
            tax_included=tax.included,
        )
        if delivery
        else None,
        applied=promoted.applied,
        refused=promoted.refused,
        hint=promoted.hint,
    )


def _delivery_price(method: DeliveryPrice, weight_grams: int, goods: Money) -> Money:
    return method.price(goods, weight_grams)
