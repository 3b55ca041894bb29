"""Promotions: what they do to a cart, which of them go together, and why others don't apply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice

from models.money import Money
from models.pricing.breakdown import AppliedPromotion, Discount, PricedLine, RefusedPromotion
from models.pricing.effects import (
    AmountOff,
    BuyXGetY,
    Effect,
    FreeDelivery,
    PercentageOff,
    Scope,
    Tier,
    TierBasis,
    TieredOff,
)
from models.pricing.eligibility import awaits_delivery, outdone, refusal_of
from models.pricing.hints import nearest
from models.pricing.outcome import DeliveryPriceOf, Outcome, TaxOnTop
from models.pricing.refusals import Refusal, RefusalKind
from models.pricing.terms import Promotion

__all__ = [
    "AmountOff",
    "BuyXGetY",
    "DeliveryPriceOf",
    "Effect",
    "FreeDelivery",
    "PercentageOff",
    "Promoted",
    "Promotion",
    "Scope",
    "Tier",
    "TierBasis",
    "TieredOff",
    "promote",
]

MOST_CHOICES = 100
"""How many choices of promotions are tried at most: all of six."""


@dataclass(frozen=True, slots=True)
class Promoted:
    """Discounts by line, in the lines' order, and on the delivery, whose price the discounts on goods may change.
    `hint` is the one offer nearly reached, in a sentence."""

    line_discounts: tuple[tuple[Discount, ...], ...]
    delivery_price: Money
    delivery_discounts: tuple[Discount, ...]
    applied: tuple[AppliedPromotion, ...]
    refused: tuple[RefusedPromotion, ...]
    hint: str = ""

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
    tax_on_top: TaxOnTop,
) -> Promoted:
    """The promotions that leave the least to pay, with the taxes that come on top: all that go together, or one that
    goes alone.

    One that takes nothing off is not applied, so that it is not used up; nor one that costs the buyer more than it
    saves, because the goods then miss the amount from which delivery is free.
    """
    ordered = sorted(promotions, key=lambda each: (each.priority, each.id))
    refused = {each: why for each in ordered if (why := refusal_of(each, lines, currency))}
    usable = [each for each in ordered if each not in refused]

    def outcome(chosen: Sequence[Promotion]) -> Outcome:
        return Outcome(lines, currency, chosen, delivery_price, tax_on_top)

    alone = {each: outcome([each]) for each in usable if each.exclusive}
    all_together = outcome([each for each in usable if not each.exclusive])
    best = min([all_together, *alone.values(), *_with_fewer(all_together, outcome)], key=_price_of)
    for each in usable:
        if each not in best.promotions and best.awaits(each):
            refused[each] = awaits_delivery(best.promotions)
        elif each not in best.promotions:
            own = alone.get(each, all_together)
            refused[each] = outdone(each, best.promotions, as_good=own.payable == best.payable)
        elif not best.works(each):
            refused[each] = _idle(each)
    taken = [each for each in best.promotions if each not in refused]
    return Promoted(
        line_discounts=best.line_discounts,
        delivery_price=best.delivery_price,
        delivery_discounts=best.delivery_discounts,
        applied=best.applied(),
        refused=tuple(
            RefusedPromotion(each.id, each.name, each.code, refused[each])
            for each in ordered
            if each in refused
        ),
        hint=nearest(lines, currency, taken, refused),
    )


def _price_of(outcome: Outcome) -> tuple[int, int]:
    """Of those that cost the same, what may yet save a delivery goes first."""
    return outcome.payable, -outcome.awaiting_delivery


def _with_fewer(together: Outcome, outcome: Callable[[Sequence[Promotion]], Outcome]) -> Iterator[Outcome]:
    """Without any, or without some: that may leave less to pay where discounts make the delivery dearer.

    Of very many promotions not every choice is tried, those first that leave out the fewest.
    """
    if not together.promotions:
        return
    yield (nothing := outcome(()))
    if nothing.delivery_price < together.delivery_price:
        sizes = range(len(together.promotions) - 1, 0, -1)
        choices = chain.from_iterable(combinations(together.promotions, size) for size in sizes)
        yield from map(outcome, islice(choices, MOST_CHOICES))


def _idle(promotion: Promotion) -> Refusal:
    if isinstance(promotion.effect, FreeDelivery):
        return Refusal(RefusalKind.NO_EFFECT, "Your delivery is free already.")
    return Refusal(RefusalKind.NO_EFFECT, "It would not save you anything on this cart.")
