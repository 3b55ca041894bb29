"""What the pricing function is asked, and its answer line by line."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from models.money import Money
from models.pricing.tax import STANDARD


@dataclass(frozen=True, slots=True)
class PricedLine:
    """`categories` are the slugs of the product's category and of those above it. Weight is of one unit."""

    sku: str
    quantity: int
    unit_price: Money
    product: str = ""
    categories: frozenset[str] = frozenset()
    tax_class: str = STANDARD
    weight_grams: int = 0

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class Discount:
    """What one promotion takes off one line or off the delivery."""

    promotion_id: UUID
    name: str
    code: str
    amount: Money


@dataclass(frozen=True, slots=True)
class LineBreakdown:
    """A line to its last penny. `tax` is inside `goods` when prices include it, else on top of it."""

    line: PricedLine
    discounts: tuple[Discount, ...]
    tax: Money
    tax_rate: int
    tax_included: bool

    @property
    def subtotal(self) -> Money:
        return self.line.total

    @property
    def discount(self) -> Money:
        return Money.sum((each.amount for each in self.discounts), self.subtotal.currency)

    @property
    def goods(self) -> Money:
        """The line after its discounts."""
        return self.subtotal - self.discount

    @property
    def total(self) -> Money:
        return self.goods if self.tax_included else self.goods + self.tax


@dataclass(frozen=True, slots=True)
class DeliveryBreakdown:
    """`price` is before discounts; `charged` after them."""

    code: str
    name: str
    price: Money
    discounts: tuple[Discount, ...]
    tax: Money
    tax_rate: int
    tax_included: bool

    @property
    def charged(self) -> Money:
        return self.price - Money.sum((each.amount for each in self.discounts), self.price.currency)

    @property
    def total(self) -> Money:
        return self.charged if self.tax_included else self.charged + self.tax


@dataclass(frozen=True, slots=True)
class AppliedPromotion:
    """A promotion that the cart gets, and what it comes to over all lines and the delivery."""

    promotion_id: UUID
    name: str
    code: str
    amount: Money


@dataclass(frozen=True, slots=True)
class RefusedPromotion:
    """A promotion that the cart does not get, and the reason in a sentence for the shopper."""

    promotion_id: UUID
    name: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The sum of `lines` and `delivery` is `total`, to the last minor unit."""

    currency: str
    tax_included: bool
    tax_name: str
    lines: tuple[LineBreakdown, ...]
    delivery: DeliveryBreakdown | None
    applied: tuple[AppliedPromotion, ...] = ()
    refused: tuple[RefusedPromotion, ...] = ()

    @property
    def subtotal(self) -> Money:
        """The goods before discounts."""
        return Money.sum((line.subtotal for line in self.lines), self.currency)

    @property
    def discount(self) -> Money:
        """What promotions take off the goods; what they take off the delivery is out of `shipping` already."""
        return Money.sum((line.discount for line in self.lines), self.currency)

    @property
    def goods(self) -> Money:
        return self.subtotal - self.discount

    @property
    def shipping(self) -> Money:
        return self.delivery.charged if self.delivery else Money.zero(self.currency)

    @property
    def tax(self) -> Money:
        delivery = self.delivery.tax if self.delivery else Money.zero(self.currency)
        return Money.sum((line.tax for line in self.lines), self.currency) + delivery

    @property
    def total(self) -> Money:
        delivery = self.delivery.total if self.delivery else Money.zero(self.currency)
        return Money.sum((line.total for line in self.lines), self.currency) + delivery

    @property
    def weight_grams(self) -> int:
        return sum(each.line.weight_grams * each.line.quantity for each in self.lines)
