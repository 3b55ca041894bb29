"""Queries of API keys and of those whose they are."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.api_key import ApiKey
from models.identity import User


def add(session: AsyncSession, key: ApiKey) -> None:
    session.add(key)


async def find_by_hash(session: AsyncSession, key_hash: str) -> tuple[ApiKey, User] | None:
    query = select(ApiKey, User).join(User).where(ApiKey.key_hash == key_hash)
    return (await session.exec(query)).first()


async def find(session: AsyncSession, key_id: UUID) -> ApiKey | None:
    return await session.get(ApiKey, key_id)


async def touch(session: AsyncSession, key_id: UUID, at: datetime, *, last_before: datetime) -> None:
    """Write down a use, unless another request has done so since `last_before`."""
    unnoted = col(ApiKey.last_used_at).is_(None) | (col(ApiKey.last_used_at) < last_before)
    await session.exec(sa.update(ApiKey).where(col(ApiKey.id) == key_id, unnoted).values(last_used_at=at))


async def revoke(session: AsyncSession, key_id: UUID, at: datetime) -> bool:
    """Whether it was this call that revoked the key."""
    unrevoked = (col(ApiKey.id) == key_id, col(ApiKey.revoked_at).is_(None))
    statement = sa.update(ApiKey).where(*unrevoked).values(revoked_at=at).returning(col(ApiKey.id))
    return (await session.exec(statement)).first() is not None


async def lock_keys_of(session: AsyncSession, user_id: UUID) -> None:
    """Let nobody else make keys for this person until the commit."""
    number = func.hashtextextended(f"API keys of {user_id}", 0)
    await session.exec(select(func.pg_advisory_xact_lock(number)))


async def live_names(session: AsyncSession, user_id: UUID, at: datetime) -> list[str]:
    unexpired = col(ApiKey.expires_at).is_(None) | (col(ApiKey.expires_at) > at)
    query = select(ApiKey.name).where(ApiKey.user_id == user_id, col(ApiKey.revoked_at).is_(None), unexpired)
    return list((await session.exec(query)).all())


async def page(
    session: AsyncSession, user_id: UUID | None, *, limit: int, offset: int, before: UUID | None
) -> list[tuple[ApiKey, User]]:
    """One person's keys, or everybody's, newest first."""
    query = select(ApiKey, User).join(User).order_by(col(ApiKey.id).desc())
    if user_id is not None:
        query = query.where(ApiKey.user_id == user_id)
    if before is not None:
        query = query.where(ApiKey.id < before)
    return list((await session.exec(query.limit(limit).offset(offset))).all())


async def count(session: AsyncSession, user_id: UUID | None) -> int:
    query = select(func.count()).select_from(ApiKey)
    if user_id is not None:
        query = query.where(ApiKey.user_id == user_id)
    return (await session.exec(query)).one()
