"""Queries of promotions and of the orders that have them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.promotion import PromotionRedemption, PromotionState, StoredPromotion
from services.order.buyers import earlier_orders, waiting_order

_id, _used = col(StoredPromotion.id), col(StoredPromotion.used)
_promotion_id, _order_id = col(PromotionRedemption.promotion_id), col(PromotionRedemption.order_id)


class Candidate(NamedTuple):
    """`uses` are this buyer's, `bought` whether they ever ordered; `own` that the order which this cart waits to be
    paid for has it already. None of the three counts that order."""

    promotion: StoredPromotion
    uses: int
    bought: bool
    own: bool


class Usage(NamedTuple):
    """Live orders that have a promotion, and what it took off in one currency."""

    orders: int
    currency: str
    amount: int


async def automatic(session: AsyncSession) -> list[StoredPromotion]:
    """The active ones that apply by themselves; copies, which outlive the session."""
    active = (col(StoredPromotion.active), col(StoredPromotion.code) == "")
    rows = await session.exec(select(*sa.inspect(StoredPromotion).columns).where(*active))
    return [StoredPromotion(**row._mapping) for row in rows]


async def candidates(
    session: AsyncSession, codes: Sequence[str], user_id: UUID | None, email: str, cart_id: UUID | None
) -> list[Candidate]:
    """The active ones that apply by themselves or by one of the codes, and how this buyer stands to each; one query."""
    who = {"user_id": user_id, "email": email or None, "cart_id": cart_id}
    known = {name: value for name, value in who.items() if value is not None}
    rows = await session.exec(_candidates(frozenset(known)), params={"codes": ["", *codes], **known})  # type: ignore[call-overload]
    return [Candidate(*row) for row in rows]


@cache
def _candidates(known: frozenset[str]) -> sa.Select[Any]:
    """Put together once for each choice of what is known of a buyer: that takes longer than PostgreSQL does."""
    user_id = sa.bindparam("user_id", type_=sa.Uuid) if "user_id" in known else None
    email = sa.bindparam("email", type_=sa.String) if "email" in known else ""
    cart_id = sa.bindparam("cart_id", type_=sa.Uuid) if "cart_id" in known else None
    earlier = earlier_orders(user_id, email, cart_id).cte("earlier")
    uses = (
        sa.select(sa.func.count())
        .select_from(PromotionRedemption)
        .where(_promotion_id == _id, _order_id.in_(sa.select(earlier.c.id)))
        .scalar_subquery()
    )
    bought = sa.exists(sa.select(earlier.c.id))
    own = sa.exists().where(_promotion_id == _id, _order_id.in_(waiting_order(cart_id)))
    codes = sa.any_(sa.bindparam("codes", type_=ARRAY(sa.String)))
    return (
        sa.select(StoredPromotion, uses, bought, own)
        .where(col(StoredPromotion.active), col(StoredPromotion.code) == codes)
        .execution_options(populate_existing=True)
    )


async def count_use(session: AsyncSession, promotion_id: UUID, moment: datetime) -> StoredPromotion | None:
    """Count one more order, if that is within the limit, and keep others from counting until the commit.

    None when it can't be had (any more), or needs no counting.
    """
    total = col(StoredPromotion.total_limit)
    counted = (
        sa.update(StoredPromotion)
        .where(*_can_be_had(promotion_id, moment), _is_counted(), total.is_(None) | (_used < total))
        .values(used=_used + 1)
        .returning(StoredPromotion)
        .execution_options(populate_existing=True)
    )
    return (await session.exec(counted)).scalar_one_or_none()


async def keep_uncounted(session: AsyncSession, promotion_id: UUID, moment: datetime) -> bool:
    """Whether it can be had and has no limit; nobody changes that until the commit. Others may do the same."""
    query = select(_id).where(*_can_be_had(promotion_id, moment), sa.not_(_is_counted()))
    return (await session.exec(query.with_for_update(read=True, key_share=True))).first() is not None


async def uses_by(
    session: AsyncSession, promotion_id: UUID, user_id: UUID | None, email: str, order_id: UUID
) -> int:
    """A buyer's live orders with this promotion, but for one."""
    theirs = earlier_orders(user_id, email, None)
    query = (
        select(sa.func.count())
        .select_from(PromotionRedemption)
        .where(_promotion_id == promotion_id, _order_id.in_(theirs), _order_id != order_id)
    )
    return (await session.exec(query)).one()


async def has_bought(session: AsyncSession, user_id: UUID | None, email: str, order_id: UUID) -> bool:
    """Whether a buyer has any live order but for one."""
    earlier = earlier_orders(user_id, email, None).subquery()
    return bool((await session.exec(select(sa.exists().where(earlier.c.id != order_id)))).one())


async def add_redemption(session: AsyncSession, redemption: PromotionRedemption) -> None:
    session.add(redemption)
    await session.flush()


