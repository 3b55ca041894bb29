"""The places where units lie over REST, for staff who manage the catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from models.identity import Identity
from models.permissions import Permission
from models.stock_location import StockLocation
from models.text import PlainText
from services.http import digest_tag, not_modified, staff_who
from services.inventory import service
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/stock-locations", tags=["stock"])

ManageCatalog = Annotated[Identity, staff_who(Permission.MANAGE_CATALOG)]
Name = Annotated[PlainText, Field(min_length=1, max_length=80)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2.")]


class NewLocation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(min_length=1, max_length=40)]
    name: Name
    country: Country


class LocationChange(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    country: Country | None = None
    active: bool | None = None


class LocationOrder(BaseModel):
    """Each location once; orders are served from the first of them that has units."""

    model_config = ConfigDict(extra="forbid")

    codes: Annotated[list[str], Field(min_length=1, max_length=50)]


class LocationOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    code: str
    name: str
    country: str
    priority: int
    active: bool
    created_at: datetime


class LocationList(BaseModel):
    items: list[LocationOut]
    next_cursor: str | None = None
    total: int


@router.get("", response_model=LocationList)
async def list_locations(identity: ManageCatalog, request: Request, response: Response) -> Any:
    """All of them, closed ones too, by priority."""
    async with unit_of_work() as uow:
        listed = _list(await service.locations(uow))
    response.headers["etag"] = digest_tag(0, listed)
    return not_modified(request, response.headers["etag"]) or listed


@router.post("", status_code=201)
async def add_location(location: NewLocation, identity: ManageCatalog, response: Response) -> LocationOut:
    """A new place, the last to serve orders. 409 `code_taken`."""
    async with unit_of_work() as uow:
        added = await service.add_location(
            uow, code=location.code, name=location.name, country=location.country, by=identity
        )
        response.headers["location"] = f"/api/v1/stock-locations/{added.code}"
        return LocationOut.model_validate(added)


@router.put("")
async def order_locations(order: LocationOrder, identity: ManageCatalog) -> LocationList:
    """Serve orders from locations in this order."""
    async with unit_of_work() as uow:
        return _list(await service.order_locations(uow, order.codes, by=identity))


@router.get("/{code}", response_model=LocationOut)
async def get_location(code: str, identity: ManageCatalog, request: Request, response: Response) -> Any:
    async with unit_of_work() as uow:
        found = LocationOut.model_validate(await service.location(uow, code))
    response.headers["etag"] = digest_tag(0, found)
    return not_modified(request, response.headers["etag"]) or found


@router.patch("/{code}")
async def change_location(code: str, change: LocationChange, identity: ManageCatalog) -> LocationOut:
    """Rename a place, close it or open it again. 409 for the last one, or one that has or owes units."""
    async with unit_of_work() as uow:
        changed = await service.change_location(
            uow, code, name=change.name, country=change.country, active=change.active, by=identity
        )
        return LocationOut.model_validate(changed)


def _list(locations: list[StockLocation]) -> LocationList:
    return LocationList(items=[LocationOut.model_validate(each) for each in locations], total=len(locations))
