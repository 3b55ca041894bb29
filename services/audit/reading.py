"""Reading the audit log, newest first. The caller has checked the permission."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from models.audit import AuditAction, AuditEntry
from models.identity import Identity
from models.ids import now
from services.audit import repository
from services.audit.repository import AuditFilter, Place
from services.audit.writing import record
from services.errors import Invalid
from services.unit_of_work import UnitOfWork, unit_of_work

EXPORT_BATCH = 500
KINDS = tuple(dict.fromkeys(action.partition(".")[0] for action in AuditAction))
"""What deeds are done to: product, category …"""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class AuditPage:
    items: list[AuditEntry]
    total: int
    next_cursor: str | None


async def list_entries(
    uow: UnitOfWork, wanted: AuditFilter, *, limit: int = 24, cursor: str = ""
) -> AuditPage:
    """A page of the log; `total` counts all that fits the filter. Raises Invalid for an unknown action or cursor."""
    _require_known(wanted.action)
    found = await repository.page(uow.session, wanted, limit + 1, after=_place(cursor) if cursor else None)
    shown = found[:limit]
    more = len(found) > limit
    total = await repository.count(uow.session, wanted)
    return AuditPage(shown, total, _cursor(shown[-1]) if more and shown else None)


async def begin_export(uow: UnitOfWork, wanted: AuditFilter, by: Identity, *, form: str) -> AuditFilter:
    """Write down who takes entries out of the store, and which; returns the filter, closed to what comes later.

    What was searched for may be somebody's name, so only that there was a search is kept; so of an object that the log
    doesn't know. Raises Invalid for an unknown action.
    """
    _require_known(wanted.action)
    moment = now()
    asked = {name: value for name, value in asdict(wanted).items() if value}
    if wanted.text:
        asked["text"] = "…"
    if wanted.object_id and not await repository.knows(uow.session, wanted.object_id):
        asked["object_id"] = "…"
    record(uow, AuditAction.AUDIT_EXPORTED, by, "audit", "audit log", after={"format": form, **asked})
    return replace(wanted, until=min(wanted.until or moment, moment))


async def export_entries(wanted: AuditFilter) -> AsyncIterator[AuditEntry]:
    """Every entry that fits, in batches that each have a unit of work of their own, so that none is held for long."""
    after: Place | None = None
    while True:
        async with unit_of_work() as uow:
            batch = await repository.page(uow.session, wanted, EXPORT_BATCH, after=after)
        for entry in batch:
            yield entry
        if len(batch) < EXPORT_BATCH:
            return
        after = batch[-1].at, batch[-1].id


def _require_known(action: str) -> None:
    if action and action not in KINDS and action not in set(AuditAction):
        raise Invalid(
            "There is no such action.", {"action": f"one of {', '.join(KINDS)}, or one deed: order.shipped"}
        )


def _cursor(entry: AuditEntry) -> str:
    return f"{(entry.at - _EPOCH) // _MICROSECOND}.{entry.id}"


def _place(cursor: str) -> Place:
    moment, _, identifier = cursor.partition(".")
    try:
        return _EPOCH + int(moment) * _MICROSECOND, UUID(identifier)
    except (ValueError, OverflowError):
        raise Invalid("This cursor is not one of ours.", {"cursor": "take it from next_cursor"}) from None
