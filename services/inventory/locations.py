"""The places where units lie, in the order in which orders are served from them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.audit import AuditAction
from models.identity import STORE, Identity
from models.stock_location import StockLocation
from services.audit import service as audit
from services.errors import Conflict, Invalid, NotFound
from services.inventory import locations_repository
from services.unit_of_work import UnitOfWork

MAX_LOCATIONS = 50
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


async def locations(uow: UnitOfWork) -> list[StockLocation]:
    """All locations, closed ones too, by priority."""
    await locations_repository.open_codes(uow.session)
    return await locations_repository.every(uow.session)


async def location(uow: UnitOfWork, code: str) -> StockLocation:
    """Raises NotFound."""
    return _find(await locations(uow), code)


async def shelves(uow: UnitOfWork, skus: Sequence[str]) -> dict[str, dict[str, int]]:
    """The units of each SKU in each location that has ever had some."""
    return await locations_repository.shelves(uow.session, skus) if skus else {}


async def add_location(uow: UnitOfWork, *, code: str, name: str, country: str, by: Identity) -> StockLocation:
    """A new place, the last to serve orders. Raises Invalid, Conflict (the code is taken)."""
    if not _CODE.fullmatch(code) or len(code) > 40:
        raise Invalid(
            "A location's code is lower-case letters and digits, with single dashes between: leeds-store.",
            {"code": "like leeds-store"},
        )
    known = await _lock(uow)
    if any(each.code == code for each in known):
        raise Conflict("There is a location with this code already.", code="code_taken")
    if len(known) >= MAX_LOCATIONS:
        raise Conflict(f"There can be {MAX_LOCATIONS} locations at most.", code="too_many_locations")
    last = max(each.priority for each in known)
    name, country = _checked(name, country)
    location = StockLocation(code=code, name=name, country=country, priority=last + 1)
    locations_repository.add(uow.session, location)
    await uow.session.flush()
    _audit(uow, AuditAction.LOCATION_CREATED, by, location, {})
    return location


async def change_location(
    uow: UnitOfWork,
    code: str,
    *,
    name: str | None = None,
    country: str | None = None,
    active: bool | None = None,
    by: Identity,
) -> StockLocation:
    """Rename a place, close it or open it again.

    Raises NotFound, Invalid, Conflict when the last one, or one that still has or owes units, would be closed.
    """
    known = await _lock(uow)
    location = _find(known, code)
    before = _fields(location)
    if active is False and location.active:
        await _require_closable(uow, location, known)
    location.name, location.country = _checked(
        location.name if name is None else name, location.country if country is None else country
    )
    location.active = location.active if active is None else active
    await uow.session.flush()
    _audit(uow, AuditAction.LOCATION_CHANGED, by, location, before)
    return location


async def order_locations(uow: UnitOfWork, codes: Sequence[str], *, by: Identity) -> list[StockLocation]:
    """Serve orders from locations in this order. Raises Invalid unless each location is named once."""
    known = await _lock(uow)
    if sorted(codes) != sorted(each.code for each in known):
        raise Invalid("Name each location once.", {"codes": ", ".join(each.code for each in known)})
    for priority, code in enumerate(codes, start=1):
        location = _find(known, code)
        before = _fields(location)
        location.priority = priority
        _audit(uow, AuditAction.LOCATION_CHANGED, by, location, before)
    await uow.session.flush()
    return sorted(known, key=lambda each: each.priority)


async def _lock(uow: UnitOfWork) -> list[StockLocation]:
    await locations_repository.open_codes(uow.session)
    return await locations_repository.every(uow.session, lock=True)


def _find(known: Sequence[StockLocation], code: str) -> StockLocation:
    found = next((each for each in known if each.code == code), None)
    if found is None:
        raise NotFound("There is no such location. Choose one of the list.")
    return found


def _checked(name: str, country: str) -> tuple[str, str]:
    name, country = " ".join(name.split()), country.strip().upper()
    if not 1 <= len(name) <= 80:
        raise Invalid("Please give the location a name.", {"name": "1 to 80 characters"})
    if not re.fullmatch("[A-Z]{2}", country):
        raise Invalid("Please give the country as two letters, as in GB.", {"country": "two letters"})
    return name, country


async def _require_closable(uow: UnitOfWork, location: StockLocation, known: Sequence[StockLocation]) -> None:
    if sum(each.active for each in known) == 1:
        raise Conflict("This is the only open location. Open another one first.", code="last_location")
    left = await locations_repository.units_in(uow.session, location.code)
    if left:
        goods = "1 article" if left == 1 else f"{left} articles"
        raise Conflict(
            f"{location.name} still has or owes units of {goods}. Move them to another location first.",
            code="location_in_use",
        )


def _fields(location: StockLocation) -> dict[str, object]:
    return location.model_dump(include={"name", "country", "active", "priority"})


def _audit(
    uow: UnitOfWork, action: AuditAction, by: Identity, location: StockLocation, before: dict[str, object]
) -> None:
    after = _fields(location)
    if by != STORE and before != after:
        audit.record(uow, action, by, location.code, location.name, before=before, after=after)
