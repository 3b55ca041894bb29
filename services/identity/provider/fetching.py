"""Requests to the provider: short, small, and never elsewhere than asked."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import quote_plus

import httpx

from services.bootstrap import resources
from services.identity.provider.refusals import unreachable
from services.settings import Settings

DEADLINE_SECONDS = 5
"""For a whole answer: one that comes byte by byte would outlast any limit on a single read."""
MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """A status below 500 with the JSON object that came along; a refusal (4xx) may come without one."""

    status: int
    body: dict[str, Any]

    @property
    def accepted(self) -> bool:
        return self.status < 300


async def ask(method: str, url: str, *, headers: dict[str, str] | None = None, **content: Any) -> Answer:
    """Redirects are not followed: what is sent along is meant for this address. Raises Unavailable."""
    fixed = {"Accept": "application/json", "Accept-Encoding": "identity"}
    try:
        async with asyncio.timeout(DEADLINE_SECONDS):
            asking = resources().http.stream(
                method, url, headers=fixed | (headers or {}), follow_redirects=False, **content
            )
            async with asking as response:
                status, received = response.status_code, await _received(response)
    except TimeoutError as error:
        raise unreachable("took too long", url=url) from error
    except (httpx.HTTPError, httpx.InvalidURL, _TooLarge) as error:
        raise unreachable(repr(error), url=url) from error
    if not (200 <= status < 300 or 400 <= status < 500) or status == httpx.codes.TOO_MANY_REQUESTS:
        raise unreachable("unexpected status", url=url, status=status)
    body = _json_object(received)
    if body is None and status < 300:
        raise unreachable("not a JSON object", url=url, status=status)
    return Answer(status, body or {})


async def fetch(url: str) -> dict[str, Any]:
    """A document that anybody may read. Raises Unavailable."""
    answer = await ask("GET", url)
    if not answer.accepted:
        raise unreachable("unexpected status", url=url, status=answer.status)
    return answer.body


def client_authentication(settings: Settings) -> httpx.BasicAuth:
    """The client's id and secret, each form-encoded first (RFC 6749, 2.3.1)."""
    secret = settings.oidc_client_secret.get_secret_value()
    return httpx.BasicAuth(quote_plus(settings.oidc_client_id), quote_plus(secret))


class _TooLarge(Exception):
    """An answer that is not read to its end."""


async def _received(response: httpx.Response) -> bytes:
    """As it came: a compressed one, which nobody asked for, is not unfolded into something larger."""
    received = bytearray()
    async for chunk in response.aiter_raw():
        received += chunk
        if len(received) > MAX_BYTES:
            raise _TooLarge
    return bytes(received)


def _json_object(text: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(text, parse_constant=_not_json)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _not_json(constant: str) -> NoReturn:
    """Python would read NaN and Infinity, which no comparison of times survives (RFC 8259, 6)."""
    raise ValueError(constant)
