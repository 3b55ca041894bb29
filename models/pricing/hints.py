"""The one offer that a cart nearly reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.money import Money
from models.pricing.breakdown import PricedLine
from models.pricing.effects import BuyXGetY, TierBasis, TieredOff
from models.pricing.eligibility import covered_by, spend_of, units_of
from models.pricing.refusals import Refusal, RefusalKind
from models.pricing.terms import Promotion

NEAR_PERCENT = 50
"""An amount is near when no more than this part of what has to be spent is missing."""
NEAR_UNITS = 2
_NUMBERS = {1: "One", 2: "Two"}


@dataclass(frozen=True, slots=True)
class _Near:
    """`way` is the part still missing, in per cent."""

    way: int
    told: str


def nearest(
    lines: Sequence[PricedLine],
    currency: str,
    applied: Sequence[Promotion],
    refused: Mapping[Promotion, Refusal],
) -> str:
    """What little more would earn, in a sentence; empty when nothing is near. Offers with a code say so themselves."""
    found = [_reached_next(each, covered_by(each, lines), currency) for each in applied]
    found += [
        _missed(each, refusal, covered_by(each, lines), currency)
        for each, refusal in refused.items()
        if not each.code
    ]
    near = [each for each in found if each is not None]
    return min(near, key=lambda each: each.way).told if near else ""


def _missed(
    promotion: Promotion, refusal: Refusal, covered: Sequence[PricedLine], currency: str
) -> _Near | None:
    name = f"“{promotion.name}”"
    if refusal.kind is RefusalKind.ADD_MORE:
        return _units(refusal.missing, units_of(covered), f"for {name}")
    if refusal.kind is RefusalKind.SPEND_MORE:
        return _spend(refusal.missing, spend_of(covered), currency, f"for {name}")
    return None


def _reached_next(promotion: Promotion, covered: Sequence[PricedLine], currency: str) -> _Near | None:
    """A higher tier, or another round of three for two."""
    effect, units, spend = promotion.effect, units_of(covered), spend_of(covered)
    if isinstance(effect, BuyXGetY):
        missing = effect.group - units % effect.group
        return _units(missing, units, f"for “{promotion.name}” once again") if missing <= effect.get else None
    tier = effect.next(units, spend) if isinstance(effect, TieredOff) else None
    if not isinstance(effect, TieredOff) or tier is None:
        return None
    earned = f"and “{promotion.name}” takes off {percent(tier.basis_points)}"
    missing = tier.threshold - effect.reached(units, spend)
    if effect.basis is TierBasis.QUANTITY:
        return _units(missing, units, earned)
    return _spend(missing, spend, currency, earned)


def _units(missing: int, present: int, earned: str) -> _Near | None:
    if missing > NEAR_UNITS:
        return None
    return _Near(missing * 100 // (missing + present), f"{_NUMBERS[missing]} more {earned}.")


def _spend(missing: int, present: int, currency: str, earned: str) -> _Near | None:
    way = missing * 100 // (missing + present)
    if way > NEAR_PERCENT:
        return None
    return _Near(way, f"Add {Money(missing, currency).format()} more {earned}.")


def percent(basis_points: int) -> str:
    """ "12.5%" """
    whole, part = divmod(basis_points, 100)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".") + "%"
