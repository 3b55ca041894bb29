"""Whether a cart has what a promotion asks for, and what to say when not."""

from __future__ import annotations

from collections.abc import Sequence

from models.money import Money
from models.pricing.breakdown import PricedLine
from models.pricing.effects import BuyXGetY, Scope, TierBasis, TieredOff
from models.pricing.refusals import Refusal, RefusalKind
from models.pricing.terms import Promotion


def refusal_of(promotion: Promotion, lines: Sequence[PricedLine], currency: str) -> Refusal | None:
    """Why the promotion is not for this cart; None when it is."""
    if promotion.refusal:
        return promotion.refusal
    if promotion.currency and promotion.currency != currency:
        return Refusal(
            RefusalKind.OTHER_CURRENCY,
            f"It holds for prices in {promotion.currency} only; yours are in {currency}.",
        )
    covered = covered_by(promotion, lines)
    if not covered:
        return Refusal(RefusalKind.NOTHING_COVERED, "Nothing in your cart is part of this offer.")
    missing = promotion.minimum_spend - spend_of(covered)
    if missing > 0:
        return _spend_more(missing, currency, promotion.scope)
    return _short_of(promotion, covered, currency)


def covered_by(promotion: Promotion, lines: Sequence[PricedLine]) -> list[PricedLine]:
    return [line for line in lines if promotion.scope.covers(line)]


def spend_of(lines: Sequence[PricedLine]) -> int:
    """Minor units before discounts."""
    return sum(line.total.amount for line in lines)


def units_of(lines: Sequence[PricedLine]) -> int:
    return sum(line.quantity for line in lines)


def outdone(promotion: Promotion, taken: Sequence[Promotion], *, as_good: bool) -> Refusal:
    """Why it gives way to those taken; `as_good` when it would have saved the same."""
    if not promotion.exclusive and not any(each.exclusive for each in taken):
        return Refusal(RefusalKind.OUTDONE, "Without it your delivery is free, and that saves you more.")
    if not taken:
        return Refusal(RefusalKind.NO_EFFECT, "It would not save you anything on this cart.")
    names = " and ".join(f"“{each.name}”" for each in taken)
    saves = f"{'saves' if len(taken) == 1 else 'save'} you {'as much' if as_good else 'more'}"
    if promotion.exclusive:
        return Refusal(RefusalKind.OUTDONE, f"It can't be combined with other offers, and {names} {saves}.")
    return Refusal(RefusalKind.OUTDONE, f"{names} can't be combined with other offers, and {saves}.")


def awaits_delivery(taken: Sequence[Promotion]) -> Refusal:
    """Of a free delivery that can't be combined with those taken, before a delivery is chosen."""
    names = " and ".join(f"“{each.name}”" for each in taken)
    return Refusal(
        RefusalKind.AWAITS_DELIVERY,
        f"It can't be combined with {names}. Choose a delivery, and you get what saves you more.",
    )


def _short_of(promotion: Promotion, covered: Sequence[PricedLine], currency: str) -> Refusal | None:
    effect, units, spend = promotion.effect, units_of(covered), spend_of(covered)
    if isinstance(effect, BuyXGetY) and units < effect.group:
        return _add_more(effect.group - units, promotion.scope)
    if isinstance(effect, TieredOff):
        missing = min(tier.threshold for tier in effect.tiers) - effect.reached(units, spend)
        if missing <= 0:
            return None
        if effect.basis is TierBasis.QUANTITY:
            return _add_more(missing, promotion.scope)
        return _spend_more(missing, currency, promotion.scope)
    return None


def _spend_more(missing: int, currency: str, scope: Scope) -> Refusal:
    amount = Money(missing, currency).format()
    on = "" if scope.is_everything else " on what it covers"
    return Refusal(RefusalKind.SPEND_MORE, f"Spend {amount} more{on} to get it.", missing)


def _add_more(missing: int, scope: Scope) -> Refusal:
    of = "to your cart" if scope.is_everything else "of what it covers"
    return Refusal(RefusalKind.ADD_MORE, f"Add {missing} more {of} to get it.", missing)
