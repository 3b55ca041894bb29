"""Event arguments come from a browser: nothing about them is certain until it is checked here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.errors import Invalid, NotFound


def whole_number(value: Any, field: str = "quantity") -> int:
    """Raises Invalid for what isn't a whole number of up to nine digits; number fields send 3.0 for 3."""
    text = str(value).strip().removesuffix(".0")
    if isinstance(value, bool) or not text.removeprefix("-").isdecimal() or len(text) > 10:
        raise Invalid("Please enter a whole number.", {field: "a whole number"})
    return int(text)


def short_text(value: Any, limit: int = 200) -> str:
    """A text without its ends' blanks, cut to `limit` characters; empty for anything that is no text."""
    return value.strip()[:limit] if isinstance(value, str) else ""


def identifier(value: Any) -> UUID:
    """Raises NotFound for what can't be the id of anything."""
    try:
        return UUID(short_text(value, 36))
    except ValueError:
        raise NotFound("There is nothing at this address. Check that it was copied as a whole.") from None
