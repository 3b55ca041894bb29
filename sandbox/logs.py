"""Reading the end of a log."""

import os
from collections.abc import Callable
from pathlib import Path

EXCERPT_LINES = 8
EXCERPT_WIDTH = 220
TAIL_BYTES = 65_536


def as_is(line: str) -> str:
    return line


def tail(log: Path, count: int, readable: Callable[[str], str] = as_is) -> list[str]:
    """The last `count` lines that still say something once `readable` has put them in words."""
    with log.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - TAIL_BYTES))
        lines = file.read().decode(errors="replace").replace("\r", "\n").splitlines()
    worded = (readable(line).rstrip() for line in lines)
    return [line for line in worded if line.strip()][-count:]


def excerpt(log: Path, readable: Callable[[str], str] = as_is) -> str:
    """The end of `log` as it is shown to a person."""
    lines = tail(log, EXCERPT_LINES, readable)
    if not lines:
        return f"Its log {log} says nothing about it."
    return "\n".join([f"Last lines of {log}:", *(f"    {line[:EXCERPT_WIDTH]}" for line in lines)])
