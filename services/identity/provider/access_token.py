"""Access tokens of the provider, as programs send them (RFC 6750; RFC 9068 for those that are signed)."""

from __future__ import annotations

from typing import Any

from services.bootstrap import resources
from services.identity.provider.claims import Claims, audiences, person, subject, time_problems
from services.identity.provider.exchange import is_bearer_token
from services.identity.provider.introspection import verify_opaque_token
from services.identity.provider.refusals import refused
from services.identity.provider.signed import header_of, verified, wrong

_KINDS = ("at+jwt", "jwt")
_OF_OTHER_TOKENS = ("nonce", "at_hash", "c_hash", "events")
"""Claims of ID and logout tokens: what proves a sign-in to us opens nothing here (RFC 8725, 2.8)."""


async def verify_access_token(access_token: str) -> Claims:
    """The person behind a bearer token. Raises Unauthenticated, Unavailable."""
    if not is_bearer_token(access_token):
        raise refused("oidc_access_token_refused", "not a token")
    header = header_of(access_token)
    if header is None or "alg" not in header:
        return await verify_opaque_token(access_token)
    token = await verified(access_token)
    settings, claims = resources().settings, token.claims
    client = settings.oidc_client_id
    problems = {
        "typ": token.kind not in _KINDS,
        "another kind of token": _is_another_kind(claims),
        "issuer": claims.get("iss") != settings.oidc_issuer,
        "audience": client not in audiences(claims) and claims.get("client_id") != client,
        "subject": not subject(claims),
        **time_problems(claims, recent=False),
    }
    if any(problems.values()):
        raise refused("oidc_access_token_refused", wrong(problems))
    return person(claims)


def _is_another_kind(claims: dict[str, Any]) -> bool:
    granted = "scope" in claims or "client_id" in claims
    return not granted or any(name in claims for name in _OF_OTHER_TOKENS)
