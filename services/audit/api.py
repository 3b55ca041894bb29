"""The audit log over REST, for administrators."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from models.identity import Identity
from models.ids import now
from models.permissions import Permission
from services.audit import formats, service
from services.audit.service import AuditFilter
from services.errors import Invalid
from services.http import staff_who
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/audit", tags=["audit"])

ViewAudit = Annotated[Identity, staff_who(Permission.VIEW_AUDIT)]


class Entry(BaseModel):
    """`changes` maps each changed field to what it was before and is after. Customers have no name here."""

    id: UUID
    at: datetime
    action: str
    actor_id: UUID | None
    actor: str
    object_id: str
    object_name: str
    changes: dict[str, Any]
    address: str
    request_id: str


class EntryList(BaseModel):
    items: list[Entry]
    next_cursor: str | None
    total: int


def filters(
    actor: Annotated[UUID | None, Query(description="The id of who did it.")] = None,
    action: Annotated[
        str, Query(max_length=40, description="A deed, `order.shipped`, or a kind, `order`.")
    ] = "",
    object_id: Annotated[str, Query(alias="object", max_length=120)] = "",
    since: Annotated[
        str, Query(alias="from", max_length=40, description="A day (UTC) or a moment, itself included.")
    ] = "",
    until: Annotated[
        str,
        Query(alias="to", max_length=40, description="A day (UTC), itself included, or the moment after."),
    ] = "",
    q: Annotated[str, Query(max_length=100, description="A part of a name or of an object's id.")] = "",
) -> AuditFilter:
    return AuditFilter(
        actor_id=actor,
        action=action,
        object_id=object_id,
        since=_moment("from", since),
        until=_moment("to", until, add=timedelta(days=1)),
        text=q.strip(),
    )


Filters = Annotated[AuditFilter, Depends(filters)]


@router.get("")
async def list_entries(
    identity: ViewAudit,
    wanted: Filters,
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
    cursor: Annotated[str, Query(max_length=64)] = "",
) -> EntryList:
    """Who did what, newest first."""
    async with unit_of_work() as uow:
        page = await service.list_entries(uow, wanted, limit=limit, cursor=cursor)
    items = [Entry.model_validate(formats.told(entry)) for entry in page.items]
    return EntryList(items=items, next_cursor=page.next_cursor, total=page.total)


@router.get("/export", response_class=StreamingResponse)
async def export(
    identity: ViewAudit, wanted: Filters, form: Annotated[Literal["csv", "json"], Query(alias="format")]
) -> StreamingResponse:
    """All entries that fit, as a file. That is recorded, too."""
    async with unit_of_work() as uow:
        closed = await service.begin_export(uow, wanted, identity, form=form)
    entries = service.export_entries(closed)
    content = formats.as_csv(entries) if form == "csv" else formats.as_json(entries)
    name = f"larkspur-audit-{now():%Y-%m-%d}.{form}"
    return StreamingResponse(
        content,
        media_type="text/csv; charset=utf-8" if form == "csv" else "application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _moment(field: str, text: str, *, add: timedelta = timedelta()) -> datetime | None:
    """A day's first moment, `add` later; a moment as it is. Raises Invalid."""
    if not text:
        return None
    try:
        if len(text) <= len("2026-11-22"):
            return datetime.combine(date.fromisoformat(text), time(), UTC) + add
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Invalid(
        "This is no point in time.", {field: "a day, 2026-11-22, or a moment, 2026-11-22T18:05:00Z"}
    )
