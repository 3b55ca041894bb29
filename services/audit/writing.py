"""Writing down a deed in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from pydantic_core import to_jsonable_python

from models.audit import AuditAction, AuditEntry, difference
from models.identity import Identity
from services.audit import repository
from services.unit_of_work import UnitOfWork


def record(
    uow: UnitOfWork,
    action: AuditAction,
    by: Identity,
    object_id: UUID | str,
    object_name: str = "",
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write down a deed; it stands or falls with the unit of work. Of the two states only the difference is kept.

    The log can't forget: nothing that names a customer belongs into it, but their id.
    """
    repository.add(uow.session, entry_of(action, by, object_id, object_name, before=before, after=after))


def entry_of(
    action: AuditAction,
    by: Identity,
    object_id: UUID | str,
    object_name: str = "",
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """An entry to be written elsewhere than in this unit of work.

    A customer stays nameless, and so does the address they came from: they can be forgotten, the log can't.
    """
    named = bool(by.roles) or by.user_id is None
    return AuditEntry(
        action=action.value,
        actor_id=by.user_id,
        actor=_line(by.label, 254) if named else "customer",
        object_id=_line(str(object_id), 120),
        object_name=_line(object_name, 200),
        changes=difference(to_jsonable_python(before or {}), to_jsonable_python(after or {})),
        address=by.address if named else "",
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", "")),
    )


def _line(text: str, limit: int) -> str:
    """One line that PostgreSQL can keep: MongoDB takes characters, NUL among them, that it refuses."""
    return "".join(character if character.isprintable() else " " for character in text)[:limit]


async def recorded_since(
    uow: UnitOfWork, action: AuditAction, by: Identity, object_id: UUID | str, since: datetime
) -> bool:
    """Whether this person did this to this object since then."""
    return await repository.exists(uow.session, action, by.user_id, str(object_id), since)
