"""Stock over REST, for staff who manage the catalogue."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from models.identity import Permission
from models.stock import StockLevel, StockReason
from services.http import CurrentIdentity
from services.identity.access import require
from services.inventory import service
from services.inventory.service import MAX_ON_HAND
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/stock", tags=["stock"])


class Count(BaseModel):
    model_config = ConfigDict(extra="forbid")

    on_hand: Annotated[int, Field(strict=True, ge=0, le=MAX_ON_HAND)]


class Adjustment(BaseModel):
    model_config = ConfigDict(extra="forbid")

    delta: Annotated[int, Field(strict=True, ge=-MAX_ON_HAND, le=MAX_ON_HAND)]
    reason: StockReason


@router.put("/{sku}")
async def set_on_hand(sku: str, count: Count, identity: CurrentIdentity) -> dict[str, Any]:
    """Write down a count of the units in the warehouse."""
    require(identity, Permission.MANAGE_CATALOG)
    async with unit_of_work() as uow:
        return _level(await service.set_on_hand(uow, sku, count.on_hand, actor=identity.email))


@router.post("/{sku}/adjustments", status_code=201)
async def adjust(sku: str, adjustment: Adjustment, identity: CurrentIdentity) -> dict[str, Any]:
    """Add or take away units."""
    require(identity, Permission.MANAGE_CATALOG)
    async with unit_of_work() as uow:
        level = await service.adjust(
            uow, sku, adjustment.delta, reason=adjustment.reason, actor=identity.email
        )
        return _level(level)


@router.get("/{sku}/ledger")
async def ledger(
    sku: str, identity: CurrentIdentity, limit: Annotated[int, Query(ge=1, le=100)] = 50
) -> dict[str, Any]:
    """The latest changes, newest first."""
    require(identity, Permission.MANAGE_CATALOG)
    async with unit_of_work() as uow:
        entries = await service.ledger(uow, sku, limit)
    return {"items": entries}


def _level(level: StockLevel) -> dict[str, Any]:
    return {
        "sku": level.sku,
        "on_hand": level.on_hand,
        "reserved": level.reserved,
        "available": level.available,
        "status": level.status,
    }
