"""Keys and tokens of a provider that may not be who it says it is."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import warnings
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jws
from joserfc.jwk import ECKey, RSAKey

Sign = Callable[[dict[str, Any], dict[str, Any]], str]
"""From header and claims to a token."""


def rsa(kid: str, bits: int = 2048) -> RSAKey:
    return RSAKey.generate_key(bits, {"kid": kid, "use": "sig", "alg": "RS256"})


FIRST, SECOND, UNPUBLISHED = rsa("first"), rsa("second"), rsa("first")
FIRST_UNBOUND = RSAKey.import_key(FIRST.as_pem(private=True))
"""The first key, free to sign with other algorithms than it is published for."""
with warnings.catch_warnings(action="ignore"):
    WEAK = rsa("weak", 1024)
ELLIPTIC = ECKey.generate_key("P-256", {"kid": "elliptic", "use": "sig", "alg": "ES256"})


class FromNow(int):
    """A claim in seconds from the moment of signing."""


def signed_by(key: Any, algorithm: str = "RS256") -> Sign:
    registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)

    def sign(header: dict[str, Any], claims: dict[str, Any]) -> str:
        content = json.dumps(claims)
        return jws.serialize_compact(header | {"alg": algorithm}, content, key, registry=registry)

    return sign


def signed_with_secret(secret: str | bytes) -> Sign:
    """With an HMAC, whatever the secret is."""
    key = secret.encode() if isinstance(secret, str) else secret

    def sign(header: dict[str, Any], claims: dict[str, Any]) -> str:
        content = f"{encoded(header | {'alg': 'HS256'})}.{encoded(claims)}"
        return f"{content}.{base64url(hmac.digest(key, content.encode(), 'sha256'))}"

    return sign


def signed_with_public_key(key: RSAKey) -> Sign:
    """The oldest trick: the published key taken for the secret of an HMAC (CVE-2015-9235)."""
    return signed_with_secret(key.as_pem(private=False))


def unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return ".".join((encoded(header | {"alg": "none"}), encoded(claims), ""))


def changed_afterwards(header: dict[str, Any], claims: dict[str, Any]) -> str:
    """Signed for one person, about another."""
    first, _, last = signed_by(FIRST)(header, claims).split(".")
    return ".".join((first, encoded(claims | {"sub": "somebody-else"}), last))


def unchecked(header: Any, claims: Any) -> str:
    """Signed well, whatever the header says."""
    content = f"{encoded(header)}.{encoded(claims)}"
    assert FIRST.private_key
    signature = FIRST.private_key.sign(content.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{content}.{base64url(signature)}"


def nested(depth: int) -> str:
    return base64url(b"[" * depth)


def encoded(part: Any) -> str:
    return base64url(json.dumps(part).encode())


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def at_hash(access_token: str) -> str:
    return base64url(hashlib.sha256(access_token.encode()).digest()[:16])


def told(honest: dict[str, Any], lies: dict[str, Any]) -> dict[str, Any]:
    """The truth with lies over it; `...` leaves a field out, FromNow is a moment."""
    mixed = {name: value for name, value in (honest | lies).items() if value is not ...}
    return {
        name: int(time.time()) + int(value) if isinstance(value, FromNow) else value
        for name, value in mixed.items()
    }
