"""Stock over REST, for staff who manage the catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from models.catalog import Sku
from models.identity import Identity
from models.permissions import Permission
from models.stock import StockLevel, StockReason, StockStatus
from services.catalog import service as catalog
from services.errors import NotFound
from services.http import digest_tag, not_modified, staff_who
from services.inventory import service
from services.inventory.service import MAX_BACKORDER, MAX_BACKORDER_DAYS, MAX_ON_HAND
from services.unit_of_work import UnitOfWork, unit_of_work

router = APIRouter(prefix="/stock", tags=["stock"])

ManageCatalog = Annotated[Identity, staff_who(Permission.MANAGE_CATALOG)]


Place = Annotated[str, Field(max_length=40, description="The code of an open location.")]


class Count(BaseModel):
    """Without a location, of all locations together."""

    model_config = ConfigDict(extra="forbid")

    on_hand: Annotated[int, Field(strict=True, ge=0, le=MAX_ON_HAND)]
    location: Place | None = None


class Adjustment(BaseModel):
    """The reasons that people give; the others are the store's own. Without a location units come to the first one, and
    are taken from where some are."""

    model_config = ConfigDict(extra="forbid")

    delta: Annotated[int, Field(strict=True, ge=-MAX_ON_HAND, le=MAX_ON_HAND)]
    reason: Literal[StockReason.RECEIVED, StockReason.DAMAGED, StockReason.COUNTED, StockReason.RETURNED]
    location: Place | None = None


class Transfer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    units: Annotated[int, Field(strict=True, ge=1, le=MAX_ON_HAND)]
    source: Place
    target: Place


class Backorder(BaseModel):
    """So many units more than there are may be sold, ready in so many days; 0 allows none."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(strict=True, ge=0, le=MAX_BACKORDER)]
    days: Annotated[int, Field(strict=True, ge=0, le=MAX_BACKORDER_DAYS)] = 0


class ShelfOut(BaseModel):
    """`on_hand` is below zero for units that were sold and have yet to be made."""

    location: str
    on_hand: int


class LevelOut(BaseModel):
    """`available` counts units made to order; `on_hand` and `reserved` are those of all locations.

    `owed` units are sold or promised and have yet to be made: what comes in goes to those buyers first.
    """

    sku: str
    on_hand: int
    reserved: int
    available: int
    owed: int
    status: StockStatus
    backorder_limit: int
    backorder_days: int
    locations: list[ShelfOut]


class Movement(BaseModel):
    """Not for whom: the id of a guest's cart opens it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    sku: str
    on_hand_delta: int
    reserved_delta: int
    reason: StockReason
    location: str | None
    actor: str
    created_at: datetime


class Ledger(BaseModel):
    items: list[Movement]


@router.get("/{sku}", response_model=LevelOut)
async def get_level(sku: Sku, identity: ManageCatalog, request: Request, response: Response) -> Any:
    """Units on hand, in each location, reserved and available."""
    async with unit_of_work() as uow:
        await _require_known(uow, sku)
        level = await _level(uow, (await service.levels(uow, [sku]))[sku])
    response.headers["etag"] = digest_tag(0, level)
    return not_modified(request, response.headers["etag"]) or level


@router.put("/{sku}")
async def set_on_hand(sku: Sku, count: Count, identity: ManageCatalog) -> LevelOut:
    """Write down a count of what lies there. 422 `units_owed` for more than the books know where units are owed to
    buyers: what came in is an adjustment, `received`."""
    async with unit_of_work() as uow:
        await _require_known(uow, sku)
        level = await service.set_on_hand(uow, sku, count.on_hand, by=identity, location=count.location)
        return await _level(uow, level)


@router.post("/{sku}/adjustments", status_code=201)
async def adjust(sku: Sku, adjustment: Adjustment, identity: ManageCatalog) -> LevelOut:
    """Add or take away units."""
    async with unit_of_work() as uow:
        await _require_known(uow, sku)
        level = await service.adjust(
            uow,
            sku,
            adjustment.delta,
            reason=adjustment.reason,
            by=identity,
            location=adjustment.location,
        )
        return await _level(uow, level)


@router.post("/{sku}/transfers", status_code=201)
async def transfer(sku: Sku, transfer: Transfer, identity: ManageCatalog) -> LevelOut:
    """Carry units from one location to another."""
    async with unit_of_work() as uow:
        await _require_known(uow, sku)
        level = await service.transfer(
            uow, sku, transfer.units, source=transfer.source, target=transfer.target, by=identity
        )
        return await _level(uow, level)


@router.put("/{sku}/backorder")
async def set_backorder(sku: Sku, backorder: Backorder, identity: ManageCatalog) -> LevelOut:
    """Say how many units may be sold before they are made. 422 below what is owed already."""
    async with unit_of_work() as uow:
        await _require_known(uow, sku)
        level = await service.set_backorder(uow, sku, limit=backorder.limit, days=backorder.days, by=identity)
        return await _level(uow, level)


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


async def _level(uow: UnitOfWork, level: StockLevel) -> LevelOut:
    shelves = (await service.shelves(uow, [level.sku]))[level.sku]
    places = [each.code for each in await service.locations(uow)]
    return LevelOut(
        sku=level.sku,
        on_hand=level.on_hand,
        reserved=level.reserved,
        available=level.available,
        owed=level.owed,
        status=level.status,
        backorder_limit=level.backorder_limit,
        backorder_days=level.backorder_days,
        locations=[ShelfOut(location=code, on_hand=shelves[code]) for code in places if shelves.get(code)],
    )
