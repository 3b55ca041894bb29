"""Asking the provider: bounded in time and size, and without following it elsewhere."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

WITHIN_SECONDS = 10.0
LARGEST_ANSWER = 256 * 1024


class NotAnswered(Exception):
    """No answer to work with; says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `ahead` is how many seconds the provider's clock is ahead of ours; None when it tells no time."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes
    seconds: float
    ahead: float | None

    @property
    def is_redirect(self) -> bool:
        return 300 <= self.status < 400

    def json_object(self) -> dict[str, Any]:
        """Raises NotAnswered when it is something else."""
        try:
            document = json.loads(self.body)
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise NotAnswered("the answer is not a JSON object")
        return document


def ask(http: httpx.Client, method: str, url: str, **options: Any) -> Answer:
    """Raises NotAnswered: unreachable, too slow, too large."""
    began, asked_at = time.monotonic(), datetime.now(UTC)
    body = b""
    try:
        with http.stream(method, url, **options) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > LARGEST_ANSWER:
                    raise NotAnswered(f"the answer is larger than {LARGEST_ANSWER // 1024} KB")
                if time.monotonic() - began > WITHIN_SECONDS:
                    raise NotAnswered(f"the answer was not complete within {WITHIN_SECONDS:.0f} s")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotAnswered(str(error) or type(error).__name__) from error
    seconds = time.monotonic() - began
    ahead = _ahead(response.headers.get("date", ""), asked_at, seconds)
    return Answer(url, response.status_code, response.headers, body, seconds, ahead)


def ask_for_object(http: httpx.Client, url: str) -> tuple[Answer, dict[str, Any]]:
    """A JSON object that is really there. Raises NotAnswered."""
    answer = ask(http, "GET", url, headers={"Accept": "application/json"})
    if answer.is_redirect:
        raise NotAnswered(f"it leads on to {answer.headers.get('location', 'nowhere')}")
    if answer.status != 200:
        raise NotAnswered(f"the answer has status {answer.status}")
    return answer, answer.json_object()


def _ahead(date: str, asked_at: datetime, seconds: float) -> float | None:
    """From the Date header, which has whole seconds (RFC 9110, 6.6.1), against the middle of the exchange."""
    try:
        told = parsedate_to_datetime(date)
    except ValueError:
        return None
    told = told if told.tzinfo else told.replace(tzinfo=UTC)
    return (told - asked_at).total_seconds() + 0.5 - seconds / 2
