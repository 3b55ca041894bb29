"""Identifiers and the clock."""

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): sorts by time of creation, so indexes stay compact."""
    return compat.uuid7()


def now() -> datetime:
    """The current time, timezone-aware UTC."""
    return datetime.now(UTC)
