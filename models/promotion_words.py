"""A promotion in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from babel.dates import format_datetime

from models.money import Money
from models.pricing.effects import (
    AmountOff,
    BuyXGetY,
    FreeDelivery,
    PercentageOff,
    Tier,
    TierBasis,
    TieredOff,
)
from models.pricing.hints import percent
from models.pricing.tax import BASIS_POINTS
from models.promotion import PromotionDraft


def in_words(draft: PromotionDraft, names: Mapping[str, str] | None = None) -> str:
    """All that it says, in a few sentences; `names` calls categories by their names."""
    how = f"with the code {draft.code}" if draft.code else "by itself"
    sentences = [f"{effect_in_words(draft, names)}, {how}{_conditions(draft)}.", _limits(draft)]
    if draft.exclusive:
        sentences.append("It goes with no other offer: shoppers get what saves them more.")
    else:
        sentences.append("It goes with other offers.")
    if not draft.active:
        sentences.append("It is switched off.")
    return " ".join(sentence for sentence in sentences if sentence)


def effect_in_words(draft: PromotionDraft, names: Mapping[str, str] | None = None) -> str:
    goods = _goods(draft, names or {})
    match draft.effect:
        case PercentageOff(basis_points):
            return f"{percent(basis_points)} off {goods or 'everything'}"
        case AmountOff(amount):
            return f"{_money(amount, draft)} off {goods or 'the order'}"
        case FreeDelivery(up_to):
            worth = f" worth up to {_money(up_to, draft)}" if up_to else ""
            return f"Free delivery{worth}{f' with {goods}' if goods else ''}"
        case BuyXGetY(buy, get, basis_points):
            share = "free" if basis_points == BASIS_POINTS else f"{percent(basis_points)} off"
            return f"Buy {buy} of {goods or 'anything'}, get {get} more {share}, the cheapest"
        case TieredOff(basis, tiers):
            steps = ", ".join(_tier(tier, basis, draft) for tier in tiers)
            return f"{steps[0].upper()}{steps[1:]} off {goods or 'everything'}"


def _tier(tier: Tier, basis: TierBasis, draft: PromotionDraft) -> str:
    amount = f"{tier.threshold} pieces" if basis is TierBasis.QUANTITY else _money(tier.threshold, draft)
    return f"from {amount} {percent(tier.basis_points)}"


def _goods(draft: PromotionDraft, names: Mapping[str, str]) -> str:
    parts = [names.get(slug, slug) for slug in draft.categories]
    for named, one, many in ((draft.products, "product", "products"), (draft.skus, "SKU", "SKUs")):
        if named:
            parts.append(named[0] if len(named) == 1 else f"{len(named)} {one if len(named) == 1 else many}")
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _conditions(draft: PromotionDraft) -> str:
    told = ""
    if draft.minimum_spend:
        goods = " on these goods" if draft.categories or draft.products or draft.skus else ""
        told += f", from {_money(draft.minimum_spend, draft)} spent{goods}"
    if draft.starts_at:
        told += f", from {_when(draft.starts_at)}"
    if draft.ends_at:
        told += f", until {_when(draft.ends_at)}"
    return told


def _limits(draft: PromotionDraft) -> str:
    told = []
    if draft.total_limit is not None:
        told.append(f"{draft.total_limit} {'order' if draft.total_limit == 1 else 'orders'} in all")
    if draft.per_customer_limit is not None:
        most = draft.per_customer_limit
        told.append("once a customer" if most == 1 else f"{most} times a customer")
    if draft.first_order_only:
        told.append("first orders only")
    sentence = ", ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _money(amount: int, draft: PromotionDraft) -> str:
    return Money(amount, draft.currency).format().removesuffix(".00")


def _when(moment: datetime) -> str:
    return f"{format_datetime(moment, 'd MMMM y, HH:mm', locale='en_GB')} UTC"
