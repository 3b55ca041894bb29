"""Codes as shoppers type them, and keeping those off who guess."""

from __future__ import annotations

import time

from models.promotion import normal_code
from services.errors import Invalid, TooManyRequests
from services.rate_limits import WINDOW_SECONDS, Counts, network_of
from services.settings import settings

_wrong = Counts()
_KIND = "code"


def look_up(typed: str) -> str:
    """A typed code as it is kept: case and blanks don't matter. Raises Invalid for what can't be one."""
    code = normal_code(typed)
    if not code:
        raise Invalid("Enter the code you were given.", {"code": "a code"}, code="unknown_code")
    return code


def require_patience(address: str) -> None:
    """Raises TooManyRequests for a client that has tried too many wrong codes in this minute.

    A right one is refused then too: else the refusal would tell which is right.
    """
    if _wrong.of(_KIND, network_of(address), time.monotonic()) >= settings().requests_per_minute[_KIND]:
        rest = WINDOW_SECONDS - int(time.monotonic() % WINDOW_SECONDS)
        raise TooManyRequests("That were many wrong codes. Wait a minute, then try again.", retry_after=rest)


def count_wrong(address: str) -> None:
    _wrong.add(_KIND, network_of(address), time.monotonic())
