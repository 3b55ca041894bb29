"""Queries of users, sessions and pending sign-ins."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity import SignInAttempt, User, UserSession
from models.ids import new_id, now


async def session_and_user(session: AsyncSession, id_hash: str) -> tuple[UserSession, User] | None:
    query = select(UserSession, User).join(User).where(UserSession.id_hash == id_hash)
    return (await session.exec(query)).first()


async def upsert_user(session: AsyncSession, *, issuer: str, subject: str, email: str, name: str) -> User:
    known = {"email": email, "name": name, "last_sign_in_at": now()}
    statement = (
        insert(User)
        .values(id=new_id(), issuer=issuer, subject=subject, created_at=now(), **known)
        .on_conflict_do_update(index_elements=["issuer", "subject"], set_=known)
        .returning(User)
    )
    rows = await session.exec(statement, execution_options={"populate_existing": True})
    user: User = rows.scalars().one()
    return user


def add_session(session: AsyncSession, user_session: UserSession) -> None:
    session.add(user_session)


async def touch_session(session: AsyncSession, id_hash: str) -> None:
    await session.exec(
        sa.update(UserSession).where(col(UserSession.id_hash) == id_hash).values(last_seen_at=now())
    )


async def delete_session(session: AsyncSession, id_hash: str) -> UserSession | None:
    statement = sa.delete(UserSession).where(col(UserSession.id_hash) == id_hash).returning(UserSession)
    return (await session.exec(statement)).scalars().first()


async def find_user(session: AsyncSession, user_id: UUID) -> User | None:
    return await session.get(User, user_id)


async def user_by_subject(session: AsyncSession, issuer: str, subject: str) -> User | None:
    return (await session.exec(select(User).where(User.issuer == issuer, User.subject == subject))).first()


def add_attempt(session: AsyncSession, attempt: SignInAttempt) -> None:
    session.add(attempt)


async def take_attempt(session: AsyncSession, state_hash: str) -> SignInAttempt | None:
    """A pending sign-in, taken so that its state can't be used again."""
    statement = sa.delete(SignInAttempt).where(col(SignInAttempt.state_hash) == state_hash)
    return (await session.exec(statement.returning(SignInAttempt))).scalars().first()


async def delete_stale(
    session: AsyncSession, *, attempts_before: datetime, sessions_before: datetime
) -> None:
    await session.exec(sa.delete(SignInAttempt).where(col(SignInAttempt.created_at) < attempts_before))
    await session.exec(sa.delete(UserSession).where(col(UserSession.expires_at) < sessions_before))
