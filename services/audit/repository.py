"""Queries of the audit log."""

from __future__ import annotations

from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit import AuditEntry


def add(session: AsyncSession, entry: AuditEntry) -> None:
    session.add(entry)
