"""Queries of users, sessions and pending sign-ins."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity import ForgottenPerson, LogoutToken, ProviderLogout, SignInAttempt, User, UserSession
from models.ids import new_id, now
from models.permissions import Role


async def session_and_user(session: AsyncSession, id_hash: str) -> tuple[UserSession, User] | None:
    query = select(UserSession, User).join(User).where(UserSession.id_hash == id_hash)
    return (await session.exec(query)).first()


async def upsert_user(
    session: AsyncSession, *, issuer: str, subject: str, email: str, name: str, roles: Iterable[Role] = ()
) -> User:
    known = {"email": email, "name": name, "roles": sorted(roles), "last_sign_in_at": now()}
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


async def id_token_of(session: AsyncSession, id_hash: str) -> str:
    """The hint for signing out at the provider; empty without such a session."""
    query = select(UserSession.id_token).where(UserSession.id_hash == id_hash)
    return (await session.exec(query)).first() or ""


async def sessions_of(session: AsyncSession, user_id: UUID) -> list[UserSession]:
    query = select(UserSession).where(UserSession.user_id == user_id)
    return list((await session.exec(query.order_by(col(UserSession.last_seen_at).desc()))).all())


async def delete_sessions(
    session: AsyncSession, user_id: UUID, *, only: UUID | None = None, keep: UUID | None = None
) -> int:
    """How many of somebody's sessions were deleted: all, one of them, or all but one."""
    statement = sa.delete(UserSession).where(col(UserSession.user_id) == user_id)
    if only:
        statement = statement.where(col(UserSession.id) == only)
    if keep:
        statement = statement.where(col(UserSession.id) != keep)
    return (await session.exec(statement)).rowcount


async def delete_provider_sessions(
    session: AsyncSession, *, issuer: str, subject: str, provider_session: str
) -> int:
    """By the provider's session id if there is one, and the subject if there is one; never all."""
    users = sa.select(col(User.id)).where(col(User.issuer) == issuer)
    if subject:
        users = users.where(col(User.subject) == subject)
    statement = sa.delete(UserSession).where(col(UserSession.user_id).in_(users))
    if provider_session:
        statement = statement.where(col(UserSession.provider_session) == provider_session)
    if not subject and not provider_session:
        return 0
    return (await session.exec(statement)).rowcount


async def user_by_subject(session: AsyncSession, issuer: str, subject: str) -> User | None:
    return (await session.exec(select(User).where(User.issuer == issuer, User.subject == subject))).first()


def add_attempt(session: AsyncSession, attempt: SignInAttempt) -> None:
    session.add(attempt)


async def keep_newest_attempts(session: AsyncSession, visitor: str, count: int) -> None:
    """Delete what one browser has begun before its newest `count` attempts."""
    of_visitor = col(SignInAttempt.visitor) == visitor
    newest = sa.select(col(SignInAttempt.state_hash)).where(of_visitor)
    newest = newest.order_by(col(SignInAttempt.created_at).desc()).limit(count)
    await session.exec(
        sa.delete(SignInAttempt).where(of_visitor, col(SignInAttempt.state_hash).not_in(newest))
    )


async def take_attempt(session: AsyncSession, state_hash: str) -> SignInAttempt | None:
    """A pending sign-in, taken so that its state can't be used again."""
    statement = sa.delete(SignInAttempt).where(col(SignInAttempt.state_hash) == state_hash)
    return (await session.exec(statement.returning(SignInAttempt))).scalars().first()


async def delete_stale(
    session: AsyncSession, *, attempts_before: datetime, sessions_before: datetime
) -> None:
    await session.exec(sa.delete(SignInAttempt).where(col(SignInAttempt.created_at) < attempts_before))
    await session.exec(sa.delete(ProviderLogout).where(col(ProviderLogout.told_at) < attempts_before))
    await session.exec(sa.delete(UserSession).where(col(UserSession.expires_at) < sessions_before))
    await session.exec(sa.delete(LogoutToken).where(col(LogoutToken.expires_at) < now()))
    await session.exec(sa.delete(ForgottenPerson).where(col(ForgottenPerson.expires_at) < now()))


async def add_logout_token(session: AsyncSession, jti_hash: str, expires_at: datetime) -> bool:
    """Remember a logout token; False when it is remembered already."""
    statement = insert(LogoutToken).values(jti_hash=jti_hash, expires_at=expires_at).on_conflict_do_nothing()
    return (await session.exec(statement.returning(col(LogoutToken.jti_hash)))).first() is not None


async def sessions_of_users(session: AsyncSession, user_ids: Sequence[UUID]) -> list[UserSession]:
    query = select(UserSession).where(col(UserSession.user_id).in_(user_ids))
    return list((await session.exec(query)).all())


async def lock_sign_ins(session: AsyncSession, *, against_use: bool = False) -> None:
    """Until the commit: sign-ins go on side by side, and none of them beside what is `against_use`."""
    lock = func.pg_advisory_xact_lock if against_use else func.pg_advisory_xact_lock_shared
    await session.exec(select(lock(func.hashtextextended("sign-ins", 0))))


async def add_provider_logout(session: AsyncSession, named_hash: str, told_at: datetime) -> None:
    statement = insert(ProviderLogout).values(named_hash=named_hash, told_at=told_at)
    await session.exec(
        statement.on_conflict_do_update(index_elements=["named_hash"], set_={"told_at": told_at})
    )


async def has_provider_logout(session: AsyncSession, named: Iterable[str], since: datetime) -> bool:
    query = select(ProviderLogout.named_hash).where(
        col(ProviderLogout.named_hash).in_(list(named)), col(ProviderLogout.told_at) >= since
    )
    return (await session.exec(query)).first() is not None
