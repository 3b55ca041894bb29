"""Tokens signed by the provider: RS256 and nothing else (RFC 7515, RFC 8725)."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from joserfc.jws import JWSRegistry

from services.identity.provider.keys import fitting, provider_keys
from services.identity.provider.refusals import refused

ALGORITHM = "RS256"
_REGISTRY = JWSRegistry(algorithms=[ALGORITHM], strict_check_header=False)
_REGISTRY.max_header_length = 2048
_COMPACT = re.compile(r"([\w-]+)\.[\w-]+\.[\w-]*", re.ASCII)
"""Three parts in base64url; that of the signature is empty in a token that has none."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a token says, its signature verified. `kind` is its `typ`, in lower case; empty without one."""

    kind: str
    claims: dict[str, Any]


async def verified(token: str) -> Signed:
    """Raises Unauthenticated, and Unavailable when the provider's keys can't be had.

    When no known key fits, the keys are fetched anew first: the provider may have changed them meanwhile.
    """
    header = header_of(token)
    if header is None:
        raise refused("oidc_token_unverifiable", "not a signed token")
    kid, kind = header.get("kid"), header.get("typ", "")
    problems = {
        "algorithm": header.get("alg") != ALGORITHM,
        "critical extension": "crit" in header,
        "kid": kid is not None and not isinstance(kid, str),
        "typ": not isinstance(kind, str),
    }
    if any(problems.values()):
        raise refused("oidc_token_unverifiable", wrong(problems))
    keys = provider_keys()
    claims = _decoded(token, fitting(await keys.known(), kid))
    if claims is None:
        claims = _decoded(token, fitting(await keys.renewed(), kid))
    if claims is None:
        raise refused("oidc_token_unverifiable", "no key of the provider fits", kid=str(kid)[:100])
    return Signed(kind.lower().removeprefix("application/"), claims)


def header_of(token: str) -> dict[str, Any] | None:
    """The header of what looks like a signed token, not verified; else None."""
    parts = _COMPACT.fullmatch(token)
    if parts is None or len(parts[1]) > _REGISTRY.max_header_length:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def wrong(problems: dict[str, bool]) -> str:
    """The names of those checks that failed."""
    return ", ".join(name for name, failed in problems.items() if failed)


def _decoded(token: str, keys: Iterable[RSAKey]) -> dict[str, Any] | None:
    for key in keys:
        try:
            return dict(jwt.decode(token, key, registry=_REGISTRY).claims)
        except (JoseError, ValueError, RecursionError):
            continue
    return None
