"""Tax regions as staff change them. Each deed is audited and told to all processes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from models.address_form import form_of, is_known
from models.audit import AuditAction
from models.countries import country_name
from models.identity import Identity
from models.reference import TaxRegionRow
from models.taxes import TaxRegion, TaxRegionDraft
from services import reference
from services.audit import service as audit
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.tax import repository
from services.tax.rates import KIND, regions
from services.unit_of_work import UnitOfWork


async def get_region(uow: UnitOfWork, region_id: UUID) -> TaxRegion:
    """As it is stored now. Raises NotFound."""
    found = next((each for each in await repository.regions(uow.session) if each.id == region_id), None)
    if found is None:
        raise NotFound("There is no such tax region. Look at the list again.")
    return found


async def create_region(uow: UnitOfWork, draft: TaxRegionDraft, *, by: Identity) -> TaxRegion:
    """Raises Invalid for a place that nobody knows, Conflict when it has its taxes already."""
    await reference.lock(uow.session, uow.resources.reference, KIND)
    draft = _known(draft)
    await _require_free(uow, draft)
    row = await repository.add_region(uow.session, draft)
    region = await get_region(uow, row.id)
    audit.record(uow, AuditAction.TAX_CREATED, by, region.id, _title(region), after=_said(region))
    return region


async def change_region(
    uow: UnitOfWork,
    region_id: UUID,
    draft: TaxRegionDraft,
    *,
    by: Identity,
    expected_version: int | None = None,
) -> TaxRegion:
    """Raises NotFound, Invalid, Conflict, and PreconditionFailed when somebody else was quicker."""
    row, before = await _locked(uow, region_id, expected_version)
    draft = _known(draft)
    await _require_free(uow, draft, region_id)
    await repository.write_region(uow.session, row, draft)
    after = await get_region(uow, region_id)
    audit.record(
        uow,
        AuditAction.TAX_CHANGED,
        by,
        region_id,
        _title(after),
        before=_said(before),
        after=_said(after),
    )
    return after


async def delete_region(
    uow: UnitOfWork, region_id: UUID, *, by: Identity, expected_version: int | None = None
) -> None:
    """Its country's taxes apply there then, or none. Raises NotFound, PreconditionFailed, and Conflict at home."""
    row, before = await _locked(uow, region_id, expected_version)
    if before.country == uow.settings.home_country and not before.region:
        raise Conflict(
            "Carts show the taxes at home, so they can't be deleted. Set its rates to 0 if there are none.",
            code="home_taxes",
        )
    await repository.delete_region(uow.session, row)
    audit.record(uow, AuditAction.TAX_DELETED, by, region_id, _title(before), before=_said(before))


async def _locked(uow: UnitOfWork, region_id: UUID, expected: int | None) -> tuple[TaxRegionRow, TaxRegion]:
    await reference.lock(uow.session, uow.resources.reference, KIND)
    row = await repository.region_row(uow.session, region_id)
    before = await get_region(uow, region_id)
    assert row is not None  # noqa: S101 - get_region has found it
    if expected is not None and expected != row.version:
        raise PreconditionFailed(
            "Somebody changed these taxes meanwhile. Load them again, then repeat your change."
        )
    return row, before


async def _require_free(uow: UnitOfWork, draft: TaxRegionDraft, region_id: UUID | None = None) -> None:
    for each in await regions(uow):
        if each.id != region_id and (each.country, each.region) == (draft.country, draft.region):
            raise Conflict(f"{_title(each)} has its taxes already. Change those.", code="tax_region_taken")


def _known(draft: TaxRegionDraft) -> TaxRegionDraft:
    """With the region by its code. Raises Invalid."""
    if not is_known(draft.country):
        raise Invalid("We don't know this country.", {"country": "Use a code like GB or DE."})
    region = form_of(draft.country).region_code(draft.region) if draft.region else ""
    if draft.region and not region:
        told = f"{country_name(draft.country)} has no region {draft.region}."
        raise Invalid(told, {"region": told})
    return draft.model_copy(update={"region": region})


def _title(region: TaxRegion) -> str:
    return ", ".join(part for part in (country_name(region.country), region.region) if part)


def _said(region: TaxRegion) -> dict[str, Any]:
    rates = {
        f"{rate.tax_class.value} from {rate.valid_from.isoformat()}": f"{rate.basis_points / 100:g}%"
        for rate in region.rates
    }
    return region.model_dump(include={"country", "region", "name", "included"}) | rates
