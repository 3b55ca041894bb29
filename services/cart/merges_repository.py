"""Queries of merged carts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.ids import now
from models.saved import CartMerge

_STRIKE_CODE = sa.text("""
    UPDATE cart_merges SET codes = codes - CAST(:code AS varchar)
    WHERE cart_id = :cart_id AND undone_at IS NULL AND ordered_at IS NULL AND codes ? CAST(:code AS varchar)
""")
_UNDOABLE = (col(CartMerge.undone_at).is_(None), col(CartMerge.ordered_at).is_(None))


def add(session: AsyncSession, merge: CartMerge) -> None:
    session.add(merge)


async def find(session: AsyncSession, merge_id: UUID, user_id: UUID) -> CartMerge | None:
    """It changes only under the lock of the cart that it went into."""
    query = select(CartMerge).where(CartMerge.id == merge_id, CartMerge.user_id == user_id)
    return (await session.exec(query.execution_options(populate_existing=True))).first()


async def latest(session: AsyncSession, user_id: UUID, visitor: str, since: datetime) -> CartMerge | None:
    """The last merge of this browser's cart that can still be undone."""
    query = select(CartMerge).where(
        CartMerge.user_id == user_id, CartMerge.visitor == visitor, col(CartMerge.created_at) > since
    )
    return (
        await session.exec(query.where(*_UNDOABLE).order_by(col(CartMerge.created_at).desc()).limit(1))
    ).first()


async def strike_code(session: AsyncSession, cart_id: UUID, code: str) -> None:
    """It did not only come along: undoing a merge leaves this code on the cart."""
    connection = await session.connection()
    await connection.execute(_STRIKE_CODE, {"cart_id": cart_id, "code": code})


async def close(session: AsyncSession, cart_id: UUID) -> None:
    """What was in this cart has been ordered."""
    await session.exec(
        sa.update(CartMerge).where(col(CartMerge.cart_id) == cart_id, *_UNDOABLE).values(ordered_at=now())
    )


async def delete_of(session: AsyncSession, user_id: UUID) -> None:
    await session.exec(sa.delete(CartMerge).where(col(CartMerge.user_id) == user_id))
