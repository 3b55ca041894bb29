"""What a set of promotions does to a cart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from models.currency import charge_step
from models.money import Money
from models.pricing.allocation import allocate, part_of, rounded_share
from models.pricing.breakdown import AppliedPromotion, Discount, PricedLine
from models.pricing.effects import AmountOff, BuyXGetY, Effect, FreeDelivery, PercentageOff, TieredOff
from models.pricing.eligibility import spend_of, units_of
from models.pricing.tax import BASIS_POINTS
from models.pricing.terms import Promotion

DeliveryPriceOf = Callable[[Money], Money]
"""The price of the chosen delivery for goods that come to so much after their discounts."""
TaxOnTop = Callable[[Sequence[int], int], int]
"""What taxes add to lines that come to so much each, and to a delivery, all in minor units."""


class Outcome:
    """The promotions are applied one after the other, each to what the one before it has left. Whatever they take off
    is an amount that a card can be charged. `payable` is all that is to be paid, taxes included."""

    def __init__(
        self,
        lines: Sequence[PricedLine],
        currency: str,
        promotions: Sequence[Promotion],
        delivery_price: DeliveryPriceOf | None,
        tax_on_top: TaxOnTop,
    ) -> None:
        self.lines, self.currency, self.promotions = lines, currency, promotions
        self._step = charge_step(currency)
        self._left = [line.total.amount for line in lines]
        self._discounts: list[list[Discount]] = [[] for _ in lines]
        for promotion in promotions:
            self._take_off(promotion)
        goods = Money(sum(self._left), currency)
        self.delivery_known = delivery_price is not None
        self.delivery_price = delivery_price(goods) if delivery_price else Money.zero(currency)
        self.delivery_discounts = tuple(self._off_delivery())
        charged = self.delivery_price.amount - sum(each.amount.amount for each in self.delivery_discounts)
        self.payable = goods.amount + charged + tax_on_top(self._left, charged)

    @property
    def line_discounts(self) -> tuple[tuple[Discount, ...], ...]:
        return tuple(tuple(line) for line in self._discounts)

    @property
    def awaiting_delivery(self) -> int:
        """How many of the promotions will show what they are worth once a delivery is chosen."""
        return sum(self.awaits(each) for each in self.promotions)

    def awaits(self, promotion: Promotion) -> bool:
        return isinstance(promotion.effect, FreeDelivery) and not self.delivery_known

    @cached_property
    def amounts(self) -> dict[Promotion, int]:
        """What each promotion comes to over all lines and the delivery."""
        discounts = [each for line in self._discounts for each in line] + list(self.delivery_discounts)
        return {
            each: sum(found.amount.amount for found in discounts if found.promotion_id == each.id)
            for each in self.promotions
        }

    def works(self, promotion: Promotion) -> bool:
        """Whether it takes anything off, as far as is known."""
        return self.awaits(promotion) or self.amounts[promotion] > 0

    def applied(self) -> tuple[AppliedPromotion, ...]:
        return tuple(
            AppliedPromotion(
                each.id,
                each.name,
                each.code,
                Money(amount, self.currency),
                on_delivery=isinstance(each.effect, FreeDelivery),
            )
            for each, amount in self.amounts.items()
            if self.works(each)
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
                return self._share(left, basis_points)
            case AmountOff(amount):
                return allocate(min(self._whole_steps(amount), sum(left)), left, self._step)
            case TieredOff():
                lines = [self.lines[index] for index in covered]
                basis_points = effect.basis_points(units_of(lines), spend_of(lines))
                return self._share(left, basis_points)
            case BuyXGetY():
                reduced = self._cheapest_units(covered, effect)
                return [
                    self._part(amount, self.lines[index].quantity, reduced[index], effect.basis_points)
                    for index, amount in zip(covered, left, strict=True)
                ]
            case FreeDelivery():
                return [0] * len(covered)

    def _share(self, amounts: Sequence[int], basis_points: int) -> Sequence[int]:
        """So many basis points of the amounts together, divided among them; never more than there is."""
        whole = rounded_share(sum(amounts), basis_points, BASIS_POINTS, self._step)
        return allocate(min(whole, sum(amounts)), amounts, self._step)

    def _part(self, amount: int, quantity: int, units: int, basis_points: int) -> int:
        """So many basis points of some units of a line."""
        part = part_of(amount, quantity, 0, units)
        return min(rounded_share(part, basis_points, BASIS_POINTS, self._step), amount)

    def _whole_steps(self, amount: int) -> int:
        return amount - amount % self._step

    def _cheapest_units(self, covered: Sequence[int], effect: BuyXGetY) -> dict[int, int]:
        """How many units of each covered line are reduced."""
        missing = sum(self.lines[index].quantity for index in covered) // effect.group * effect.get
        reduced = {}
        for index in sorted(covered, key=lambda index: (self.lines[index].unit_price.amount, index)):
            reduced[index] = min(missing, self.lines[index].quantity)
            missing -= reduced[index]
        return reduced

    def _off_delivery(self) -> list[Discount]:
        left, discounts = self.delivery_price.amount, []
        for each in self.promotions:
            if isinstance(each.effect, FreeDelivery) and left:
                up_to = self._whole_steps(each.effect.up_to) if each.effect.up_to else left
                amount = min(left, up_to)
                discounts.append(_discount(each, Money(amount, self.currency)))
                left -= amount
        return discounts


def _discount(promotion: Promotion, amount: Money) -> Discount:
    return Discount(promotion.id, promotion.name, promotion.code, amount)
