"""What promotions take off a cart, and which of them go together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from models.money import Money
from models.pricing.allocation import allocate, part_of, rounded_share
from models.pricing.breakdown import AppliedPromotion, Discount, PricedLine, RefusedPromotion
from models.pricing.tax import BASIS_POINTS

DeliveryPriceOf = Callable[[Money], Money]
"""The price of the chosen delivery for goods that come to so much after their discounts."""


@dataclass(frozen=True, slots=True)
class PercentageOff:
    """Hundredths of a per cent of the goods in scope."""

    basis_points: int


@dataclass(frozen=True, slots=True)
class AmountOff:
    """Minor units off the goods in scope together, in the promotion's currency; never more than they come to."""

    amount: int


@dataclass(frozen=True, slots=True)
class FreeDelivery:
    """The delivery costs nothing. The goods in scope decide only whether there is one."""


@dataclass(frozen=True, slots=True)
class BuyXGetY:
    """Of every `buy` + `get` units in scope, the `get` cheapest of all are reduced by `basis_points`."""

    buy: int
    get: int
    basis_points: int = BASIS_POINTS


class TierBasis(StrEnum):
    QUANTITY = "quantity"
    SPEND = "spend"


@dataclass(frozen=True, slots=True)
class Tier:
    """From `threshold` on (units, or minor units of the promotion's currency) so many basis points off."""

    threshold: int
    basis_points: int


@dataclass(frozen=True, slots=True)
class TieredOff:
    """The more, the higher the percentage: that of the highest tier reached, off all goods in scope."""

    basis: TierBasis
    tiers: tuple[Tier, ...]

    def basis_points(self, units: int, spend: int) -> int:
        reached = units if self.basis is TierBasis.QUANTITY else spend
        return max((tier.basis_points for tier in self.tiers if tier.threshold <= reached), default=0)


Effect = PercentageOff | AmountOff | FreeDelivery | BuyXGetY | TieredOff


@dataclass(frozen=True, slots=True)
class Scope:
    """Which goods a promotion is about: those in one of the categories, of one of the products, or one of the SKUs.
    All empty means everything."""

    categories: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    skus: frozenset[str] = frozenset()

    def covers(self, line: PricedLine) -> bool:
        if not (self.categories or self.products or self.skus):
            return True
        return (
            bool(self.categories & line.categories) or line.product in self.products or line.sku in self.skus
        )


@dataclass(frozen=True, slots=True)
class Promotion:
    """`code` is empty for one that applies by itself. `currency` is needed as soon as an amount of money matters.

    `minimum_spend` (minor units) counts the goods in scope before discounts. An `exclusive` one goes with no other.
    Lower `priority` is taken off first. `refusal` is why this buyer can't have it at all: used up, over, not the first
    order; a sentence for the shopper.
    """

    id: UUID
    name: str
    effect: Effect
    code: str = ""
    scope: Scope = field(default_factory=Scope)
    currency: str = ""
    minimum_spend: int = 0
    exclusive: bool = False
    priority: int = 100
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Promoted:
    """Discounts by line, in the lines' order, and on the delivery, whose price the discounts on goods may change."""

    line_discounts: tuple[tuple[Discount, ...], ...]
    delivery_price: Money
    delivery_discounts: tuple[Discount, ...]
    applied: tuple[AppliedPromotion, ...]
    refused: tuple[RefusedPromotion, ...]

    @property
    def delivery_charged(self) -> Money:
        return Money(
            self.delivery_price.amount - sum(each.amount.amount for each in self.delivery_discounts),
            self.delivery_price.currency,
        )


def promote(
    lines: Sequence[PricedLine],
    currency: str,
    promotions: Sequence[Promotion],
    delivery_price: DeliveryPriceOf | None,
) -> Promoted:
    """The promotions that leave the least to pay: all that go together, or one that goes alone.

    Those taken together are applied one after the other, each to what the one before it has left.
    """
    ordered = sorted(promotions, key=lambda each: (each.priority, each.id))
    refused = {each.id: reason for each in ordered if (reason := _refusal(each, lines, currency))}
    usable = [each for each in ordered if each.id not in refused]
    together = [each for each in usable if not each.exclusive]
    choices = [together, *([each] for each in usable if each.exclusive)]
    outcomes = [_Outcome(lines, currency, chosen, delivery_price) for chosen in choices]
    best = min(outcomes, key=lambda outcome: outcome.payable)
    for each in usable:
        if each not in best.promotions:
            refused[each.id] = _outdone(each, best.promotions)
    return best.promoted(
        tuple(
            RefusedPromotion(each.id, each.name, each.code, refused[each.id])
            for each in ordered
            if each.id in refused
        )
    )


