"""Signing in through the identity provider."""

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
from services.bootstrap import resources
from services.checkout.service import bring_cart_along
from services.errors import BadRequest, StoreError, Unauthenticated, Unavailable
from services.identity import provider, provider_logouts, repository, sessions
from services.identity.cookies import hash_token, new_token
from services.identity.roles import known_roles
from services.identity.sessions import Device
from services.price_list import service as price_lists
from services.unit_of_work import UnitOfWork, unit_of_work

log = structlog.get_logger()

ATTEMPT_LIFETIME = timedelta(minutes=10)
MOST_ATTEMPTS = 20
"""Tabs in which one browser may be about to sign in; a newer one takes the place of the oldest."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The result of a sign-in: the new session's token for the cookie, and where the browser wanted to go."""

    session_token: str
    return_to: str


async def begin_sign_in(visitor_token: str, return_to: str, *, register: bool = False) -> str:
    """Where to send the browser. The attempt is bound to this browser and lives ten minutes. Raises Unavailable."""
    state, nonce, verifier = new_token(), new_token(), secrets.token_urlsafe(48)
    page = provider.registration_url if register else provider.authorization_url
    url = await page(redirect_uri=callback_url(), state=state, nonce=nonce, code_verifier=verifier)
    visitor = hash_token(visitor_token)
    attempt = SignInAttempt(
        state_hash=hash_token(state),
        visitor=visitor,
        nonce=nonce,
        code_verifier=verifier,
        return_to=local_path(return_to),
    )
    async with unit_of_work() as uow:
        await repository.keep_newest_attempts(uow.session, visitor, MOST_ATTEMPTS - 1)
        repository.add_attempt(uow.session, attempt)
    return url


async def take_attempt(state: str, issuer: str | None, visitor_token: str) -> SignInAttempt:
    """The pending sign-in that an answer belongs to, used up; an answer in another issuer's name leaves it alone.

    Raises BadRequest unless this browser began it in time, and Unavailable.
    """
    await provider.check_answering_issuer(issuer)
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


async def complete_sign_in(
    attempt: SignInAttempt,
    *,
    code: str,
    visitor_token: str,
    old_session: str,
    device: Device,
    currency: str = "",
) -> SignedIn:
    """The browser is back with a code. The guest's cart joins the account's, and the session id is a new one.

    The currency that this browser chose last, if it did, is the account's from now on.

    Raises Unauthenticated, Unavailable.
    """
    tokens = await provider.exchange_code(
        code=code, redirect_uri=callback_url(), code_verifier=attempt.code_verifier
    )
    told = await provider.verify_id_token(
        tokens.id_token, nonce=attempt.nonce, access_token=tokens.access_token
    )
    claims = await provider.with_userinfo(told, tokens.access_token)
    token = new_token()
    async with unit_of_work() as uow:
        await _refuse_if_signed_out_meanwhile(uow, claims, attempt)
        await repository.delete_session(uow.session, hash_token(old_session))
        user = await _recognise(uow, claims, device)
        sessions.begin(
            uow,
            user,
            token,
            claims.roles,
            device,
            id_token=tokens.id_token,
            provider_session=claims.provider_session,
        )
        if currency in await price_lists.currencies(uow):
            user.currency = currency
        await bring_cart_along(uow, user.id, hash_token(visitor_token), user.currency)
    log.info("signed_in", user_id=str(user.id), roles=sorted(claims.roles))
    return SignedIn(token, attempt.return_to)


def not_completed(error: str) -> StoreError:
    """What an error that the provider sent back with the browser means for the person.

    Source: RFC 6749, 4.1.2.1; OpenID Connect Core 1.0, 3.1.2.6.
    """
    told = provider.error_code(error)
    log.warning("sign_in_not_completed", error=told)
    match told:
        case "access_denied":
            return Unauthenticated("You came back without signing in.", code="cancelled")
        case "server_error" | "temporarily_unavailable":
            return Unavailable("Signing in is not possible at the moment.", code="sign_in_unavailable")
        case "login_required" | "interaction_required" | "account_selection_required" | "consent_required":
            return Unauthenticated("The sign-in service needs you to sign in there.", code="sign_in_needed")
    return Unavailable("The sign-in service didn't accept our request.", code="sign_in_not_accepted")


async def forget_stale(uow: UnitOfWork) -> None:
    """Delete expired sessions, sign-ins that never came back, notices of logouts that nobody can repeat, and who left
    so long ago that no access token of theirs works."""
    await repository.delete_stale(
        uow.session, attempts_before=now() - ATTEMPT_LIFETIME, sessions_before=now()
    )


def callback_url() -> str:
    return f"{resources().settings.public_url}/auth/callback"


def local_path(target: str) -> str:
    """A path of this store, else the home page: a redirect never leaves the store (CWE-601)."""
    local = target.startswith("/") and not target.startswith(("//", "/\\", "/auth/"))
    clean = local and "\\" not in target and all(character.isprintable() for character in target)
    return target if clean and len(target) <= 500 else "/"


async def _refuse_if_signed_out_meanwhile(
    uow: UnitOfWork, claims: provider.Claims, attempt: SignInAttempt
) -> None:
    """The provider's notice may be here before the browser, and is no less true for it. Raises Unauthenticated."""
    ended = await provider_logouts.noted_since(
        uow,
        attempt.created_at,
        issuer=uow.settings.oidc_issuer,
        subject=claims.subject,
        provider_session=claims.provider_session,
    )
    if ended:
        raise provider.refused("oidc_sign_in_refused", "signed out at the provider meanwhile")


async def _recognise(uow: UnitOfWork, claims: provider.Claims, device: Device) -> User:
    """The user an ID token is about, as it describes them now. Sign-ins of staff and changed roles are audited."""
    issuer = uow.settings.oidc_issuer
    known = await repository.user_by_subject(uow.session, issuer, claims.subject)
    before = known_roles(known.roles) if known else frozenset[Role]()
    user = await repository.upsert_user(
        uow.session,
        issuer=issuer,
        subject=claims.subject,
        email=claims.email or (known.email if known else ""),
        name=claims.display_name or (known.name if known else ""),
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
