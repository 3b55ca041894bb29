"""The one pricing function: cart, checkout, order, refund and REST all show what it returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.money import Money

VAT_BASIS_POINTS = 2000
"""United Kingdom standard rate, 20 %, in hundredths of a per cent (VAT Notice 700)."""


@dataclass(frozen=True, slots=True)
class PricedLine:
    sku: str
    quantity: int
    unit_price: Money

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Totals:
    """`total` is subtotal − discount + shipping; `tax` is the part of it that is VAT, already inside the prices."""

    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money


def price_cart(lines: Sequence[PricedLine], currency: str, *, shipping: Money | None = None) -> Totals:
    """Add up a cart. Raises CurrencyMismatch when a line is priced in another currency."""
    subtotal = Money.sum((line.total for line in lines), currency)
    delivery = shipping or Money.zero(currency)
    total = subtotal + delivery
    return Totals(
        subtotal=subtotal,
        discount=Money.zero(currency),
        shipping=delivery,
        tax=_included_tax(total),
        total=total,
    )


def _included_tax(total: Money) -> Money:
    """The VAT contained in a gross amount, rounded half up to a minor unit."""
    divisor = 10_000 + VAT_BASIS_POINTS
    return Money((2 * total.amount * VAT_BASIS_POINTS + divisor) // (2 * divisor), total.currency)
