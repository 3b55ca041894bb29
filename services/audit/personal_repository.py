"""Queries of what the audit log says about one person."""

from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit import AuditEntry


async def concerning(session: AsyncSession, user_id: UUID) -> list[AuditEntry]:
    """The latest first."""
    theirs = or_(col(AuditEntry.actor_id) == user_id, col(AuditEntry.object_id) == str(user_id))
    query = select(AuditEntry).where(theirs).order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
    return list(await session.exec(query))
