"""Zones and methods as staff change them. Each deed is audited and told to all processes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.address_form import form_of, is_known
from models.audit import AuditAction
from models.delivery import Area, Method, MethodDraft, Zone, ZoneDraft
from models.identity import Identity
from models.reference import DeliveryZoneRow
from services import reference
from services.audit import service as audit
from services.delivery import repository
from services.delivery.offers import KIND, zones
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.unit_of_work import UnitOfWork


async def get_zone(uow: UnitOfWork, zone_id: UUID) -> Zone:
    """As it is stored now. Raises NotFound."""
    found = next((zone for zone in await repository.zones(uow.session) if zone.id == zone_id), None)
    if found is None:
        raise NotFound("There is no such delivery zone. Look at the list of zones again.")
    return found


async def create_zone(uow: UnitOfWork, draft: ZoneDraft, *, by: Identity) -> Zone:
    """Raises Invalid for places that nobody knows, Conflict when the name or an area is another zone's."""
    await reference.lock(uow.session, uow.resources.reference, KIND)
    await _require_free(uow, _known(draft))
    row = await repository.add_zone(uow.session, _known(draft))
    zone = await get_zone(uow, row.id)
    audit.record(uow, AuditAction.DELIVERY_ZONE_CREATED, by, zone.id, zone.name, after=_said(zone))
    return zone


async def change_zone(
    uow: UnitOfWork, zone_id: UUID, draft: ZoneDraft, *, by: Identity, expected_version: int | None = None
) -> Zone:
    """Raises NotFound, Invalid, Conflict, and PreconditionFailed when somebody else was quicker."""
    row, before = await _locked(uow, zone_id, expected_version)
    await _require_free(uow, _known(draft), zone_id)
    await repository.write_zone(uow.session, row, _known(draft))
    after = await get_zone(uow, zone_id)
    audit.record(
        uow,
        AuditAction.DELIVERY_ZONE_CHANGED,
        by,
        zone_id,
        after.name,
        before=_said(before),
        after=_said(after),
    )
    return after


async def delete_zone(
    uow: UnitOfWork, zone_id: UUID, *, by: Identity, expected_version: int | None = None
) -> None:
    """With its methods. Nothing is delivered there any more; orders placed keep what they were told."""
    row, before = await _locked(uow, zone_id, expected_version)
    await repository.delete_zone(uow.session, row)
    audit.record(uow, AuditAction.DELIVERY_ZONE_DELETED, by, zone_id, before.name, before=_said(before))


async def write_method(
    uow: UnitOfWork,
    zone_id: UUID,
    code: str,
    draft: MethodDraft,
    *,
    by: Identity,
    expected_version: int | None = None,
) -> Zone:
    """Make a method of a zone, or replace it. Raises NotFound, PreconditionFailed."""
    row, before = await _locked(uow, zone_id, expected_version)
    await repository.write_method(uow.session, zone_id, code, draft)
    await repository.write_zone(uow.session, row)
    after = await get_zone(uow, zone_id)
    _note_method(uow, by, before, after, code)
    return after


async def delete_method(
    uow: UnitOfWork, zone_id: UUID, code: str, *, by: Identity, expected_version: int | None = None
) -> Zone:
    """Raises NotFound, PreconditionFailed."""
    row, before = await _locked(uow, zone_id, expected_version)
    if before.method(code) is None:
        raise NotFound("This zone has no such method any more.")
    await repository.delete_method(uow.session, zone_id, code)
    await repository.write_zone(uow.session, row)
    after = await get_zone(uow, zone_id)
    _note_method(uow, by, before, after, code)
    return after


async def _locked(uow: UnitOfWork, zone_id: UUID, expected: int | None) -> tuple[DeliveryZoneRow, Zone]:
    await reference.lock(uow.session, uow.resources.reference, KIND)
    row = await repository.zone_row(uow.session, zone_id)
    before = await get_zone(uow, zone_id)
    assert row is not None  # noqa: S101 - get_zone has found it
    if expected is not None and expected != row.version:
        raise PreconditionFailed(
            "Somebody changed this zone meanwhile. Load it again, then repeat your change."
        )
    return row, before


async def _require_free(uow: UnitOfWork, draft: ZoneDraft, zone_id: UUID | None = None) -> None:
    others = [zone for zone in await zones(uow) if zone.id != zone_id]
    if any(zone.name.casefold() == draft.name.casefold() for zone in others):
        raise Conflict(
            f"There is a zone “{draft.name}” already. Choose another name.", code="zone_name_taken"
        )
    for zone in others:
        for area in draft.areas:
            if area in zone.areas:
                raise Conflict(
                    f"{_written(area)} belongs to “{zone.name}”. Take it out there first.", code="area_taken"
                )


def _known(draft: ZoneDraft) -> ZoneDraft:
    """With regions by their codes. Raises Invalid."""
    return draft.model_copy(update={"areas": tuple(_known_area(area) for area in draft.areas)})


def _known_area(area: Area) -> Area:
    if not is_known(area.country):
        raise Invalid(f"{area.country} is not a country we know.", {"areas": "Use codes like GB or DE."})
    region = form_of(area.country).region_code(area.region) if area.region else ""
    if area.region and not region:
        raise Invalid(
            f"{area.country} has no region {area.region}.", {"areas": f"{area.country} has no {area.region}."}
        )
    return area.model_copy(update={"region": region})


def _note_method(uow: UnitOfWork, by: Identity, before: Zone, after: Zone, code: str) -> None:
    old, new = before.method(code), after.method(code)
    audit.record(
        uow,
        AuditAction.DELIVERY_METHOD_CHANGED,
        by,
        after.id,
        f"{after.name}: {(new or old or after).name}",
        before=_method_said(old),
        after=_method_said(new),
    )


def _said(zone: Zone) -> dict[str, Any]:
    return {
        "name": zone.name,
        "areas": ", ".join(_written(area) for area in zone.areas),
        "position": zone.position,
    }


def _method_said(method: Method | None) -> dict[str, Any]:
    return method.model_dump(mode="json") if method else {}


def _written(area: Area) -> str:
    return " ".join(part for part in (area.country, area.region, area.postal_prefix) if part)
