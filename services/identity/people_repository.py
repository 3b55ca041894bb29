"""Queries of users by what must not happen to them meanwhile."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity import ForgottenPerson, User, UserSession
from models.ids import now


async def keep(session: AsyncSession, user_id: UUID) -> bool:
    """False when there is no such account any more; until the commit it can't be deleted, but changed."""
    query = select(User.id).where(User.id == user_id, col(User.deleted_at).is_(None))
    return (await session.exec(query.with_for_update(read=True, key_share=True))).first() is not None


async def find(session: AsyncSession, user_id: UUID) -> User | None:
    query = select(User).where(User.id == user_id, col(User.deleted_at).is_(None))
    return (await session.exec(query)).first()


async def lock(session: AsyncSession, user_id: UUID, *, against_use: bool = False) -> User | None:
    """The user, kept from changing until the commit; with `against_use` also what `keep` asks has to wait."""
    query = select(User).where(User.id == user_id, col(User.deleted_at).is_(None))
    locked = query.with_for_update(key_share=not against_use)
    return (await session.exec(locked.execution_options(populate_existing=True))).first()


async def lock_sessions(session: AsyncSession, user_id: UUID) -> None:
    """In the order of their keys, so that two who lock them never wait for each other."""
    query = select(UserSession.id).where(UserSession.user_id == user_id).order_by(col(UserSession.id_hash))
    await session.exec(query.with_for_update())


def mark_of(issuer: str, subject: str) -> str:
    """By which somebody is known again who is not to be named."""
    return hashlib.sha256(f"{issuer} {subject}".encode()).hexdigest()


async def add_forgotten(session: AsyncSession, mark: str, expires_at: datetime) -> None:
    row = insert(ForgottenPerson).values(mark=mark, expires_at=expires_at)
    await session.exec(
        row.on_conflict_do_update(index_elements=["mark"], set_={"expires_at": expires_at}),
    )


async def is_forgotten(session: AsyncSession, mark: str) -> bool:
    query = select(ForgottenPerson.mark).where(
        ForgottenPerson.mark == mark, col(ForgottenPerson.expires_at) > now()
    )
    return (await session.exec(query)).first() is not None
