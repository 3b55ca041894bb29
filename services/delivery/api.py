"""Delivery zones and their methods over REST, for whoever sets up the store."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse

from models.delivery import MethodCode, MethodDraft, Zone, ZoneDraft
from models.identity import Identity
from models.permissions import Permission
from services.delivery import service
from services.delivery.representations import ZoneList, ZoneResource
from services.http import etag, expected_version, json_response, not_modified, staff_who
from services.idempotency import run_at_most_once
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/delivery/zones", tags=["delivery"])

ManageSettings = Annotated[Identity, staff_who(Permission.MANAGE_SETTINGS)]
Code = Annotated[MethodCode, Path(description="Names the method in its zone, and in orders.")]


@router.get("")
async def list_zones(identity: ManageSettings) -> ZoneList:
    """Where the store delivers to, by which methods and at which prices."""
    async with unit_of_work() as uow:
        zones = await service.zones(uow, checked=True)
    return ZoneList(items=[ZoneResource.of(zone) for zone in zones], total=len(zones))


@router.post("", status_code=201, response_model=ZoneResource)
async def create_zone(draft: ZoneDraft, identity: ManageSettings, request: Request) -> JSONResponse:
    """Add a zone; its methods come after it. With an Idempotency-Key a repeated request adds once."""

    async def act() -> JSONResponse:
        async with unit_of_work() as uow:
            zone = await service.create_zone(uow, draft, by=identity)
        return _answer(zone, status=201, headers={"Location": f"{request.url.path.rstrip('/')}/{zone.id}"})

    return await run_at_most_once(request, identity, draft.model_dump(mode="json"), act)


@router.get("/{zone_id}", response_model=ZoneResource)
async def get_zone(zone_id: UUID, identity: ManageSettings, request: Request) -> Response:
    async with unit_of_work() as uow:
        zone = await service.get_zone(uow, zone_id)
    return not_modified(request, etag(zone.version)) or _answer(zone)


@router.put("/{zone_id}", response_model=ZoneResource)
async def change_zone(
    zone_id: UUID, draft: ZoneDraft, identity: ManageSettings, request: Request
) -> JSONResponse:
    """Name and areas anew; its methods stay."""
    async with unit_of_work() as uow:
        zone = await service.change_zone(
            uow, zone_id, draft, by=identity, expected_version=expected_version(request)
        )
    return _answer(zone)


@router.delete("/{zone_id}", status_code=204)
async def delete_zone(zone_id: UUID, identity: ManageSettings, request: Request) -> None:
    """With its methods: nothing is delivered there any more."""
    async with unit_of_work() as uow:
        await service.delete_zone(uow, zone_id, by=identity, expected_version=expected_version(request))


@router.put("/{zone_id}/methods/{code}", response_model=ZoneResource)
async def write_method(
    zone_id: UUID, code: Code, draft: MethodDraft, identity: ManageSettings, request: Request
) -> JSONResponse:
    """Make a method of the zone, or replace it; answers the zone."""
    async with unit_of_work() as uow:
        zone = await service.write_method(
            uow, zone_id, code, draft, by=identity, expected_version=expected_version(request)
        )
    return _answer(zone)


@router.delete("/{zone_id}/methods/{code}", response_model=ZoneResource)
async def delete_method(
    zone_id: UUID, code: Code, identity: ManageSettings, request: Request
) -> JSONResponse:
    """Take a method out of the zone; answers the zone."""
    async with unit_of_work() as uow:
        zone = await service.delete_method(
            uow, zone_id, code, by=identity, expected_version=expected_version(request)
        )
    return _answer(zone)


def _answer(zone: Zone, *, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    tagged = {"ETag": etag(zone.version), **(headers or {})}
    return json_response(ZoneResource.of(zone), status=status, headers=tagged)
