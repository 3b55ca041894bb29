"""Queries of stock levels, holds and the ledger. A change of a level writes its ledger entry in its transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.ids import new_id, now
from models.stock import StockEntry, StockHold, StockLevel, StockReason


@dataclass(frozen=True, slots=True)
class Delta:
    """By how many units a level changes."""

    on_hand: int = 0
    reserved: int = 0


_CHANGE = sa.text("""
WITH wanted(sku, on_hand, reserved) AS (
    SELECT * FROM unnest(CAST(:skus AS varchar[]), CAST(:on_hand AS integer[]), CAST(:reserved AS integer[]))
), locked AS (
    SELECT stock_levels.sku FROM stock_levels JOIN wanted USING (sku)
    ORDER BY stock_levels.sku FOR UPDATE OF stock_levels
)
UPDATE stock_levels AS level
SET on_hand = level.on_hand + wanted.on_hand, reserved = level.reserved + wanted.reserved, updated_at = now()
FROM wanted JOIN locked USING (sku)
WHERE level.sku = wanted.sku AND level.on_hand + wanted.on_hand >= level.reserved + wanted.reserved
RETURNING level.sku
""")


async def levels(session: AsyncSession, skus: Sequence[str]) -> dict[str, StockLevel]:
    query = select(StockLevel).where(col(StockLevel.sku).in_(skus))
    rows = await session.exec(query.execution_options(populate_existing=True))
    return {level.sku: level for level in rows}


async def low_levels(session: AsyncSession, threshold: int, limit: int) -> list[StockLevel]:
    available = col(StockLevel.on_hand) - col(StockLevel.reserved)
    query = (
        select(StockLevel).where(available <= threshold).order_by(available, col(StockLevel.sku)).limit(limit)
    )
    return list(await session.exec(query))


async def change(
    session: AsyncSession,
    deltas: Mapping[str, Delta],
    *,
    reason: StockReason,
    holder_id: UUID | None,
    actor: str,
) -> set[str]:
    """Change many levels in one statement that locks its rows in SKU order, so that two of them never deadlock.

    Returns the SKUs it could change: a level that would promise more than is on hand stays as it is.
    """
    skus = sorted(deltas)
    parameters = {
        "skus": skus,
        "on_hand": [deltas[sku].on_hand for sku in skus],
        "reserved": [deltas[sku].reserved for sku in skus],
    }
    connection = await session.connection()
    changed = set((await connection.execute(_CHANGE, parameters)).scalars())
    if changed:
        entries = [
            {
                "id": new_id(),
                "sku": sku,
                "on_hand_delta": deltas[sku].on_hand,
                "reserved_delta": deltas[sku].reserved,
                "reason": reason.value,
                "holder_id": holder_id,
                "actor": actor,
                "created_at": now(),
            }
            for sku in sorted(changed)
        ]
        await session.exec(sa.insert(StockEntry), params=entries)
    return changed


async def holds(session: AsyncSession, holder_id: UUID) -> dict[str, int]:
    rows = await session.exec(
        select(StockHold.sku, StockHold.quantity).where(StockHold.holder_id == holder_id)
    )
    return dict(rows.all())


async def holds_of(
    session: AsyncSession, holder_ids: Collection[UUID], skus: Collection[str]
) -> dict[tuple[UUID, str], int]:
    query = select(StockHold.holder_id, StockHold.sku, StockHold.quantity).where(
        col(StockHold.holder_id).in_(holder_ids), col(StockHold.sku).in_(skus)
    )
    return {(holder, sku): quantity for holder, sku, quantity in await session.exec(query)}


async def take_holds(session: AsyncSession, holder_id: UUID) -> dict[str, int]:
    """End all holds of a holder and say what they were; a second call at the same time gets nothing."""
    statement = (
        sa.delete(StockHold)
        .where(col(StockHold.holder_id) == holder_id)
        .returning(col(StockHold.sku), col(StockHold.quantity))
    )
    return {row.sku: row.quantity for row in await session.exec(statement)}


async def change_holder(session: AsyncSession, giver_id: UUID, receiver_id: UUID) -> None:
    await session.exec(
        sa.update(StockHold).where(col(StockHold.holder_id) == giver_id).values(holder_id=receiver_id)
    )


async def add_holds(session: AsyncSession, holder_id: UUID, quantities: Mapping[str, int]) -> None:
    rows = [
        {"holder_id": holder_id, "sku": sku, "quantity": quantities[sku], "held_at": now()}
        for sku in sorted(quantities)
    ]
    await session.exec(sa.insert(StockHold), params=rows)


async def lock_or_create(session: AsyncSession, sku: str) -> StockLevel:
    """The level of a SKU, locked until the commit; a SKU seen for the first time starts at nothing."""
    await session.exec(
        insert(StockLevel).values(sku=sku, on_hand=0, reserved=0, updated_at=now()).on_conflict_do_nothing()
    )
    query = select(StockLevel).where(StockLevel.sku == sku).with_for_update()
    return (await session.exec(query.execution_options(populate_existing=True))).one()


def record(session: AsyncSession, entry: StockEntry) -> None:
    session.add(entry)


async def ledger(session: AsyncSession, sku: str, limit: int) -> list[StockEntry]:
    newest_first = (col(StockEntry.created_at).desc(), col(StockEntry.id).desc())
    query = select(StockEntry).where(StockEntry.sku == sku).order_by(*newest_first).limit(limit)
    return list(await session.exec(query))
