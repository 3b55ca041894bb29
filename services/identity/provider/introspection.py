"""Opaque access tokens: the provider is asked what they are good for (RFC 7662)."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from services.bootstrap import resources
from services.errors import Unauthenticated
from services.identity.provider.claims import Claims, audiences, person, subject, time_problems
from services.identity.provider.discovery import Metadata, metadata
from services.identity.provider.fetching import ask, client_authentication
from services.identity.provider.refusals import refused, unreachable
from services.identity.provider.signed import wrong
from services.identity.provider.userinfo import userinfo

LASTS_SECONDS = 60
"""How long an answer is believed: a token that was revoked works that long at most."""
REFUSAL_LASTS_SECONDS = 10
MOST_ANSWERS = 2000
MOST_AT_ONCE, WAIT_SECONDS = 10, 3
"""Questions under way, and how long another one waits for its turn: anybody can make tokens up, and signing in and
paying need connections, too."""

_turns = asyncio.Semaphore(MOST_AT_ONCE)
_answers: dict[str, tuple[Claims | None, float]] = {}
"""By hash of issuer and token: the person or, for a bad token, None; and until when, on the monotonic clock."""


async def verify_opaque_token(access_token: str) -> Claims:
    """The person behind an opaque access token. Raises Unauthenticated, Unavailable."""
    key = hashlib.sha256(f"{resources().settings.oidc_issuer} {access_token}".encode()).hexdigest()
    known, until = _answers.get(key, (None, 0.0))
    if time.monotonic() < until:
        if known is None:
            raise refused("oidc_access_token_refused", "as a moment ago")
        return known
    try:
        async with _turn():
            found, seconds = await _ask(access_token)
    except Unauthenticated:
        _remember(key, None, REFUSAL_LASTS_SECONDS)
        raise
    _remember(key, found, seconds)
    return found


@asynccontextmanager
async def _turn() -> AsyncIterator[None]:
    """Raises Unavailable when it doesn't come."""
    try:
        await asyncio.wait_for(_turns.acquire(), WAIT_SECONDS)
    except TimeoutError as error:
        raise unreachable("too many tokens to ask about at once") from error
    try:
        yield
    finally:
        _turns.release()


def _remember(key: str, found: Claims | None, seconds: float) -> None:
    _answers.pop(key, None)
    while len(_answers) >= MOST_ANSWERS:
        del _answers[next(iter(_answers))]
    _answers[key] = found, time.monotonic() + seconds


async def _ask(access_token: str) -> tuple[Claims, float]:
    """The person and for how many seconds that holds."""
    known = await metadata()
    if not (known.introspection_endpoint and known.userinfo_endpoint):
        raise refused("oidc_access_token_refused", "opaque, and the provider can't be asked about it")
    told = await _introspected(known, access_token)
    about = await userinfo(access_token)
    if about is None or not subject(about) or told.get("sub", about["sub"]) != about["sub"]:
        raise refused("oidc_access_token_refused", "userinfo is about another subject, or nobody")
    roles = about.get("roles", told.get("roles"))
    left = float(told["exp"]) - time.time()
    return person({**about, "roles": roles}), min(LASTS_SECONDS, max(left, 0))


async def _introspected(known: Metadata, access_token: str) -> dict[str, Any]:
    """What an active access token given to this store is."""
    settings = resources().settings
    answer = await ask(
        "POST",
        known.introspection_endpoint,
        auth=client_authentication(settings),
        data={"token": access_token, "token_type_hint": "access_token"},
    )
    if not answer.accepted:
        raise unreachable("introspection refuses our client", status=answer.status)
    told, client = answer.body, settings.oidc_client_id
    if told.get("active") is not True:
        raise refused("oidc_access_token_refused", "not active")
    problems = {
        "issuer": told.get("iss", settings.oidc_issuer) != settings.oidc_issuer,
        "audience": client not in audiences(told) and told.get("client_id") != client,
        "type": str(told.get("token_type", "Bearer")).lower() not in ("bearer", "access_token"),
        **time_problems(told, recent=False),
    }
    if any(problems.values()):
        raise refused("oidc_access_token_refused", wrong(problems))
    return told
