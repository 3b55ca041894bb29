"""Queries of the audit log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit import AuditAction, AuditEntry


def add(session: AsyncSession, entry: AuditEntry) -> None:
    session.add(entry)


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
