"""Queries of the audit log and of its outbox, the entries that wait in MongoDB."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import sqlalchemy as sa
from pymongo.asynchronous.collection import AsyncCollection
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit import AuditAction, AuditEntry
from services.document_store import Document, Documents, DocumentSession

Place: TypeAlias = tuple[datetime, UUID]
"""Where an entry stands in the log."""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Empty fields don't filter. `action` is one deed, or the kind of what it is done to.

    `since` is the first moment that counts, `until` the first that doesn't any more. `text` is looked for in the names
    of objects and actors and in the ids of objects.
    """

    actor_id: UUID | None = None
    action: str = ""
    object_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


def _outbox(documents: Documents) -> AsyncCollection[Document]:
    return documents["audit_outbox"]


def add(session: AsyncSession, entry: AuditEntry) -> None:
    session.add(entry)


async def add_missing(session: AsyncSession, entries: Sequence[AuditEntry]) -> None:
    """Add those that the log doesn't have yet."""
    rows = [entry.model_dump() for entry in entries]
    await session.exec(insert(AuditEntry).on_conflict_do_nothing(index_elements=["id"]), params=rows)


async def put_into_outbox(documents: Documents, entry: AuditEntry, session: DocumentSession) -> None:
    """As one text: the names of changed fields have points in them, which mean something to MongoDB."""
    await _outbox(documents).insert_one({"_id": entry.id, "entry": entry.model_dump_json()}, session=session)


async def waiting(documents: Documents, limit: int) -> list[AuditEntry]:
    """The oldest entries of the outbox."""
    cursor = _outbox(documents).find().sort("_id").limit(limit)
    return [AuditEntry.model_validate(json.loads(document["entry"])) async for document in cursor]


async def remove_from_outbox(documents: Documents, ids: Sequence[UUID]) -> None:
    await _outbox(documents).delete_many({"_id": {"$in": list(ids)}})


async def page(
    session: AsyncSession, wanted: AuditFilter, limit: int, *, after: Place | None = None
) -> list[AuditEntry]:
    """Newest first, from the entry after a place on."""
    conditions = _conditions(wanted)
    place = sa.tuple_(col(AuditEntry.at), col(AuditEntry.id))
    if after:
        conditions.append(place < after)
    newest_first = (col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
    query = select(AuditEntry).where(*conditions).order_by(*newest_first).limit(limit)
    return list(await session.exec(query))


async def count(session: AsyncSession, wanted: AuditFilter) -> int:
    query = select(sa.func.count()).select_from(AuditEntry).where(*_conditions(wanted))
    return (await session.exec(query)).one()


def _conditions(wanted: AuditFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.actor_id:
        conditions.append(col(AuditEntry.actor_id) == wanted.actor_id)
    if wanted.action:
        kind = f"{wanted.action}."
        actions = [each.value for each in AuditAction if each == wanted.action or each.startswith(kind)]
        conditions.append(col(AuditEntry.action).in_(actions))
    if wanted.object_id:
        conditions.append(col(AuditEntry.object_id) == wanted.object_id)
    if wanted.since:
        conditions.append(col(AuditEntry.at) >= wanted.since)
    if wanted.until:
        conditions.append(col(AuditEntry.at) < wanted.until)
    if wanted.text:
        searched = (AuditEntry.object_name, AuditEntry.actor, AuditEntry.object_id)
        conditions.append(
            sa.or_(*(col(column).icontains(wanted.text, autoescape=True) for column in searched))
        )
    return conditions


async def knows(session: AsyncSession, object_id: str) -> bool:
    """Whether there is an entry about this object."""
    query = select(AuditEntry.id).where(AuditEntry.object_id == object_id)
    return (await session.exec(query.limit(1))).first() is not None


async def exists(
    session: AsyncSession, action: AuditAction, actor_id: UUID | None, object_id: str, since: datetime
) -> bool:
    query = select(AuditEntry.id).where(
        AuditEntry.object_id == object_id,
        AuditEntry.action == action.value,
        AuditEntry.actor_id == actor_id,
        col(AuditEntry.at) >= since,
    )
    return (await session.exec(query.limit(1))).first() is not None
