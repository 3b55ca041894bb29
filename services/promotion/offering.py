"""Which promotions a cart may get, and why this buyer can't have others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from babel.dates import format_datetime
from sqlmodel.ext.asyncio.session import AsyncSession

from models.ids import now
from models.pricing import Refusal, RefusalKind
from models.pricing.effects import FreeDelivery
from models.pricing.terms import Promotion
from models.promotion import StoredPromotion
from services.promotion import repository
from services.promotion.repository import Candidate
from services.unit_of_work import UnitOfWork

KIND = "promotions"
"""The automatic ones, as reference data."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Whom limits per customer count for: an account, or an e-mail address once it is known; one that has both counts
    for both. The order that `cart_id` waits to be paid for does not count against it."""

    user_id: UUID | None = None
    email: str = ""
    cart_id: UUID | None = None


async def candidates(
    uow: UnitOfWork,
    buyer: Buyer,
    codes: Sequence[str],
    *,
    moment: datetime | None = None,
    checked: bool = False,
) -> tuple[Promotion, ...]:
    """The automatic promotions of a moment, now unless it is told, and those of the codes; each with why this buyer
    can't have it. A code that nobody knows stands for a promotion that is always refused. `checked`: as they are now,
    for something that is charged.

    Where it does not matter who buys, nothing is asked of the database.
    """
    at = moment or now()
    automatic = await uow.resources.reference.get(uow.session, KIND, _automatic, checked=checked)
    if not codes and not any(each.promotion.is_counted for each in automatic):
        return tuple(each.terms for each in automatic if _concerns(each.promotion, at))
    found = await repository.candidates(uow.session, codes, buyer.user_id, buyer.email, buyer.cart_id)
    known = {each.promotion.code for each in found}
    offered = [each.promotion.terms(refusal_of(each, at)) for each in found if _concerns(each.promotion, at)]
    return (*offered, *(unknown(code) for code in codes if code not in known))


@dataclass(frozen=True, slots=True)
class _Automatic:
    promotion: StoredPromotion
    terms: Promotion


async def _automatic(session: AsyncSession) -> tuple[_Automatic, ...]:
    return tuple(_Automatic(each, each.terms()) for each in await repository.automatic(session))


def unknown(code: str) -> Promotion:
    """A code that nobody knows, or that is switched off: nobody can tell which."""
    refusal = Refusal(
        RefusalKind.UNKNOWN_CODE,
        f"We don't know the code “{code}”. Check how it is spelt, or go on without it.",
    )
    return Promotion(uuid5(NAMESPACE_URL, f"code:{code}"), code, FreeDelivery(), code=code, refusal=refusal)


def _concerns(promotion: StoredPromotion, moment: datetime) -> bool:
    """Automatic offers of other times are not talked about."""
    begun = promotion.starts_at is None or promotion.starts_at <= moment
    ended = promotion.ends_at is not None and promotion.ends_at <= moment
    return bool(promotion.code) or (begun and not ended)


def refusal_of(candidate: Candidate, moment: datetime) -> Refusal | None:
    """Why this buyer can't have it, whatever is in the cart."""
    promotion = candidate.promotion
    if promotion.starts_at and promotion.starts_at > moment:
        return Refusal(RefusalKind.NOT_BEGUN, f"It begins on {_told(promotion.starts_at)}.")
    if promotion.ends_at and promotion.ends_at <= moment:
        return Refusal(RefusalKind.ENDED, f"It ended on {_told(promotion.ends_at)}.")
    taken = promotion.used - candidate.own
    if promotion.total_limit is not None and taken >= promotion.total_limit:
        return Refusal(RefusalKind.USED_UP, "It has been used up: others were quicker.")
    if promotion.per_customer_limit is not None and candidate.uses >= promotion.per_customer_limit:
        most = promotion.per_customer_limit
        times = "once" if most == 1 else f"{most} times"
        return Refusal(
            RefusalKind.CUSTOMER_LIMIT, f"It can be used {times} by each customer, and you have done so."
        )
    if promotion.first_order_only and candidate.bought:
        return Refusal(
            RefusalKind.FIRST_ORDER_ONLY, "It is for first orders only, and you have ordered before."
        )
    return None


def _told(moment: datetime) -> str:
    return f"{format_datetime(moment, 'd MMMM y, HH:mm', locale='en_GB')} (UTC)"
