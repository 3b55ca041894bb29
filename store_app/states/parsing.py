"""Event arguments come from a browser: nothing about them is certain until it is checked here."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from services.errors import Invalid, NotFound

_NO_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NO_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def whole_number(value: Any, field: str = "quantity") -> int:
    """Raises Invalid for what isn't a whole number of up to nine digits; number fields send 3.0 for 3."""
    text = str(value).strip().removesuffix(".0")
    if isinstance(value, bool) or not text.removeprefix("-").isdecimal() or len(text) > 10:
        raise Invalid("Please enter a whole number.", {field: "a whole number"})
    return int(text)


def short_text(value: Any, limit: int = 200, *, lines: bool = False) -> str:
    """A text without its ends' blanks, cut to `limit` characters; empty for anything that is no text.

    What no keyboard writes becomes a blank; line breaks too, unless the field has several `lines`.
    """
    if not isinstance(value, str):
        return ""
    unfit = _NO_TEXT if lines else _NO_LINE
    return unfit.sub(" ", value.replace("\r\n", "\n")).strip()[:limit]


def last_segment(path: str) -> str:
    """The last segment of an address, decoded as the browser's router decodes it."""
    return unquote(path.rstrip("/").rsplit("/", 1)[-1])


def identifier(value: Any) -> UUID:
    """Raises NotFound for what can't be the id of anything."""
    try:
        return UUID(short_text(value, 36))
    except ValueError:
        raise NotFound("There is nothing at this address. Check that it was copied as a whole.") from None
