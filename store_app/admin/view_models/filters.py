"""Filters of a list, and what selects offer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that leads to another view of the list; `count` is -1 where it isn't told."""

    label: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: its key and how it is called."""

    key: str
    label: str
