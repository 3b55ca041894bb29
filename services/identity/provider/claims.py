"""What tokens claim, read with care: nothing in them has the type that it should until it is looked at."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

from models.permissions import Role
from services.bootstrap import resources
from services.identity.roles import roles_of

SKEW_SECONDS = 60
MAX_AGE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Claims:
    """What the provider says of a person. `provider_session` is its `sid`."""

    subject: str
    email: str = ""
    name: str = ""
    username: str = ""
    roles: frozenset[Role] = frozenset()
    provider_session: str = ""

    @property
    def display_name(self) -> str:
        return self.name or self.username or self.email


def person(claims: dict[str, Any]) -> Claims:
    """The person of claims that have been checked."""
    names = (_line(claims.get("given_name"), 100), _line(claims.get("family_name"), 100))
    return Claims(
        subject=subject(claims),
        email=_word(claims.get("email"), 254),
        name=_line(claims.get("name"), 200) or " ".join(name for name in names if name)[:200],
        username=_line(claims.get("username") or claims.get("preferred_username"), 200),
        roles=roles_of(claims.get("roles"), resources().settings.role_names),
        provider_session=_word(claims.get("sid"), 255),
    )


def subject(claims: dict[str, Any]) -> str:
    """Who it is about; empty when that can't be said (OpenID Connect Core 1.0, 2: at most 255 characters)."""
    value = claims.get("sub")
    fits = isinstance(value, str) and 0 < len(value) <= 255 and value.isprintable()
    return value if fits and isinstance(value, str) else ""


def audiences(claims: dict[str, Any]) -> list[Any]:
    audience = claims.get("aud")
    return audience if isinstance(audience, list) else [audience]


def time_problems(claims: dict[str, Any], *, recent: bool) -> dict[str, bool]:
    """The checks of `exp` and `nbf`, and of `iat` where a token has to be `recent`; 60 s of skew."""
    current = time.time()
    expires, issued = _moment(claims.get("exp")), _moment(claims.get("iat"))
    begins = _moment(claims.get("nbf", 0))
    problems = {
        "expired": expires is None or expires < current - SKEW_SECONDS,
        "not yet valid": begins is None or begins > current + SKEW_SECONDS,
    }
    if recent:
        problems["issued at"] = (
            issued is None or not current - MAX_AGE_SECONDS <= issued <= current + SKEW_SECONDS
        )
    return problems


def _moment(value: object) -> float | None:
    """Seconds since the epoch; None for what is no time, however it is dressed up."""
    if not isinstance(value, int | float) or abs(value) > 1e15:
        return None
    return float(value) if math.isfinite(value) else None


def _word(value: object, limit: int) -> str:
    """Something to be taken as it is; empty for what can't be."""
    fits = isinstance(value, str) and len(value) <= limit and value.isprintable()
    return value.strip() if fits and isinstance(value, str) else ""


def _line(value: object, limit: int) -> str:
    """Something people read, without the characters that make it look like something else."""
    told = value if isinstance(value, str) else ""
    return "".join(character for character in told if character.isprintable()).strip()[:limit]
