"""Queries of wish lists."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.cart import CartOwner
from models.ids import new_id, now
from models.wish import Wish
from services.live import topics
from services.live.announcing import announce

_BRING_ALONG = sa.text("""
WITH brought AS (
    DELETE FROM wishes WHERE user_id IS NULL AND visitor = :visitor RETURNING *
)
INSERT INTO wishes (id, user_id, visitor, product_id, sku, created_at)
SELECT id, :user_id, '', product_id, sku, created_at FROM brought ORDER BY product_id
ON CONFLICT (user_id, product_id) WHERE user_id IS NOT NULL DO NOTHING
""")


async def wishes(session: AsyncSession, owner: CartOwner) -> list[Wish]:
    """The latest first."""
    query = select(Wish).where(*_owned_by(owner)).order_by(col(Wish.created_at).desc(), col(Wish.id))
    return list(await session.exec(query.execution_options(populate_existing=True)))


async def count(session: AsyncSession, owner: CartOwner) -> int:
    return (await session.exec(select(func.count()).select_from(Wish).where(*_owned_by(owner)))).one()


async def add(session: AsyncSession, owner: CartOwner, product_id: UUID, sku: str) -> None:
    """Wished for again, it keeps its place and becomes the variant looked at last."""
    announce(session, topics.wishes_of(owner))
    wish = insert(Wish).values(
        id=new_id(),
        user_id=owner.user_id,
        visitor="" if owner.user_id else owner.visitor,
        product_id=product_id,
        sku=sku,
        created_at=now(),
    )
    by_user = owner.user_id is not None
    await session.exec(
        wish.on_conflict_do_update(
            index_elements=["user_id" if by_user else "visitor", "product_id"],
            index_where=sa.text("user_id IS NOT NULL" if by_user else "user_id IS NULL"),
            set_={"sku": wish.excluded.sku},
        )
    )


async def remove(session: AsyncSession, owner: CartOwner, product_id: UUID) -> bool:
    gone = sa.delete(Wish).where(*_owned_by(owner), col(Wish.product_id) == product_id)
    removed = (await session.exec(gone.returning(col(Wish.id)))).first() is not None
    if removed:
        announce(session, topics.wishes_of(owner))
    return removed


async def bring_along(session: AsyncSession, visitor: str, user_id: UUID) -> None:
    """A browser's wishes become an account's. Pages of before the sign-in aren't told."""
    announce(session, topics.wishes_of(CartOwner(user_id)))
    connection = await session.connection()
    await connection.execute(_BRING_ALONG, {"visitor": visitor, "user_id": user_id})


async def delete_of(session: AsyncSession, user_id: UUID) -> None:
    await session.exec(sa.delete(Wish).where(col(Wish.user_id) == user_id))


def _owned_by(owner: CartOwner) -> tuple[sa.ColumnElement[bool], ...]:
    if owner.user_id:
        return (col(Wish.user_id) == owner.user_id,)
    return (col(Wish.user_id).is_(None), col(Wish.visitor) == owner.visitor)
