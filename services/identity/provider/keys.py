"""The keys the provider signs with (RFC 7517; OpenID Connect Core 1.0, 10.1)."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from joserfc.util import base64_to_int

from services.bootstrap import resources
from services.identity.provider.discovery import metadata
from services.identity.provider.fetching import fetch
from services.identity.provider.keeping import Kept

LASTS_SECONDS = 3600
COOLDOWN_SECONDS = 5
"""Between two fetches for the sake of tokens that no known key fits: anybody can send such tokens."""
LEAST_BITS = 2048
"""RFC 7518, 3.3."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public RSA key; `kid` is empty where the provider gives it no name."""

    kid: str
    key: RSAKey


class ProviderKeys:
    """The keys of one provider, as last seen."""

    def __init__(self) -> None:
        self._kept = Kept(_fetch, LASTS_SECONDS)
        self._renewed_at = float("-inf")

    async def known(self) -> tuple[SigningKey, ...]:
        """Raises Unavailable."""
        return await self._kept.get()

    async def renewed(self) -> tuple[SigningKey, ...]:
        """Fetched anew, for a token that no key fitted; once in a while, else as known. Raises Unavailable."""
        if self._kept.on_its_way:
            return await self._kept.renew()
        if time.monotonic() - self._renewed_at < COOLDOWN_SECONDS:
            return await self._kept.get()
        self._renewed_at = time.monotonic()
        return await self._kept.renew()


def provider_keys() -> ProviderKeys:
    """Of the provider in the settings."""
    return _keys_of(resources().settings.oidc_issuer)


def fitting(keys: tuple[SigningKey, ...], kid: str | None) -> list[RSAKey]:
    """The keys that may have signed a token: those of its `kid`; without one the only key, if there is but one."""
    if kid is None:
        return [keys[0].key] if len(keys) == 1 else []
    return [known.key for known in keys if known.kid == kid]


@cache
def _keys_of(issuer: str) -> ProviderKeys:
    return ProviderKeys()


async def _fetch() -> tuple[SigningKey, ...]:
    told = (await fetch((await metadata()).jwks_uri)).get("keys")
    read = [_read(entry) for entry in told if isinstance(entry, dict)] if isinstance(told, list) else []
    return tuple(key for key in read if key)


def _read(entry: dict[str, Any]) -> SigningKey | None:
    """A key fit to verify RS256 with, by its public half; others in the set are none of our business (RFC 7517, 5)."""
    for_us = (
        entry.get("kty") == "RSA"
        and entry.get("use", "sig") == "sig"
        and entry.get("alg", "RS256") == "RS256"
        and "verify" in entry.get("key_ops", ["verify"])
    )
    if not for_us:
        return None
    try:
        if base64_to_int(entry["n"]).bit_length() < LEAST_BITS:
            return None
        key = RSAKey.import_key({"kty": "RSA", "n": entry["n"], "e": entry["e"]})
    except (JoseError, KeyError, TypeError, ValueError, AttributeError):
        return None
    return SigningKey(str(entry.get("kid", "")), key)
