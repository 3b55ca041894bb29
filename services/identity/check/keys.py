"""The published keys: at least one the store can verify with (RFC 7517, RFC 7518)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any

import httpx

from services.identity.check.asking import NotAnswered, ask_for_object
from services.identity.check.findings import Finding, attention, fine, told, wrong

SMALLEST_BITS = 2048


def about_keys(http: httpx.Client, jwks_uri: str) -> Iterator[Finding]:
    """Reads the keys and looks at each."""
    try:
        _, document = ask_for_object(http, jwks_uri)
    except NotAnswered as reason:
        yield wrong(f"{jwks_uri} can't be read: {reason}.", "Without keys no ID token can be verified.")
        return
    listed = document.get("keys")
    keys = [key for key in listed if isinstance(key, dict)] if isinstance(listed, list) else []
    usable = [key for key in keys if _is_for_rs256(key)]
    large = [key for key in usable if _bits(key) >= SMALLEST_BITS]
    for key in usable:
        name, bits = f"RSA key {key.get('kid', 'without an id')}", _bits(key)
        if bits >= SMALLEST_BITS:
            yield fine(f"{name}, {bits} bits")
        else:
            yield wrong(f"{name} has {bits} bits", f"At least {SMALLEST_BITS} are safe (RFC 7518, 3.3).")
    if not large:
        yield wrong(
            "there is no RSA key to verify RS256 with", "Have the provider sign ID tokens with RS256."
        )
    if len(usable) > 1 and any(not key.get("kid") for key in usable):
        yield attention(
            "several keys, and some have no id", "The store takes a token only if its kid names a key."
        )
    if len(keys) > len(usable):
        yield told(f"{len(keys) - len(usable)} of another kind, which the store ignores")


def _is_for_rs256(key: dict[str, Any]) -> bool:
    return key.get("kty") == "RSA" and key.get("use", "sig") == "sig" and key.get("alg", "RS256") == "RS256"


def _bits(key: dict[str, Any]) -> int:
    """The size of the modulus; 0 when it can't be read."""
    text = str(key.get("n", ""))
    try:
        modulus = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return 0
    return int.from_bytes(modulus, "big").bit_length()
