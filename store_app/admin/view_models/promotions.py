"""Promotions as staff see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from babel.numbers import get_currency_precision

from models.money import Money
from models.pricing.effects import MAX_TIERS, AmountOff, BuyXGetY, FreeDelivery, PercentageOff, TieredOff
from models.promotion import PromotionDraft, PromotionState, StoredPromotion
from models.promotion_words import effect_in_words
from store_app.admin.view_models.filters import Choice
from store_app.view_models.dates import day_and_time

STATE_LABELS: dict[str, str] = {
    PromotionState.RUNNING: "Running",
    PromotionState.SCHEDULED: "Scheduled",
    PromotionState.ENDED: "Ended",
    PromotionState.USED_UP: "Used up",
    PromotionState.INACTIVE: "Off",
}
STATE_TONES: dict[str, str] = {
    PromotionState.RUNNING: "success",
    PromotionState.SCHEDULED: "accent",
    PromotionState.ENDED: "plain",
    PromotionState.USED_UP: "warning",
    PromotionState.INACTIVE: "plain",
}
KINDS = (
    Choice("percentage_off", "A percentage off"),
    Choice("amount_off", "An amount off"),
    Choice("free_delivery", "Free delivery"),
    Choice("buy_x_get_y", "Buy some, get some"),
    Choice("tiered_off", "The more, the cheaper"),
)
BASES = (Choice("quantity", "Pieces"), Choice("spend", "Money spent"))
TIERS = 4
"""Rows for tiers in the form."""
MOST_TIERS = MAX_TIERS
"""Rows in the form of a promotion that has more of them: a program wrote it."""


@dataclass(frozen=True, slots=True)
class PromotionRow:
    id: str
    name: str
    words: str
    code: str
    label: str
    tone: str
    used: str
    ends: str


@dataclass(frozen=True, slots=True)
class PromotionForm:
    """What was typed, right or wrong. Dates are as the browser's field writes them, in UTC; goods one a line.

    `currency`, `began_at` and `ended_at` are those of the stored promotion, which no field shows: a program may have
    written it in another currency than the store's, and to the second."""

    name: str = ""
    description: str = ""
    code: str = ""
    kind: str = "percentage_off"
    percent: str = ""
    amount: str = ""
    up_to: str = ""
    buys: str = "2"
    gets: str = "1"
    get_percent: str = "100"
    basis: str = "quantity"
    thresholds: tuple[str, ...] = ("",) * TIERS
    percents: tuple[str, ...] = ("",) * TIERS
    categories: tuple[str, ...] = ()
    products: str = ""
    skus: str = ""
    minimum_spend: str = ""
    starts_at: str = ""
    ends_at: str = ""
    total_limit: str = ""
    per_customer_limit: str = ""
    first_order_only: bool = False
    exclusive: bool = False
    priority: str = "100"
    active: bool = True
    currency: str = ""
    began_at: str = ""
    ended_at: str = ""


@dataclass(frozen=True, slots=True)
class PromotionFacts:
    """What the store knows of one that is kept; `id` is empty for a new one."""

    id: str = ""
    name: str = ""
    label: str = ""
    tone: str = "plain"
    active: bool = True
    orders: int = 0
    taken: str = ""


@dataclass(frozen=True, slots=True)
class UseRow:
    """An order that has it."""

    id: str
    number: str
    placed: str
    amount: str


def of_row(
    promotion: StoredPromotion, state: PromotionState, orders: int, names: Mapping[str, str]
) -> PromotionRow:
    """`names` are those of categories."""
    draft = promotion.draft()
    limit = f" of {promotion.total_limit}" if promotion.total_limit is not None else ""
    return PromotionRow(
        id=str(promotion.id),
        name=promotion.name,
        words=effect_in_words(draft, names),
        code=promotion.code,
        label=STATE_LABELS[state],
        tone=STATE_TONES[state],
        used=f"{orders}{limit}",
        ends=day_and_time(promotion.ends_at) if promotion.ends_at else "No end",
    )


def of_facts(
    promotion: StoredPromotion, state: PromotionState, orders: int, taken: tuple[Money, ...]
) -> PromotionFacts:
    return PromotionFacts(
        id=str(promotion.id),
        name=promotion.name,
        label=STATE_LABELS[state],
        tone=STATE_TONES[state],
        active=promotion.active,
        orders=orders,
        taken=", ".join(amount.format() for amount in taken),
    )


def of_draft(draft: PromotionDraft) -> PromotionForm:
    """A stored promotion as the fields show it."""
    fields: dict[str, str | tuple[str, ...]] = {}
    match draft.effect:
        case PercentageOff(basis_points):
            fields = {"percent": _percent(basis_points)}
        case AmountOff(amount):
            fields = {"amount": _price(amount, draft.currency)}
        case FreeDelivery(up_to):
            fields = {"up_to": _price(up_to, draft.currency)}
        case BuyXGetY(buy, get, basis_points):
            fields = {"buys": str(buy), "gets": str(get), "get_percent": _percent(basis_points)}
        case TieredOff(basis, tiers):
            amounts = [
                str(tier.threshold) if basis == "quantity" else _price(tier.threshold, draft.currency)
                for tier in tiers
            ]
            empty = [""] * max(0, TIERS - len(tiers))
            fields = {
                "basis": basis.value,
                "thresholds": (*amounts, *empty),
                "percents": (*(_percent(tier.basis_points) for tier in tiers), *empty),
            }
    form = PromotionForm(
        name=draft.name,
        description=draft.description,
        code=draft.code,
        kind=draft.effect.kind,
        categories=tuple(draft.categories),
        products="\n".join(draft.products),
        skus="\n".join(draft.skus),
        minimum_spend=_price(draft.minimum_spend, draft.currency),
        starts_at=_moment(draft.starts_at),
        ends_at=_moment(draft.ends_at),
        total_limit=_number(draft.total_limit),
        per_customer_limit=_number(draft.per_customer_limit),
        first_order_only=draft.first_order_only,
        exclusive=draft.exclusive,
        priority=str(draft.priority),
        active=draft.active,
        currency=draft.currency,
        began_at=_exactly(draft.starts_at),
        ended_at=_exactly(draft.ends_at),
    )
    return replace(form, **fields)  # type: ignore[arg-type]


def _percent(basis_points: int) -> str:
    return f"{Decimal(basis_points) / 100:f}"


def _price(amount: int, currency: str) -> str:
    return f"{Decimal(amount).scaleb(-get_currency_precision(currency)):f}" if amount else ""


def _number(limit: int | None) -> str:
    return "" if limit is None else str(limit)


def _moment(moment: datetime | None) -> str:
    """To the minute, as the browser's field has it."""
    return _exactly(moment)[:16]


def _exactly(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else ""
