"""Queries of the API keys of one person."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.api_key import ApiKey


async def keys(session: AsyncSession, user_id: UUID) -> list[ApiKey]:
    """The latest first."""
    query = select(ApiKey).where(ApiKey.user_id == user_id)
    return list(await session.exec(query.order_by(col(ApiKey.created_at).desc())))


async def delete_keys(session: AsyncSession, user_id: UUID) -> None:
    await session.exec(sa.delete(ApiKey).where(col(ApiKey.user_id) == user_id))
