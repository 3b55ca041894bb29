"""Queries of locations, of what lies in each and of what orders were given from where.

Rows of `location_levels` are only written by those who have locked the level of their SKU, so they wait for nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.ids import now
from models.stock_location import LocationLevel, StockAllocation, StockLocation

FIRST = {"code": "workshop", "name": "Bristol workshop", "country": "GB", "priority": 1, "active": True}
"""A store has a location from the beginning."""
_IN_ORDER = (col(StockLocation.priority), col(StockLocation.code))


async def every(session: AsyncSession, *, lock: bool = False) -> list[StockLocation]:
    """All locations by priority. Locked, none can begin to hold units before the commit."""
    query = select(StockLocation).order_by(*_IN_ORDER).execution_options(populate_existing=True)
    return list(await session.exec(query.with_for_update() if lock else query))


async def open_codes(session: AsyncSession) -> list[str]:
    """The codes of the open locations by priority; none of them is closed before the commit."""
    query = select(StockLocation.code).where(col(StockLocation.active)).order_by(*_IN_ORDER)
    query = query.with_for_update(read=True, key_share=True)
    codes = list(await session.exec(query))
    if not codes:
        await session.exec(insert(StockLocation).values(**FIRST, created_at=now()).on_conflict_do_nothing())
        codes = list(await session.exec(query))
    return codes


async def open_shelves(
    session: AsyncSession, skus: Collection[str]
) -> tuple[list[str], dict[str, dict[str, int]]]:
    """As open_codes, with the units of these SKUs in each, in one statement; their levels must be locked."""
    there = sa.and_(col(LocationLevel.location) == col(StockLocation.code), col(LocationLevel.sku).in_(skus))
    query = (
        select(StockLocation.code, LocationLevel.sku, LocationLevel.on_hand)
        .join(LocationLevel, there, isouter=True)
        .where(col(StockLocation.active))
        .order_by(*_IN_ORDER)
        .with_for_update(read=True, key_share=True, of=StockLocation)
    )
    found: dict[str, dict[str, int]] = {sku: {} for sku in skus}
    codes: dict[str, None] = {}
    for code, sku, on_hand in await session.exec(query):
        codes[code] = None
        if sku is not None:
            found[sku][code] = on_hand
    return list(codes) or await open_codes(session), found


def add(session: AsyncSession, location: StockLocation) -> None:
    session.add(location)


async def units_in(session: AsyncSession, code: str) -> int:
    """How many SKUs a location has or owes units of."""
    query = select(sa.func.count()).where(LocationLevel.location == code, col(LocationLevel.on_hand) != 0)
    return (await session.exec(query)).one()


async def shelves(session: AsyncSession, skus: Collection[str]) -> dict[str, dict[str, int]]:
    """The units in each location of each SKU."""
    query = select(LocationLevel.sku, LocationLevel.location, LocationLevel.on_hand)
    rows = await session.exec(query.where(col(LocationLevel.sku).in_(skus)))
    found: dict[str, dict[str, int]] = {sku: {} for sku in skus}
    for sku, location, on_hand in rows:
        found[sku][location] = on_hand
    return found


async def change(session: AsyncSession, moves: Mapping[tuple[str, str], int]) -> None:
    """Add units to what lies in a location, or take them away; the keys are SKU and location."""
    if not moves:
        return
    rows = [
        {"sku": sku, "location": location, "on_hand": units}
        for (sku, location), units in sorted(moves.items())
    ]
    statement = insert(LocationLevel).values(rows)
    total = col(LocationLevel.on_hand) + statement.excluded.on_hand
    await session.exec(
        statement.on_conflict_do_update(index_elements=["sku", "location"], set_={"on_hand": total})
    )


async def allocate(session: AsyncSession, order_id: UUID, moves: Mapping[tuple[str, str], int]) -> None:
    """Write down from where an order was given units."""
    if not moves:
        return
    rows = [
        {"order_id": order_id, "sku": sku, "location": location, "quantity": units, "allocated_at": now()}
        for (sku, location), units in sorted(moves.items())
    ]
    statement = insert(StockAllocation).values(rows)
    total = col(StockAllocation.quantity) + statement.excluded.quantity
    await session.exec(
        statement.on_conflict_do_update(
            index_elements=["order_id", "sku", "location"], set_={"quantity": total}
        )
    )


async def take_allocations(
    session: AsyncSession, order_id: UUID, skus: Sequence[str]
) -> dict[tuple[str, str], int]:
    """Forget from where an order was given these SKUs, and say it: what is kept has to be written down again."""
    statement = (
        sa.delete(StockAllocation)
        .where(col(StockAllocation.order_id) == order_id, col(StockAllocation.sku).in_(skus))
        .returning(col(StockAllocation.sku), col(StockAllocation.location), col(StockAllocation.quantity))
    )
    return {(row.sku, row.location): row.quantity for row in await session.exec(statement)}


async def allocations(session: AsyncSession, order_id: UUID) -> list[StockAllocation]:
    query = select(StockAllocation).where(StockAllocation.order_id == order_id)
    return list(await session.exec(query.order_by(col(StockAllocation.sku), col(StockAllocation.location))))
