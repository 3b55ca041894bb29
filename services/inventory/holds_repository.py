"""Queries of holds. Rows of holds are locked before those of levels; other holders' rows only when nobody has them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.stock import Hold, StockHold

IS_OVER = col(StockHold.expires_at) <= sa.func.statement_timestamp()
"""By the database's clock: a process whose own is fast takes nothing from others too early."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The units of one SKU that one holder gave up."""

    holder_id: UUID
    sku: str
    quantity: int


_KEPT = (col(StockHold.sku), col(StockHold.quantity), col(StockHold.expires_at), col(StockHold.held_at))
_OF_HOLDER = col(StockHold.holder_id) == sa.bindparam("holder")
_FIND = sa.select(*_KEPT).where(_OF_HOLDER)
_LOCK = _FIND.with_for_update()
_TAKE = sa.delete(StockHold).where(_OF_HOLDER).returning(*_KEPT)
_PUT = sa.insert(StockHold)


async def find(session: AsyncSession, holder_id: UUID, *, lock: bool = False) -> Hold | None:
    connection = await session.connection()
    return _hold((await connection.execute(_LOCK if lock else _FIND, {"holder": holder_id})).all())


async def units_of(
    session: AsyncSession, holder_ids: Collection[UUID], skus: Collection[str]
) -> dict[tuple[UUID, str], int]:
    query = select(StockHold.holder_id, StockHold.sku, StockHold.quantity).where(
        col(StockHold.holder_id).in_(holder_ids), col(StockHold.sku).in_(skus)
    )
    return {(holder, sku): quantity for holder, sku, quantity in await session.exec(query)}


async def take(session: AsyncSession, holder_id: UUID) -> Hold | None:
    """End all holds of a holder and say what they were; a second call at the same time gets nothing."""
    connection = await session.connection()
    return _hold((await connection.execute(_TAKE, {"holder": holder_id})).all())


async def take_expired(
    session: AsyncSession,
    *,
    skus: Sequence[str] | None = None,
    holder_id: UUID | None = None,
    limit: int | None = None,
) -> list[Piece]:
    """End holds whose time is over, the oldest first, leaving out rows somebody is at work on."""
    over = select(StockHold.holder_id, StockHold.sku).where(IS_OVER)
    if skus is not None:
        over = over.where(col(StockHold.sku).in_(skus))
    if holder_id is not None:
        over = over.where(StockHold.holder_id == holder_id)
    ended = (
        over.order_by(col(StockHold.expires_at)).limit(limit).with_for_update(skip_locked=True).cte("ended")
    )
    statement = (
        sa.delete(StockHold)
        .where(col(StockHold.holder_id) == ended.c.holder_id, col(StockHold.sku) == ended.c.sku)
        .returning(col(StockHold.holder_id), col(StockHold.sku), col(StockHold.quantity))
    )
    rows = await session.exec(statement)
    return [Piece(row.holder_id, row.sku, row.quantity) for row in rows]


async def take_youngest(session: AsyncSession, sku: str, units: int) -> list[Piece]:
    """End timed holds of a SKU until so many units are free, the youngest first, the last one only as far as needed.

    Rows that somebody is at work on are left out.
    """
    timed = (StockHold.sku == sku, col(StockHold.expires_at).is_not(None))
    query = select(StockHold.holder_id, StockHold.quantity).where(*timed)
    youngest = query.order_by(col(StockHold.held_at).desc(), col(StockHold.holder_id)).limit(units)
    pieces: list[Piece] = []
    for holder_id, quantity in (await session.exec(youngest.with_for_update(skip_locked=True))).all():
        pieces.append(Piece(holder_id, sku, min(quantity, units)))
        its = (col(StockHold.holder_id) == holder_id, col(StockHold.sku) == sku)
        if quantity <= units:
            await session.exec(sa.delete(StockHold).where(*its))
        else:
            await session.exec(sa.update(StockHold).where(*its).values(quantity=quantity - units))
        units -= pieces[-1].quantity
        if not units:
            break
    return pieces


async def put(session: AsyncSession, holder_id: UUID, hold: Hold) -> None:
    """Write down a hold of somebody who holds nothing."""
    rows = [
        {
            "holder_id": holder_id,
            "sku": sku,
            "quantity": hold.quantities[sku],
            "held_at": hold.since,
            "expires_at": hold.expires_at,
        }
        for sku in sorted(hold.quantities)
    ]
    if rows:
        await (await session.connection()).execute(_PUT, rows)


async def extend(session: AsyncSession, holder_id: UUID, until: datetime) -> None:
    """Move the end of a timed hold to a later time; one kept for an order stays as it is."""
    await session.exec(
        sa.update(StockHold)
        .where(col(StockHold.holder_id) == holder_id, col(StockHold.expires_at) < until)
        .values(expires_at=until)
    )


async def change_holder(session: AsyncSession, giver_id: UUID, receiver_id: UUID) -> None:
    await session.exec(
        sa.update(StockHold).where(col(StockHold.holder_id) == giver_id).values(holder_id=receiver_id)
    )


def _hold(rows: Sequence[Any]) -> Hold | None:
    if not rows:
        return None
    quantities: Mapping[str, int] = {row.sku: row.quantity for row in rows}
    return Hold(quantities, rows[0].expires_at, min(row.held_at for row in rows))
