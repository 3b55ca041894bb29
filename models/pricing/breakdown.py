"""What the pricing function is asked, and its answer line by line."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from models.money import Money
from models.pricing.refusals import Refusal, RefusalKind
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
class TaxLine:
    """What a rate (hundredths of a per cent) comes to over all lines and the delivery."""

    name: str
    rate: int
    amount: Money

    @property
    def label(self) -> str:
        """VAT 20%, VAT 5.5%"""
        whole, hundredths = divmod(self.rate, 100)
        decimals = f".{hundredths:02}".rstrip("0") if hundredths else ""
        return f"{self.name} {whole}{decimals}%"


@dataclass(frozen=True, slots=True)
class AppliedPromotion:
    """A promotion that the cart gets, and what it comes to over all lines, or on the delivery."""

    promotion_id: UUID
    name: str
    code: str
    amount: Money
    on_delivery: bool = False


@dataclass(frozen=True, slots=True)
class RefusedPromotion:
    """A promotion that the cart does not get, and why."""

    promotion_id: UUID
    name: str
    code: str
    refusal: Refusal

    @property
    def reason(self) -> str:
        """A sentence for the shopper."""
        return self.refusal.reason

    @property
    def concerns_shopper(self) -> bool:
        """They typed its code, or would get it but for a better one; offers for other carts are no matter of theirs."""
        return bool(self.code) or self.refusal.kind is RefusalKind.OUTDONE


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The sum of `lines` and `delivery` is `total`, to the last minor unit. `hint` is the one offer that is nearly
    reached, in a sentence, or empty."""

    currency: str
    tax_included: bool
    tax_name: str
    lines: tuple[LineBreakdown, ...]
    delivery: DeliveryBreakdown | None
    applied: tuple[AppliedPromotion, ...] = ()
    refused: tuple[RefusedPromotion, ...] = ()
    hint: str = ""

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
    def taxes(self) -> tuple[TaxLine, ...]:
        """The tax by rate, the highest first, without what is taxed at nothing; together they are `tax`."""
        amounts: dict[int, int] = {}
        parts: list[LineBreakdown | DeliveryBreakdown] = list(self.lines)
        if self.delivery:
            parts.append(self.delivery)
        for part in parts:
            if part.tax_rate:
                amounts[part.tax_rate] = amounts.get(part.tax_rate, 0) + part.tax.amount
        return tuple(
            TaxLine(self.tax_name, rate, Money(amounts[rate], self.currency))
            for rate in sorted(amounts, reverse=True)
        )

    @property
    def total(self) -> Money:
        delivery = self.delivery.total if self.delivery else Money.zero(self.currency)
        return Money.sum((line.total for line in self.lines), self.currency) + delivery

    @property
    def weight_grams(self) -> int:
        return sum(each.line.weight_grams * each.line.quantity for each in self.lines)
