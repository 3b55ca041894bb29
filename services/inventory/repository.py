"""Queries of stock levels and the ledger; those of holds are in holds_repository.py."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.ids import now
from models.stock import LOW_STOCK_THRESHOLD, StockEntry, StockHold, StockLevel
from models.stock_location import LocationLevel
from services.inventory.holds_repository import IS_OVER


@dataclass(frozen=True, slots=True)
class Delta:
    """By how many units a level changes."""

    on_hand: int = 0
    reserved: int = 0


@dataclass(frozen=True, slots=True)
class LevelFilter:
    """`text` is part of a SKU; `skus` are those to which the text led otherwise, by the names of their products.

    `backordered` are those of which units are owed.
    """

    text: str = ""
    skus: Collection[str] = ()
    low: bool = False
    backordered: bool = False
    location: str = ""


@dataclass(frozen=True, slots=True)
class LevelPage:
    items: list[StockLevel]
    total: int


_UNPROMISED = col(StockLevel.on_hand) - col(StockLevel.reserved)

_LOCK = sa.text("""
SELECT sku FROM stock_levels WHERE sku = ANY(CAST(:skus AS varchar[])) ORDER BY sku FOR NO KEY UPDATE
""")
_CHANGE = sa.text("""
UPDATE stock_levels AS level
SET on_hand = level.on_hand + wanted.on_hand, reserved = level.reserved + wanted.reserved, updated_at = now()
FROM unnest(CAST(:skus AS varchar[]), CAST(:on_hand AS integer[]), CAST(:reserved AS integer[]))
    AS wanted(sku, on_hand, reserved)
WHERE level.sku = wanted.sku AND level.on_hand + wanted.on_hand - level.reserved - wanted.reserved
    >= -level.backorder_limit
RETURNING level.sku
""")
"""Not in one statement with the lock: an update begins at the rows as they were when its statement began, and would
wait there for those who wait for the rows that it has just locked."""


_RECORD = sa.insert(StockEntry)


_LEVELS_AND_CLAIMS = (
    select(StockLevel, sa.func.sum(StockHold.quantity))
    .outerjoin(
        StockHold,
        sa.and_(
            col(StockHold.sku) == col(StockLevel.sku),
            (col(StockHold.holder_id) == sa.bindparam("holder_id")) | IS_OVER,
        ),
    )
    .where(col(StockLevel.sku) == sa.any_(sa.bindparam("skus", type_=ARRAY(sa.String))))
    .group_by(col(StockLevel.sku))
    .execution_options(populate_existing=True)
)
"""Made once: for so short a statement, putting it together takes longer than PostgreSQL does."""


async def levels(session: AsyncSession, skus: Sequence[str]) -> dict[str, StockLevel]:
    query = select(StockLevel).where(col(StockLevel.sku).in_(skus))
    rows = await session.exec(query.execution_options(populate_existing=True))
    return {level.sku: level for level in rows}


async def levels_and_claims(
    session: AsyncSession, skus: Sequence[str], holder_id: UUID
) -> dict[str, tuple[StockLevel, int]]:
    """Each level, and the units of it in holds of a holder, and in those of others that are over."""
    asked = {"skus": list(skus), "holder_id": holder_id}
    rows = await session.exec(_LEVELS_AND_CLAIMS, params=asked)
    return {level.sku: (level, int(units or 0)) for level, units in rows}


async def low_levels(session: AsyncSession, threshold: int, limit: int) -> list[StockLevel]:
    query = select(StockLevel).where(threshold >= _UNPROMISED).order_by(_UNPROMISED, col(StockLevel.sku))
    return list(await session.exec(query.limit(limit)))


async def list_levels(session: AsyncSession, wanted: LevelFilter, limit: int, offset: int) -> LevelPage:
    conditions = list(_conditions(wanted))
    query = select(StockLevel).where(*conditions).order_by(col(StockLevel.sku)).limit(limit).offset(offset)
    found = list(await session.exec(query.execution_options(populate_existing=True)))
    total = await session.exec(select(sa.func.count()).select_from(StockLevel).where(*conditions))
    return LevelPage(found, total.one())


def _conditions(wanted: LevelFilter) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.text:
        part = sa.func.strpos(sa.func.upper(col(StockLevel.sku)), wanted.text.upper()) > 0
        yield sa.or_(part, col(StockLevel.sku).in_(wanted.skus))
    if wanted.low:
        yield _UNPROMISED <= LOW_STOCK_THRESHOLD
    if wanted.backordered:
        yield _UNPROMISED < 0
    if wanted.location:
        there = sa.and_(
            col(LocationLevel.sku) == col(StockLevel.sku),
            col(LocationLevel.location) == wanted.location,
            col(LocationLevel.on_hand) != 0,
        )
        yield sa.exists().where(there)


async def change(session: AsyncSession, deltas: Mapping[str, Delta]) -> set[str]:
    """Change many levels in one statement, after all of them were locked in SKU order, so that two never deadlock.

    Whoever writes a hold or a ledger entry shares the key of the level; the lock leaves that to them.

    Returns the SKUs it could change: a level that would promise more than is on hand stays as it is.
    """
    skus = sorted(deltas)
    parameters = {
        "skus": skus,
        "on_hand": [deltas[sku].on_hand for sku in skus],
        "reserved": [deltas[sku].reserved for sku in skus],
    }
    connection = await session.connection()
    await connection.execute(_LOCK, {"skus": skus})
    return set((await connection.execute(_CHANGE, parameters)).scalars())


async def record(session: AsyncSession, entries: Sequence[StockEntry]) -> None:
    """Write to the ledger, in one statement."""
    if entries:
        connection = await session.connection()
        await connection.execute(_RECORD, [entry.model_dump() for entry in entries])


async def create_missing(session: AsyncSession, skus: Sequence[str]) -> None:
    """In one statement in the order given."""
    rows = [{"sku": sku, "on_hand": 0, "reserved": 0, "updated_at": now()} for sku in skus]
    if rows:
        await session.exec(insert(StockLevel).values(rows).on_conflict_do_nothing())


async def lock_or_create(session: AsyncSession, sku: str) -> StockLevel:
    """The level of a SKU, locked until the commit; a SKU seen for the first time starts at nothing."""
    await create_missing(session, [sku])
    query = select(StockLevel).where(StockLevel.sku == sku).with_for_update(key_share=True)
    return (await session.exec(query.execution_options(populate_existing=True))).one()


async def ledger(session: AsyncSession, sku: str, limit: int) -> list[StockEntry]:
    newest_first = (col(StockEntry.created_at).desc(), col(StockEntry.id).desc())
    query = select(StockEntry).where(StockEntry.sku == sku).order_by(*newest_first).limit(limit)
    return list(await session.exec(query))
