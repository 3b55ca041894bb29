"""Dates as a page shows them, in the time of this machine, which is also the reader's."""

from datetime import UTC, datetime


def moment(seconds: int) -> str:
    """Seconds since the epoch as “3 May, 14:02”."""
    local = datetime.fromtimestamp(seconds, UTC).astimezone()
    return f"{local.day} {local:%B, %H:%M}"