async def take_redemptions(session: AsyncSession, order_id: UUID) -> list[UUID]:
    """Delete those of an order; the promotions, sorted."""
    gone = sa.delete(PromotionRedemption).where(_order_id == order_id).returning(_promotion_id)
    return sorted((await session.exec(gone)).scalars())


async def uncount_use(session: AsyncSession, promotion_id: UUID) -> None:
    """One order fewer, if uses are counted: nobody may change that meanwhile."""
    query = (
        sa.update(StoredPromotion)
        .where(_id == promotion_id, _is_counted())
        .values(used=_used - 1)
        .execution_options(synchronize_session=False)
    )
    await session.exec(query)


async def share(session: AsyncSession, promotion_id: UUID) -> None:
    """Let nobody change it until the commit; others may share it."""
    await session.exec(select(_id).where(_id == promotion_id).with_for_update(read=True, key_share=True))


async def find(session: AsyncSession, promotion_id: UUID, *, lock: bool = False) -> StoredPromotion | None:
    """With `lock`, all orders that are just being placed or cancelled with it are waited for."""
    query = select(StoredPromotion).where(_id == promotion_id).execution_options(populate_existing=True)
    return (await session.exec(query.with_for_update() if lock else query)).first()


async def add(session: AsyncSession, promotion: StoredPromotion) -> None:
    session.add(promotion)
    await session.flush()


async def delete(session: AsyncSession, promotion_id: UUID) -> None:
    await session.exec(sa.delete(StoredPromotion).where(_id == promotion_id))


async def page(
    session: AsyncSession,
    text: str,
    state: PromotionState | None,
    moment: datetime,
    *,
    before: UUID | None,
    limit: int,
    offset: int,
) -> list[StoredPromotion]:
    """Newest first: UUIDv7 ids sort by time, so `before` continues after the last one shown."""
    query = select(StoredPromotion).where(*_found_by(text)).order_by(_id.desc()).limit(limit).offset(offset)
    if state is not None:
        query = query.where(_state(moment) == state.value)
    if before is not None:
        query = query.where(_id < before)
    return list(await session.exec(query))


async def counts_by_state(session: AsyncSession, text: str, moment: datetime) -> dict[PromotionState, int]:
    state = _state(moment).label("state")
    rows = await session.exec(select(state, sa.func.count()).where(*_found_by(text)).group_by(state))
    return {PromotionState(name): count for name, count in rows}


async def names(session: AsyncSession) -> list[str]:
    return list(await session.exec(select(StoredPromotion.name)))


async def usage(session: AsyncSession, promotion_ids: Sequence[UUID]) -> dict[UUID, list[Usage]]:
    currency = col(PromotionRedemption.currency)
    rows = await session.exec(
        select(_promotion_id, currency, sa.func.count(), sa.func.sum(col(PromotionRedemption.amount)))
        .where(_promotion_id.in_(promotion_ids))
        .group_by(_promotion_id, currency)
        .order_by(currency)
    )
    found: dict[UUID, list[Usage]] = {}
    for promotion_id, code, orders, amount in rows:
        found.setdefault(promotion_id, []).append(Usage(orders, code, int(amount)))
    return found


async def redemptions(
    session: AsyncSession, promotion_id: UUID, limit: int, before: UUID | None = None
) -> list[PromotionRedemption]:
    """The newest first: ids of orders sort by time, so `before` continues after the last one shown."""
    query = select(PromotionRedemption).where(_promotion_id == promotion_id)
    if before is not None:
        query = query.where(_order_id < before)
    return list(await session.exec(query.order_by(_order_id.desc()).limit(limit)))


def _found_by(text: str) -> list[sa.ColumnElement[bool]]:
    if not text:
        return []
    name, code = col(StoredPromotion.name), col(StoredPromotion.code)
    return [name.icontains(text, autoescape=True) | code.icontains(text, autoescape=True)]


def _state(moment: datetime) -> sa.ColumnElement[str]:
    """As StoredPromotion.state."""
    starts, ends = col(StoredPromotion.starts_at), col(StoredPromotion.ends_at)
    return sa.case(
        (sa.not_(col(StoredPromotion.active)), PromotionState.INACTIVE.value),
        (ends <= moment, PromotionState.ENDED.value),
        (_used >= col(StoredPromotion.total_limit), PromotionState.USED_UP.value),
        (starts > moment, PromotionState.SCHEDULED.value),
        else_=PromotionState.RUNNING.value,
    )


def _is_counted() -> sa.ColumnElement[bool]:
    """As StoredPromotion.is_counted."""
    limits = (col(StoredPromotion.total_limit), col(StoredPromotion.per_customer_limit))
    return sa.or_(*(limit.is_not(None) for limit in limits), col(StoredPromotion.first_order_only))


def _can_be_had(promotion_id: UUID, moment: datetime) -> list[Any]:
    starts, ends = col(StoredPromotion.starts_at), col(StoredPromotion.ends_at)
    return [
        _id == promotion_id,
        col(StoredPromotion.active),
        starts.is_(None) | (starts <= moment),
        ends.is_(None) | (ends > moment),
    ]
