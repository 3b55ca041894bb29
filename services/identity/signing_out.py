"""Signing out: here, at the identity provider, and at its word."""

from __future__ import annotations

import structlog

from models.audit import AuditAction
from services.audit import service as audit
from services.bootstrap import resources
from services.errors import Conflict, Unauthenticated, Unavailable
from services.identity import provider, repository, sessions
from services.identity.cookies import Cookies, hash_token
from services.unit_of_work import unit_of_work

log = structlog.get_logger()


async def sign_out(session_token: str, state: str, address: str = "", *, everywhere: bool = False) -> str:
    """End the session, or all of its user; returns where to end the provider's session too, or an empty string.

    That address answers with `state`. Without the provider the session here ends all the same.
    Raises Unauthenticated when all are to end and nobody knows whose: this one is over already.
    """
    async with unit_of_work() as uow:
        identity = await sessions.identify(uow, Cookies(session=session_token), address)
        if everywhere and not identity.signed_in:
            raise Unauthenticated("You were signed out here already. Sign in again to sign out everywhere.")
        id_token = await repository.id_token_of(uow.session, hash_token(session_token))
        if everywhere:
            await sessions.end_all_sessions(uow, identity)
        await repository.delete_session(uow.session, hash_token(session_token))
        if identity.roles and identity.user_id:
            audit.record(uow, AuditAction.STAFF_SIGNED_OUT, identity, identity.user_id, identity.label)
    if identity.signed_in:
        log.info("signed_out", user_id=str(identity.user_id))
    if not id_token:
        return ""
    try:
        return await provider.end_session_url(
            id_token=id_token, post_logout_redirect_uri=signed_out_url(), state=state
        )
    except Unavailable:
        log.warning("signed_out_here_only")
        return ""


async def sign_out_at_providers_word(logout_token: str) -> int:
    """The provider says in a signed notice that somebody signed out there; how many sessions ended here.

    Raises Unauthenticated for a notice that doesn't check out, Conflict for one that came before, Unavailable.
    Source: OpenID Connect Back-Channel Logout 1.0, 2.5 to 2.7.
    """
    notice = await provider.verify_logout_token(logout_token)
    async with unit_of_work() as uow:
        issuer = uow.settings.oidc_issuer
        is_new = await repository.add_logout_token(
            uow.session, hash_token(f"{issuer} {notice.id}"), notice.worthless_at
        )
        if not is_new:
            log.warning("oidc_logout_token_refused", problem="seen before")
            raise Conflict("This logout token was used already.", code="token_replayed")
        return await sessions.end_at_providers_word(
            uow, issuer=issuer, subject=notice.subject, provider_session=notice.provider_session
        )


def signed_out_url() -> str:
    return f"{resources().settings.public_url}/auth/signed-out"
