"""Stock over REST, for staff who manage the catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from models.catalog import Sku
from models.identity import Identity
from models.permissions import Permission
from models.stock import StockLevel, StockReason
from services.catalog import service as catalog
from services.errors import NotFound
from services.http import staff_who
from services.inventory import service
from services.inventory.service import MAX_ON_HAND
from services.unit_of_work import UnitOfWork, unit_of_work

router = APIRouter(prefix="/stock", tags=["stock"])

ManageCatalog = Annotated[Identity, staff_who(Permission.MANAGE_CATALOG)]


class Count(BaseModel):
    model_config = ConfigDict(extra="forbid")

    on_hand: Annotated[int, Field(strict=True, ge=0, le=MAX_ON_HAND)]


class Adjustment(BaseModel):
    """The reasons that people give; the others are the store's own."""

    model_config = ConfigDict(extra="forbid")

    delta: Annotated[int, Field(strict=True, ge=-MAX_ON_HAND, le=MAX_ON_HAND)]
    reason: Literal[StockReason.RECEIVED, StockReason.DAMAGED, StockReason.COUNTED, StockReason.RETURNED]


class Movement(BaseModel):
    """Not for whom: the id of a guest's cart opens it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    sku: str
    on_hand_delta: int
    reserved_delta: int
    reason: StockReason
    actor: str
    created_at: datetime


class Ledger(BaseModel):
    items: list[Movement]


@router.put("/{sku}")
async def set_on_hand(sku: Sku, count: Count, identity: ManageCatalog) -> dict[str, Any]:
    """Write down a count of the units in the warehouse."""
    async with unit_of_work() as uow:
        await _require_known(uow, sku)
        return _level(await service.set_on_hand(uow, sku, count.on_hand, by=identity))


@router.post("/{sku}/adjustments", status_code=201)
async def adjust(sku: Sku, adjustment: Adjustment, identity: ManageCatalog) -> dict[str, Any]:
    """Add or take away units."""
    async with unit_of_work() as uow:
        await _require_known(uow, sku)
        level = await service.adjust(uow, sku, adjustment.delta, reason=adjustment.reason, by=identity)
        return _level(level)


@router.get("/{sku}/ledger")
async def ledger(
    sku: Sku, identity: ManageCatalog, limit: Annotated[int, Query(ge=1, le=100)] = 50
) -> Ledger:
    """The latest changes, newest first."""
    async with unit_of_work() as uow:
        await _require_known(uow, sku)
        entries = await service.ledger(uow, sku, limit)
    return Ledger(items=[Movement.model_validate(entry) for entry in entries])


async def _require_known(uow: UnitOfWork, sku: str) -> None:
    if not await catalog.variants_by_sku(uow, [sku]):
        raise NotFound(f"No product has the SKU {sku}. Create the product first.")


def _level(level: StockLevel) -> dict[str, Any]:
    return {
        "sku": level.sku,
        "on_hand": level.on_hand,
        "reserved": level.reserved,
        "available": level.available,
        "status": level.status,
    }