class _Outcome:
    """What a set of promotions does to the cart."""

    def __init__(
        self,
        lines: Sequence[PricedLine],
        currency: str,
        promotions: Sequence[Promotion],
        delivery_price: DeliveryPriceOf | None,
    ) -> None:
        self.lines, self.currency, self.promotions = lines, currency, promotions
        self._left = [line.total.amount for line in lines]
        self._discounts: list[list[Discount]] = [[] for _ in lines]
        for promotion in promotions:
            self._take_off(promotion)
        goods = Money(sum(self._left), currency)
        self._delivery_price = delivery_price(goods) if delivery_price else Money.zero(currency)
        self._delivery_discount = self._free_delivery()
        free = self._delivery_discount.amount if self._delivery_discount else Money.zero(currency)
        self.payable = (goods + self._delivery_price - free).amount

    def promoted(self, refused: tuple[RefusedPromotion, ...]) -> Promoted:
        delivery = (self._delivery_discount,) if self._delivery_discount else ()
        discounts = [each for line in self._discounts for each in line] + list(delivery)
        return Promoted(
            line_discounts=tuple(tuple(line) for line in self._discounts),
            delivery_price=self._delivery_price,
            delivery_discounts=delivery,
            applied=tuple(
                AppliedPromotion(
                    each.id,
                    each.name,
                    each.code,
                    Money.sum(
                        (found.amount for found in discounts if found.promotion_id == each.id), self.currency
                    ),
                )
                for each in self.promotions
            ),
            refused=refused,
        )

    def _take_off(self, promotion: Promotion) -> None:
        covered = [index for index, line in enumerate(self.lines) if promotion.scope.covers(line)]
        left = [self._left[index] for index in covered]
        for index, amount in zip(covered, self._shares(promotion.effect, covered, left), strict=True):
            if amount:
                self._left[index] -= amount
                self._discounts[index].append(_discount(promotion, Money(amount, self.currency)))

    def _shares(self, effect: Effect, covered: Sequence[int], left: Sequence[int]) -> Sequence[int]:
        match effect:
            case PercentageOff(basis_points):
                return allocate(rounded_share(sum(left), basis_points, BASIS_POINTS), left)
            case AmountOff(amount):
                return allocate(min(amount, sum(left)), left)
            case TieredOff():
                covered_lines = [self.lines[index] for index in covered]
                units = sum(line.quantity for line in covered_lines)
                basis_points = effect.basis_points(units, sum(line.total.amount for line in covered_lines))
                return allocate(rounded_share(sum(left), basis_points, BASIS_POINTS), left)
            case BuyXGetY(buy, get, basis_points):
                reduced = self._cheapest_units(covered, buy, get)
                return [
                    rounded_share(
                        part_of(amount, self.lines[index].quantity, 0, reduced[index]),
                        basis_points,
                        BASIS_POINTS,
                    )
                    for index, amount in zip(covered, left, strict=True)
                ]
            case FreeDelivery():
                return [0] * len(covered)

    def _cheapest_units(self, covered: Sequence[int], buy: int, get: int) -> dict[int, int]:
        """How many units of each covered line are reduced."""
        missing = sum(self.lines[index].quantity for index in covered) // (buy + get) * get
        reduced = {}
        for index in sorted(covered, key=lambda index: (self.lines[index].unit_price.amount, index)):
            reduced[index] = min(missing, self.lines[index].quantity)
            missing -= reduced[index]
        return reduced

    def _free_delivery(self) -> Discount | None:
        free = next((each for each in self.promotions if isinstance(each.effect, FreeDelivery)), None)
        return _discount(free, self._delivery_price) if free and self._delivery_price else None


def _discount(promotion: Promotion, amount: Money) -> Discount:
    return Discount(promotion.id, promotion.name, promotion.code, amount)


def _refusal(promotion: Promotion, lines: Sequence[PricedLine], currency: str) -> str:
    """Why the promotion is not for this cart; empty when it is."""
    if promotion.refusal:
        return promotion.refusal
    if promotion.currency and promotion.currency != currency:
        return f"This is for carts in {promotion.currency} only."
    covered = [line for line in lines if promotion.scope.covers(line)]
    if not covered:
        return "Nothing in your cart is part of this offer."
    missing = promotion.minimum_spend - sum(line.total.amount for line in covered)
    if missing > 0:
        return f"Add {Money(missing, currency).format()} more of what it covers to get this."
    return _short_of(promotion.effect, covered, currency)


def _short_of(effect: Effect, covered: Sequence[PricedLine], currency: str) -> str:
    units = sum(line.quantity for line in covered)
    if isinstance(effect, BuyXGetY) and units < effect.buy + effect.get:
        return f"Add {effect.buy + effect.get - units} more of what it covers to get this."
    if isinstance(effect, TieredOff):
        spend = sum(line.total.amount for line in covered)
        if not effect.basis_points(units, spend):
            first = min((tier.threshold for tier in effect.tiers), default=0)
            missing = first - (units if effect.basis is TierBasis.QUANTITY else spend)
            told = str(missing) if effect.basis is TierBasis.QUANTITY else Money(missing, currency).format()
            return f"Add {told} more of what it covers to get this."
    return ""


def _outdone(promotion: Promotion, taken: Sequence[Promotion]) -> str:
    if not taken:
        return "It would not save you anything."
    names = " and ".join(f"“{each.name}”" for each in taken)
    saves = "saves" if len(taken) == 1 else "save"
    if promotion.exclusive:
        return f"It can't be combined with other offers, and {names} {saves} you more."
    return f"{names} can't be combined with other offers, and {saves} you more."
