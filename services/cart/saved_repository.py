"""Queries of what is saved for later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.cart import CartOwner
from models.ids import new_id, now
from models.saved import LooseLine, SavedItem, SavedReason
from services.live import topics
from services.live.announcing import announce

_BRING_ALONG = sa.text("""
WITH brought AS (
    DELETE FROM saved_items WHERE user_id IS NULL AND visitor = :visitor RETURNING *
)
INSERT INTO saved_items
    (id, user_id, visitor, sku, quantity, seen_price_amount, currency, reason, name, added_at, saved_at)
SELECT id, :user_id, '', sku, quantity, seen_price_amount, currency, reason, name, added_at, saved_at
FROM brought ORDER BY sku
ON CONFLICT (user_id, sku) WHERE user_id IS NOT NULL
DO UPDATE SET quantity = saved_items.quantity + excluded.quantity
""")


async def items(session: AsyncSession, owner: CartOwner) -> list[SavedItem]:
    """The latest saved first."""
    query = select(SavedItem).where(*_owned_by(owner)).order_by(col(SavedItem.saved_at).desc(), SavedItem.sku)
    return list(await session.exec(query.execution_options(populate_existing=True)))


async def find(session: AsyncSession, owner: CartOwner, sku: str) -> SavedItem | None:
    """Locked until the commit."""
    query = select(SavedItem).where(*_owned_by(owner), SavedItem.sku == sku).with_for_update()
    return (await session.exec(query.execution_options(populate_existing=True))).first()


async def add(
    session: AsyncSession, owner: CartOwner, lines: Sequence[tuple[LooseLine, SavedReason]]
) -> None:
    """Units that are saved already add up with these, which tell the price, the time and the reason."""
    if not lines:
        return
    announce(session, topics.saved_of(owner))
    rows = insert(SavedItem).values(
        [_row(owner, line, reason) for line, reason in sorted(lines, key=lambda pair: pair[0].sku)]
    )
    new = rows.excluded
    saved = {"quantity": col(SavedItem.quantity) + new.quantity}
    facts = ("seen_price_amount", "currency", "reason", "name", "added_at", "saved_at")
    by_user = owner.user_id is not None
    await session.exec(
        rows.on_conflict_do_update(
            index_elements=["user_id" if by_user else "visitor", "sku"],
            index_where=sa.text("user_id IS NOT NULL" if by_user else "user_id IS NULL"),
            set_=saved | {name: getattr(new, name) for name in facts},
        )
    )


async def take(session: AsyncSession, owner: CartOwner, sku: str) -> LooseLine | None:
    """Off the list; a second call at the same time gets nothing."""
    statement = sa.delete(SavedItem).where(*_owned_by(owner), col(SavedItem.sku) == sku)
    row = (await session.exec(statement.returning(*_LINE))).one_or_none()
    if row is None:
        return None
    announce(session, topics.saved_of(owner))
    return LooseLine(*row)


async def set_quantity(session: AsyncSession, item: SavedItem, quantity: int) -> None:
    """What is left; with nothing left the item goes."""
    announce(session, topics.saved_of(CartOwner(item.user_id, item.visitor)))
    mine = col(SavedItem.id) == item.id
    if quantity:
        await session.exec(sa.update(SavedItem).where(mine).values(quantity=quantity))
    else:
        await session.exec(sa.delete(SavedItem).where(mine))


async def bring_along(session: AsyncSession, visitor: str, user_id: UUID) -> None:
    """A browser's list becomes part of an account's. Pages of before the sign-in aren't told: they show what they
    showed, until they are loaded again."""
    announce(session, topics.saved_of(CartOwner(user_id)))
    connection = await session.connection()
    await connection.execute(_BRING_ALONG, {"visitor": visitor, "user_id": user_id})


async def delete_of(session: AsyncSession, user_id: UUID) -> None:
    await session.exec(sa.delete(SavedItem).where(col(SavedItem.user_id) == user_id))


_LINE = (
    col(SavedItem.sku),
    col(SavedItem.quantity),
    col(SavedItem.seen_price_amount),
    col(SavedItem.currency),
    col(SavedItem.added_at),
    col(SavedItem.name),
)


def _row(owner: CartOwner, line: LooseLine, reason: SavedReason) -> dict[str, Any]:
    return {
        "id": new_id(),
        "user_id": owner.user_id,
        "visitor": "" if owner.user_id else owner.visitor,
        "sku": line.sku,
        "quantity": line.quantity,
        "seen_price_amount": line.seen_price_amount,
        "currency": line.currency,
        "reason": reason.value,
        "name": line.name,
        "added_at": line.added_at,
        "saved_at": now(),
    }


def _owned_by(owner: CartOwner) -> tuple[sa.ColumnElement[bool], ...]:
    if owner.user_id:
        return (col(SavedItem.user_id) == owner.user_id,)
    return (col(SavedItem.user_id).is_(None), col(SavedItem.visitor) == owner.visitor)
