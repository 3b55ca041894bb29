"""What the audit log says about somebody: what they did, and what was done to their account."""

from __future__ import annotations

from uuid import UUID

from models.audit import AuditEntry
from services.audit import personal_repository
from services.unit_of_work import UnitOfWork


async def entries_concerning(uow: UnitOfWork, user_id: UUID) -> list[AuditEntry]:
    """The latest first."""
    return await personal_repository.concerning(uow.session, user_id)
