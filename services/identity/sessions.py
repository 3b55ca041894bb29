"""Signed-in browsers: the look-up that every event and request makes, and their ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from models.audit import AuditAction
from models.identity import Identity, User, UserSession
from models.ids import now
from models.permissions import Role
from services.audit import service as audit
from services.errors import NotFound, Unauthenticated
from services.identity import provider_logouts, repository
from services.identity.cookies import Cookies, hash_token
from services.identity.roles import known_roles
from services.settings import Settings
from services.unit_of_work import UnitOfWork

log = structlog.get_logger()

SEEN_RESOLUTION = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Device:
    """Where a session was begun."""

    user_agent: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """How many browsers somebody is signed in with, and when the store last heard of one."""

    sessions: int
    last_seen_at: datetime


def guest(cookies: Cookies, address: str = "") -> Identity:
    """A browser, or a program without any cookie, that nobody has signed in with."""
    return Identity(visitor=hash_token(cookies.visitor), address=address, currency=cookies.currency)


async def identify(uow: UnitOfWork, cookies: Cookies, address: str = "") -> Identity:
    """The identity behind a browser's cookies; one query, none for a guest.

    Its roles are those of its own sign-in, without those that the person's last one, in any browser, did not bring.
    The currency is the account's, the same on all devices, else the browser's.
    """
    nobody = guest(cookies, address)
    if not cookies.session:
        return nobody
    found = await repository.session_and_user(uow.session, hash_token(cookies.session))
    if found is None or _expired(found[0], uow.settings):
        return nobody
    session, user = found
    if now() - session.last_seen_at > SEEN_RESOLUTION:
        await repository.touch_session(uow.session, session.id_hash)
    roles = known_roles(session.roles) & known_roles(user.roles)
    identity = identity_of(user, roles, address=address)
    return replace(
        identity,
        visitor=nobody.visitor,
        session_id=session.id,
        currency=identity.currency or nobody.currency,
    )


def identity_of(user: User, roles: frozenset[Role], *, address: str = "") -> Identity:
    """Staff go by the provider's name: under one of their own choice they could pass for a colleague."""
    return Identity(
        user_id=user.id,
        email=user.email,
        name=user.name if roles else user.display_name,
        roles=roles,
        address=address,
        currency=user.currency,
    )


def begin(
    uow: UnitOfWork,
    user: User,
    token: str,
    roles: frozenset[Role],
    device: Device,
    *,
    id_token: str,
    provider_session: str,
) -> None:
    """Start a session for a browser that is given `token` as its cookie."""
    settings = uow.settings
    minutes = settings.staff_session_absolute_minutes if roles else settings.session_absolute_minutes
    session = UserSession(
        id_hash=hash_token(token),
        user_id=user.id,
        roles=sorted(roles),
        id_token=id_token,
        provider_session=provider_session[:255],
        user_agent=device.user_agent[:300],
        address=device.address,
        expires_at=now() + timedelta(minutes=minutes),
    )
    repository.add_session(uow.session, session)


async def list_sessions(uow: UnitOfWork, identity: Identity) -> list[UserSession]:
    """One's own live sessions, the last seen first. Raises Unauthenticated."""
    found = await repository.sessions_of(uow.session, _user_id(identity))
    return [session for session in found if not _expired(session, uow.settings)]


async def end_session(uow: UnitOfWork, identity: Identity, session_id: UUID) -> None:
    """Sign one of one's own sessions out. Raises Unauthenticated, NotFound."""
    ended = await repository.delete_sessions(uow.session, _user_id(identity), only=session_id)
    if not ended:
        raise NotFound("This session has ended already.")
    _note(uow, identity, ended)


async def end_other_sessions(uow: UnitOfWork, identity: Identity) -> int:
    """Sign out everywhere but here; how many sessions that were. Raises Unauthenticated."""
    ended = await repository.delete_sessions(uow.session, _user_id(identity), keep=identity.session_id)
    if ended:
        _note(uow, identity, ended)
    return ended


async def end_all_sessions(uow: UnitOfWork, identity: Identity) -> int:
    """Sign out everywhere, here too; how many sessions that were. Raises Unauthenticated."""
    ended = await repository.delete_sessions(uow.session, _user_id(identity))
    _note(uow, identity, ended)
    return ended


async def end_at_providers_word(uow: UnitOfWork, *, issuer: str, subject: str, provider_session: str) -> int:
    """The provider says that somebody signed out there: one session by its `sid`, else all of the subject.

    Returns how many ended; a sign-in on its way comes too late.
    Source: OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.7.
    """
    await provider_logouts.note(uow, issuer=issuer, subject=subject, provider_session=provider_session)
    ended = await repository.delete_provider_sessions(
        uow.session, issuer=issuer, subject=subject, provider_session=provider_session
    )
    log.info("signed_out_by_provider", sessions=ended)
    return ended


async def activity_of(uow: UnitOfWork, user_ids: Sequence[UUID]) -> dict[UUID, Activity]:
    """Where these people are signed in, for staff; who isn't anywhere is not in it."""
    found: dict[UUID, Activity] = {}
    for session in await repository.sessions_of_users(uow.session, user_ids):
        known = found.get(session.user_id, Activity(0, session.last_seen_at))
        found[session.user_id] = Activity(
            known.sessions + (not _expired(session, uow.settings)),
            max(known.last_seen_at, session.last_seen_at),
        )
    return found


def _note(uow: UnitOfWork, identity: Identity, ended: int) -> None:
    log.info("sessions_ended", user_id=str(identity.user_id), sessions=ended)
    audit.record(
        uow,
        AuditAction.ACCOUNT_SESSIONS_ENDED,
        identity,
        _user_id(identity),
        after={"sessions": ended},
    )


def _user_id(identity: Identity) -> UUID:
    if identity.user_id is None:
        raise Unauthenticated("Please sign in first.")
    return identity.user_id


def _expired(session: UserSession, settings: Settings, at: datetime | None = None) -> bool:
    moment = at or now()
    idle = settings.staff_session_idle_minutes if session.roles else settings.session_idle_minutes
    return moment >= session.expires_at or moment - session.last_seen_at >= timedelta(minutes=idle)
