"""Queries of the notes about one customer."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.account import CustomerNote


async def notes(session: AsyncSession, user_id: UUID) -> list[CustomerNote]:
    """The latest first."""
    query = select(CustomerNote).where(CustomerNote.user_id == user_id)
    return list(await session.exec(query.order_by(col(CustomerNote.created_at).desc())))


async def delete_notes(session: AsyncSession, user_id: UUID) -> None:
    await session.exec(sa.delete(CustomerNote).where(col(CustomerNote.user_id) == user_id))
