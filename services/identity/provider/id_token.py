"""The ID token: who has signed in, to us, just now (OpenID Connect Core 1.0, 2 and 3.1.3.7)."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from services.bootstrap import resources
from services.identity.provider.claims import Claims, audiences, person, subject, time_problems
from services.identity.provider.refusals import refused
from services.identity.provider.signed import verified, wrong


async def verify_id_token(id_token: str, *, nonce: str, access_token: str) -> Claims:
    """The person an ID token is about. Raises Unauthenticated when any check fails, Unavailable without keys."""
    claims = (await verified(id_token)).claims
    settings = resources().settings
    parties, told = audiences(claims), claims.get("azp")
    problems = {
        "issuer": claims.get("iss") != settings.oidc_issuer,
        "audience": settings.oidc_client_id not in parties,
        "authorized party": (len(parties) > 1 or "azp" in claims) and told != settings.oidc_client_id,
        **time_problems(claims, recent=True),
        "nonce": claims.get("nonce") != nonce,
        "subject": not subject(claims),
        "access token hash": _is_of_another(claims, access_token),
    }
    if any(problems.values()):
        raise refused("oidc_id_token_refused", wrong(problems))
    return person(claims)


def _is_of_another(claims: dict[str, Any], access_token: str) -> bool:
    """Whether `at_hash` is there and of another access token than the one that came along (3.1.3.8)."""
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    expected = base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    return "at_hash" in claims and claims["at_hash"] != expected
