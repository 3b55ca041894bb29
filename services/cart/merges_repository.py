"""Queries of merged carts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.ids import now
from models.saved import CartMerge

_UNDOABLE = (col(CartMerge.undone_at).is_(None), col(CartMerge.ordered_at).is_(None))


def add(session: AsyncSession, merge: CartMerge) -> None:
    session.add(merge)


async def lock(session: AsyncSession, merge_id: UUID, user_id: UUID) -> CartMerge | None:
    query = select(CartMerge).where(CartMerge.id == merge_id, CartMerge.user_id == user_id).with_for_update()
    return (await session.exec(query.execution_options(populate_existing=True))).first()


async def latest(session: AsyncSession, user_id: UUID, visitor: str, since: datetime) -> CartMerge | None:
    """The last merge of this browser's cart that can still be undone."""
    query = select(CartMerge).where(
        CartMerge.user_id == user_id, CartMerge.visitor == visitor, col(CartMerge.created_at) > since
    )
    return (
        await session.exec(query.where(*_UNDOABLE).order_by(col(CartMerge.created_at).desc()).limit(1))
    ).first()


async def close(session: AsyncSession, cart_id: UUID) -> None:
    """What was in this cart has been ordered."""
    await session.exec(
        sa.update(CartMerge).where(col(CartMerge.cart_id) == cart_id, *_UNDOABLE).values(ordered_at=now())
    )


async def delete_of(session: AsyncSession, user_id: UUID) -> None:
    await session.exec(sa.delete(CartMerge).where(col(CartMerge.user_id) == user_id))
