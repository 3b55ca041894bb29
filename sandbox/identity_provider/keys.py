"""The provider's RSA keys: the newest signs, older ones stay published until what they signed has expired."""

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from joserfc.jwk import KeySet, RSAKey

ROTATED_AFTER = 24 * 3600
PUBLISHED_FOR = 3600 + 300
"""How long after its retirement a key is published: the longest life of a token, and some for slow clocks."""
REMEMBERED_FOR = 31 * 24 * 3600
"""How long it still proves an old ID token that comes as a logout hint (RP-Initiated Logout 1.0, section 2)."""
PUBLIC = ("kty", "use", "alg", "kid", "n", "e")


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key and its dates, in seconds since the epoch; `retired_at` is None while it signs."""

    jwk: RSAKey
    made_at: int
    retired_at: int | None = None

    @property
    def kid(self) -> str:
        return str(self.jwk.kid)

    @property
    def published_until(self) -> int | None:
        return None if self.retired_at is None else self.retired_at + PUBLISHED_FOR


class KeyRing:
    """The keys, in a file that only its owner can read. A new one is made when the newest has grown old."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.time) -> None:
        self._file, self._clock = file, clock
        self._keys = _read(file)
        self._rotate_when_due()

    @property
    def signing(self) -> KeySet:
        """The key to sign with, as a set of one so that its id gets into the header."""
        self._rotate_when_due()
        return KeySet([self._keys[0].jwk])

    @property
    def published(self) -> Sequence[SigningKey]:
        """The newest key and those whose signatures somebody may still have to verify, newest first."""
        self._rotate_when_due()
        now = self._clock()
        return [key for key in self._keys if key.published_until is None or key.published_until > now]

    @property
    def remembered(self) -> KeySet:
        """Every key whose signatures are still recognised here."""
        self._rotate_when_due()
        return KeySet([key.jwk for key in self._keys])

    def public_jwks(self) -> dict[str, Any]:
        """What the JWKS endpoint answers (RFC 7517, section 5)."""
        described = [key.jwk.as_dict(private=False) for key in self.published]
        return {"keys": [{name: jwk[name] for name in PUBLIC} for jwk in described]}

    def rotate(self) -> SigningKey:
        """Make a new key the one that signs, and forget those that are of no more use."""
        now = int(self._clock())
        fresh = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
        older = [key if key.retired_at is not None else replace(key, retired_at=now) for key in self._keys]
        kept = [key for key in older if key.retired_at is None or key.retired_at + REMEMBERED_FOR > now]
        self._keys = [SigningKey(fresh, now), *kept]
        _write(self._file, self._keys)
        return self._keys[0]

    def _rotate_when_due(self) -> None:
        if not self._keys or self._keys[0].made_at + ROTATED_AFTER <= self._clock():
            self.rotate()


def _read(file: Path) -> list[SigningKey]:
    """The keys of the file; `iat` and `exp` are ours, a key without them is of unknown age and therefore old."""
    if not file.exists():
        return []
    return [
        SigningKey(RSAKey.import_key(jwk), int(jwk.get("iat", 0)), jwk.get("exp"))
        for jwk in json.loads(file.read_text())["keys"]
    ]


def _write(file: Path, keys: Sequence[SigningKey]) -> None:
    described = []
    for key in keys:
        dates = {"iat": key.made_at} | ({} if key.retired_at is None else {"exp": key.retired_at})
        described.append(key.jwk.as_dict(private=True) | dates)
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as text:
        text.write(json.dumps({"keys": described}))
    unfinished.replace(file)
