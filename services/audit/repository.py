"""Queries of the audit log and of its outbox, the entries that wait in MongoDB."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from pymongo.asynchronous.collection import AsyncCollection
from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit import AuditEntry
from services.document_store import Document, Documents, DocumentSession


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
