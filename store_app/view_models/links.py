"""Links and pages of a list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a list stands: `previous` and `next` are addresses, empty when there is none."""

    number: int = 1
    count: int = 1
    previous: str = ""
    next: str = ""


NOWHERE = Link("", "")
FIRST_PAGE = Pages()
