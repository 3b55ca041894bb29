"""Taxes by region over REST, for whoever sets up the store."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from models.identity import Identity
from models.permissions import Permission
from models.taxes import TaxRegion, TaxRegionDraft
from services.http import etag, expected_version, json_response, not_modified, staff_who
from services.idempotency import run_at_most_once
from services.tax import service
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/taxes", tags=["taxes"])

ManageSettings = Annotated[Identity, staff_who(Permission.MANAGE_SETTINGS)]


class TaxList(BaseModel):
    """All tax regions: there is never another page."""

    items: list[TaxRegion]
    next_cursor: str | None = None
    total: int


@router.get("")
async def list_taxes(identity: ManageSettings) -> TaxList:
    """Countries, and regions of them, with their rates of each class since when."""
    async with unit_of_work() as uow:
        regions = await service.regions(uow, checked=True)
    return TaxList(items=list(regions), total=len(regions))


@router.post("", status_code=201, response_model=TaxRegion)
async def create_taxes(draft: TaxRegionDraft, identity: ManageSettings, request: Request) -> JSONResponse:
    """Add a country or a region. With an Idempotency-Key a repeated request adds once."""

    async def act() -> JSONResponse:
        async with unit_of_work() as uow:
            region = await service.create_region(uow, draft, by=identity)
        return _answer(region, 201, {"Location": f"{request.url.path.rstrip('/')}/{region.id}"})

    return await run_at_most_once(request, identity, draft.model_dump(mode="json"), act)


@router.get("/{region_id}", response_model=TaxRegion)
async def get_taxes(region_id: UUID, identity: ManageSettings, request: Request) -> Response:
    async with unit_of_work() as uow:
        region = await service.get_region(uow, region_id)
    return not_modified(request, etag(region.version)) or _answer(region)


@router.put("/{region_id}", response_model=TaxRegion)
async def change_taxes(
    region_id: UUID, draft: TaxRegionDraft, identity: ManageSettings, request: Request
) -> JSONResponse:
    """Everything anew. To change a rate from a day on, add one that is valid from then."""
    async with unit_of_work() as uow:
        region = await service.change_region(
            uow, region_id, draft, by=identity, expected_version=expected_version(request)
        )
    return _answer(region)


@router.delete("/{region_id}", status_code=204)
async def delete_taxes(region_id: UUID, identity: ManageSettings, request: Request) -> None:
    """A region has its country's taxes then, a country none."""
    async with unit_of_work() as uow:
        await service.delete_region(uow, region_id, by=identity, expected_version=expected_version(request))


def _answer(region: TaxRegion, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    return json_response(region, status=status, headers={"ETag": etag(region.version), **(headers or {})})
