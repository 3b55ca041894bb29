"""What is there and what of it can be had."""

from __future__ import annotations

from collections.abc import Sequence

from models.stock import LOW_STOCK_THRESHOLD, StockEntry, StockLevel
from services.inventory import repository
from services.unit_of_work import UnitOfWork


async def levels(uow: UnitOfWork, skus: Sequence[str]) -> dict[str, StockLevel]:
    """The level of each SKU; one never counted has nothing on hand."""
    known = await repository.levels(uow.session, skus) if skus else {}
    return {sku: known.get(sku) or StockLevel(sku=sku, on_hand=0) for sku in skus}


async def low_levels(uow: UnitOfWork, limit: int = 8) -> list[StockLevel]:
    return await repository.low_levels(uow.session, LOW_STOCK_THRESHOLD, limit)


async def ledger(uow: UnitOfWork, sku: str, limit: int = 50) -> list[StockEntry]:
    """The latest changes of a SKU's stock, newest first."""
    return await repository.ledger(uow.session, sku, limit)
