"""Identifiers and the clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from inspect import Signature
from typing import TypeVar
from uuid import UUID

from uuid_utils import compat

Made = TypeVar("Made")


def default(make: Callable[[], Made]) -> Callable[[], Made]:
    """For a column's default: Pydantic asks for its signature at each row, and is told what is written down here."""
    make.__signature__ = Signature()  # type: ignore[attr-defined]
    return make


@default
def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): sorts by time of creation, so indexes stay compact."""
    return compat.uuid7()


@default
def now() -> datetime:
    """The current time, timezone-aware UTC."""
    return datetime.now(UTC)
