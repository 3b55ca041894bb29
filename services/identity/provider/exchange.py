"""The token endpoint: a code becomes tokens (OpenID Connect Core 1.0, 3.1.3; RFC 6749, 5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import structlog
from authlib.oauth2.rfc6749.parameters import prepare_token_request

from services.bootstrap import resources
from services.identity.provider.discovery import metadata
from services.identity.provider.fetching import ask, client_authentication
from services.identity.provider.refusals import refused, unreachable

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a code was good for."""

    id_token: str = field(repr=False)
    access_token: str = field(repr=False)


async def exchange_code(*, code: str, redirect_uri: str, code_verifier: str) -> Tokens:
    """Raises Unauthenticated when the provider refuses the code, Unavailable when it refuses the store or is away."""
    if not code:
        raise refused("oidc_code_refused", "no code")
    answer = await ask(
        "POST",
        (await metadata()).token_endpoint,
        auth=client_authentication(resources().settings),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        content=prepare_token_request(
            "authorization_code", redirect_uri=redirect_uri, code=code, code_verifier=code_verifier
        ),
    )
    if not answer.accepted:
        error = error_code(answer.body.get("error"))
        if error in ("invalid_client", "unauthorized_client"):
            raise unreachable("it refuses our client id or secret", error=error)
        raise refused("oidc_code_refused", error, status=answer.status)
    return _tokens(answer.body)


def error_code(value: Any) -> str:
    """An error in the provider's own words, if it is one that can be logged (RFC 6749, 5.2)."""
    return value if isinstance(value, str) and re.fullmatch(r"[a-z_]{1,60}", value) else "unknown"


def is_bearer_token(value: Any) -> bool:
    """Whether something may be sent in an Authorization header (RFC 6750, 2.1)."""
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9\-._~+/]{1,16384}=*", value) is not None


def _tokens(body: dict[str, Any]) -> Tokens:
    id_token, access_token, kind = (body.get(name) for name in ("id_token", "access_token", "token_type"))
    if not isinstance(id_token, str) or not id_token:
        raise refused("oidc_tokens_refused", "no ID token")
    if not isinstance(access_token, str) or not is_bearer_token(access_token):
        raise refused("oidc_tokens_refused", "no access token")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise refused("oidc_tokens_refused", "not a bearer token")
    return Tokens(id_token, access_token)
