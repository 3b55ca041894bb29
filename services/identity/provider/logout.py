"""Signing out at the provider, and the provider's word that somebody did.

Sources: OpenID Connect RP-Initiated Logout 1.0, 2; OpenID Connect Back-Channel Logout 1.0, 2.4 and 2.6.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from authlib.common.urls import add_params_to_uri

from services.bootstrap import resources
from services.identity.provider.claims import (
    MAX_AGE_SECONDS,
    SKEW_SECONDS,
    audiences,
    time_problems,
)
from services.identity.provider.discovery import metadata
from services.identity.provider.refusals import refused
from services.identity.provider.signed import verified, wrong

LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


@dataclass(frozen=True, slots=True)
class LogoutNotice:
    """Somebody signed out at the provider: by `subject`, by its session, or by both; empty for what it doesn't name.

    The notice is known by its `id`; from `worthless_at` on no check would let it pass again.
    """

    id: str
    subject: str
    provider_session: str
    worthless_at: datetime


async def end_session_url(*, id_token: str, post_logout_redirect_uri: str, state: str) -> str:
    """Where to send the browser to sign out there, too; empty when there is no such place. Raises Unavailable."""
    page = (await metadata()).end_session_endpoint
    parameters = {
        "client_id": resources().settings.oidc_client_id,
        "post_logout_redirect_uri": post_logout_redirect_uri,
        "state": state,
        "id_token_hint": id_token,
    }
    return str(add_params_to_uri(page, parameters)) if page else ""


async def verify_logout_token(logout_token: str) -> LogoutNotice:
    """Raises Unauthenticated when any check fails, Unavailable without keys."""
    token = await verified(logout_token)
    settings, claims = resources().settings, token.claims
    subject, session = claims.get("sub", ""), claims.get("sid", "")
    problems = {
        "typ": token.kind not in ("", "jwt", "logout+jwt"),
        "issuer": claims.get("iss") != settings.oidc_issuer,
        "audience": settings.oidc_client_id not in audiences(claims),
        **time_problems(claims, recent=True),
        "event": not _is_logout(claims.get("events")),
        "nonce": "nonce" in claims,
        "jti": not _is_name(claims.get("jti")),
        "subject": "sub" in claims and not _is_name(subject),
        "session": "sid" in claims and not _is_name(session),
        "neither subject nor session": "sub" not in claims and "sid" not in claims,
    }
    if any(problems.values()):
        raise refused("oidc_logout_token_refused", wrong(problems))
    return LogoutNotice(claims["jti"], subject, session, _worthless_at(claims["iat"]))


def _is_logout(events: Any) -> bool:
    return isinstance(events, dict) and isinstance(events.get(LOGOUT_EVENT), dict)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 255 and value.isprintable()


def _worthless_at(issued: float) -> datetime:
    age = timedelta(seconds=MAX_AGE_SECONDS + SKEW_SECONDS)
    return datetime.fromtimestamp(issued, UTC) + age
