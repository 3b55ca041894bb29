"""Signing in and out through the identity provider."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

import structlog

from models.audit import AuditAction
from models.identity import SignInAttempt, User
from models.ids import now
from models.permissions import Role
from services.audit import service as audit
from services.checkout.service import bring_cart_along
from services.errors import BadRequest
from services.identity import provider, repository, sessions
from services.identity.cookies import hash_token, new_token
from services.identity.roles import known_roles
from services.identity.sessions import Device
from services.settings import Settings
from services.unit_of_work import UnitOfWork, unit_of_work

log = structlog.get_logger()

ATTEMPT_LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The result of a sign-in: the new session's token for the cookie, and where the browser wanted to go."""

    session_token: str
    return_to: str


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
    *, state: str, code: str, issuer: str, visitor_token: str, old_session: str, device: Device
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
        user = await _recognise(uow, claims, device)
        await repository.delete_session(uow.session, hash_token(old_session))
        sessions.begin(
            uow,
            user,
            token,
            claims.roles,
            device,
            id_token=id_token,
            provider_session=claims.provider_session,
        )
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


async def _recognise(uow: UnitOfWork, claims: provider.Claims, device: Device) -> User:
    """The user an ID token is about, as it describes them now. Sign-ins of staff and changed roles are audited."""
    issuer = uow.settings.oidc_issuer
    known = await repository.user_by_subject(uow.session, issuer, claims.subject)
    before = known_roles(known.roles) if known else frozenset[Role]()
    user = await repository.upsert_user(
        uow.session,
        issuer=issuer,
        subject=claims.subject,
        email=claims.email,
        name=claims.name,
        roles=claims.roles,
    )
    identity = sessions.identity_of(user, claims.roles, address=device.address)
    if before != claims.roles:
        audit.record(
            uow,
            AuditAction.STAFF_ROLES_CHANGED,
            identity,
            user.id,
            identity.label,
            before={"roles": sorted(before)},
            after={"roles": sorted(claims.roles)},
        )
    if claims.roles:
        audit.record(uow, AuditAction.STAFF_SIGNED_IN, identity, user.id, identity.label)
    return user
