"""Who is there: sign-in, sign-out and the look-up that every event and request makes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from models.identity import Identity, Role, SignInAttempt, User, UserSession
from models.ids import now
from services.checkout.service import bring_cart_along
from services.errors import BadRequest
from services.identity import provider, repository
from services.identity.cookies import Cookies, hash_token, new_token
from services.settings import Settings
from services.unit_of_work import UnitOfWork, unit_of_work

log = structlog.get_logger()

ATTEMPT_LIFETIME = timedelta(minutes=10)
SEEN_RESOLUTION = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The result of a sign-in: the new session's token for the cookie, and where the browser wanted to go."""

    session_token: str
    return_to: str


async def identify(uow: UnitOfWork, cookies: Cookies) -> Identity:
    """The identity behind a browser's cookies; one query, none for a guest."""
    visitor = hash_token(cookies.visitor)
    if not cookies.session:
        return Identity(visitor=visitor)
    found = await repository.session_and_user(uow.session, hash_token(cookies.session))
    if found is None or _expired(found[0], uow.settings):
        return Identity(visitor=visitor)
    session, user = found
    if now() - session.last_seen_at > SEEN_RESOLUTION:
        await repository.touch_session(uow.session, session.id_hash)
    return _identity(user, _roles(session), visitor)


async def identify_bearer(uow: UnitOfWork, access_token: str) -> Identity:
    """The identity behind an access token of the provider. Raises Unauthenticated, Unavailable."""
    claims = await provider.verify_access_token(access_token)
    issuer = uow.settings.oidc_issuer
    user = await repository.user_by_subject(uow.session, issuer, claims.subject)
    if user is None:
        user = await repository.upsert_user(
            uow.session, issuer=issuer, subject=claims.subject, email=claims.email, name=claims.name
        )
    return _identity(user, claims.roles, "")


async def begin_sign_in(visitor_token: str, return_to: str, *, register: bool = False) -> str:
    """Where to send the browser. The attempt is bound to this browser and lives ten minutes. Raises Unavailable."""
    state, nonce, verifier = new_token(), new_token(), secrets.token_urlsafe(48)
    page = provider.registration_url if register else provider.authorization_url
    async with unit_of_work() as uow:
        url = await page(
            redirect_uri=callback_url(uow.settings), state=state, nonce=nonce, code_verifier=verifier
        )
        attempt = SignInAttempt(
            state_hash=hash_token(state),
            visitor=hash_token(visitor_token),
            nonce=nonce,
            code_verifier=verifier,
            return_to=local_path(return_to),
        )
        repository.add_attempt(uow.session, attempt)
    return url


async def complete_sign_in(
    *, state: str, code: str, issuer: str, visitor_token: str, old_session: str
) -> SignedIn:
    """The browser is back with a code. The guest's cart joins the account's, and the session id is a new one.

    Raises BadRequest (unknown, used, expired or foreign state), Unauthenticated, Unavailable.
    """
    attempt = await take_attempt(state, visitor_token)
    async with unit_of_work() as uow:
        settings = uow.settings
    if issuer and issuer != settings.oidc_issuer:
        log.warning("oidc_answer_from_another_issuer", told=issuer)
        raise BadRequest("This sign-in came from somewhere else. Please sign in again.", code="wrong_issuer")
    tokens = await provider.exchange_code(
        code=code, redirect_uri=callback_url(settings), code_verifier=attempt.code_verifier
    )
    id_token = str(tokens.get("id_token") or "")
    claims = await provider.verify_id_token(id_token, nonce=attempt.nonce)
    token = new_token()
    async with unit_of_work() as uow:
        user = await repository.upsert_user(
            uow.session,
            issuer=settings.oidc_issuer,
            subject=claims.subject,
            email=claims.email,
            name=claims.name,
        )
        await repository.delete_session(uow.session, hash_token(old_session))
        repository.add_session(uow.session, _session(user, token, claims.roles, id_token, settings))
        await bring_cart_along(uow, user.id, hash_token(visitor_token))
    log.info("signed_in", user_id=str(user.id), roles=sorted(claims.roles))
    return SignedIn(token, attempt.return_to)


async def take_attempt(state: str, visitor_token: str) -> SignInAttempt:
    """The pending sign-in of a state, used up. Raises BadRequest unless this browser began it in time."""
    async with unit_of_work() as uow:
        attempt = await repository.take_attempt(uow.session, hash_token(state)) if state else None
    fresh = attempt is not None and now() - attempt.created_at < ATTEMPT_LIFETIME
    if attempt is None or not fresh or attempt.visitor != hash_token(visitor_token):
        log.warning("sign_in_state_refused", known=attempt is not None, fresh=fresh)
        raise BadRequest(
            "This sign-in link was used already, is too old, or was begun in another browser. Please sign in again.",
            code="wrong_state",
        )
    return attempt


async def sign_out(session_token: str) -> str:
    """End the session; returns where to end the provider's session too, or an empty string."""
    async with unit_of_work() as uow:
        ended = await repository.delete_session(uow.session, hash_token(session_token))
        settings = uow.settings
    if ended is None:
        return ""
    log.info("signed_out", user_id=str(ended.user_id))
    return await provider.end_session_url(
        id_token=ended.id_token, post_logout_redirect_uri=f"{settings.public_url}/", state=new_token()
    )


async def forget_stale(uow: UnitOfWork) -> None:
    """Delete expired sessions and sign-ins that never came back."""
    await repository.delete_stale(
        uow.session, attempts_before=now() - ATTEMPT_LIFETIME, sessions_before=now()
    )


def callback_url(settings: Settings) -> str:
    return f"{settings.public_url}/auth/callback"


def local_path(target: str) -> str:
    """A path of this store, else the home page: a redirect never leaves the store (CWE-601)."""
    local = target.startswith("/") and not target.startswith(("//", "/\\", "/auth/"))
    clean = local and "\\" not in target and all(character.isprintable() for character in target)
    return target[:500] if clean else "/"


def _identity(user: User, roles: frozenset[Role], visitor: str) -> Identity:
    return Identity(user_id=user.id, email=user.email, name=user.name, roles=roles, visitor=visitor)


def _roles(session: UserSession) -> frozenset[Role]:
    return provider.roles_of(session.roles)


def _session(
    user: User, token: str, roles: frozenset[Role], id_token: str, settings: Settings
) -> UserSession:
    minutes = settings.staff_session_absolute_minutes if roles else settings.session_absolute_minutes
    return UserSession(
        id_hash=hash_token(token),
        user_id=user.id,
        roles=sorted(roles),
        id_token=id_token,
        expires_at=now() + timedelta(minutes=minutes),
    )


def _expired(session: UserSession, settings: Settings, at: datetime | None = None) -> bool:
    moment = at or now()
    idle = settings.staff_session_idle_minutes if session.roles else settings.session_idle_minutes
    return moment >= session.expires_at or moment - session.last_seen_at >= timedelta(minutes=idle)
