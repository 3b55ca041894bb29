"""What is there and what of it can be had."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from models.stock import LOW_STOCK_THRESHOLD, Offer, StockEntry, StockLevel
from services.inventory import holds_repository, repository
from services.inventory.repository import LevelFilter, LevelPage
from services.unit_of_work import UnitOfWork


async def levels(uow: UnitOfWork, skus: Sequence[str]) -> dict[str, StockLevel]:
    """The level of each SKU; one never counted has nothing on hand."""
    known = await repository.levels(uow.session, skus) if skus else {}
    return {sku: known.get(sku) or StockLevel(sku=sku, on_hand=0) for sku in skus}


async def offers(uow: UnitOfWork, skus: Sequence[str], holder_id: UUID) -> dict[str, Offer]:
    """What a holder can have of each SKU: what nobody was promised, what it was promised itself, and what others
    were promised until a time that is over: `hold` gives that back when it needs it."""
    known = await repository.levels_and_claims(uow.session, skus, holder_id) if skus else {}
    return {
        sku: level.offer(units) for sku in skus for level, units in [known.get(sku) or _never_counted(sku)]
    }


async def available_to(
    uow: UnitOfWork, holder_ids: Collection[UUID], skus: Sequence[str]
) -> dict[UUID, dict[str, int]]:
    """The units of each SKU that each of many holders can have; the same two queries for any number."""
    known = await levels(uow, skus)
    held = await holds_repository.units_of(uow.session, holder_ids, skus) if holder_ids and skus else {}
    return {
        holder: {sku: level.offer(held.get((holder, sku), 0)).available for sku, level in known.items()}
        for holder in holder_ids
    }


async def list_levels(uow: UnitOfWork, wanted: LevelFilter, *, limit: int = 25, offset: int = 0) -> LevelPage:
    """Levels by SKU for staff; the caller has checked the permission."""
    return await repository.list_levels(uow.session, wanted, limit, offset)


async def low_levels(uow: UnitOfWork, limit: int = 8) -> list[StockLevel]:
    """Those with few units on the shelf that nobody was promised, the fewest first."""
    return await repository.low_levels(uow.session, LOW_STOCK_THRESHOLD, limit)


async def ledger(uow: UnitOfWork, sku: str, limit: int = 50) -> list[StockEntry]:
    """The latest changes of a SKU's stock, newest first."""
    return await repository.ledger(uow.session, sku, limit)


async def know(uow: UnitOfWork, skus: Sequence[str]) -> None:
    """These are sold from now on: their levels are listed before anybody has counted them."""
    await repository.create_missing(uow.session, sorted(skus))


def _never_counted(sku: str) -> tuple[StockLevel, int]:
    return StockLevel(sku=sku, on_hand=0), 0
