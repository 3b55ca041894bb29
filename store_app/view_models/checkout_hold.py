"""How the checkout shows what is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

HELD, ORDERED, ENDED = "held", "ordered", "ended"
"""Held until a time; held for an order that waits for its payment; not held any more."""
HOLD = "hold"
"""Id of the line that says so."""


class Held(Protocol):
    """What is held for a cart."""

    @property
    def for_order(self) -> bool: ...

    def seconds_left(self, moment: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class HoldView:
    """`seconds` are those left when this was sent, counted in the browser from then on, and `clock` the same to read:
    a browser's clock may be wrong. `revision` grows with every change. `status` is empty when nothing is to be said."""

    status: str = ""
    seconds: int = 0
    clock: str = ""
    revision: int = 0


def of_hold(found: Held | None, moment: datetime, before: HoldView, *, over: bool) -> HoldView:
    """`over` tells that nothing held means that it has ended."""
    revision = before.revision + 1
    if found is None:
        return HoldView(ENDED if over else "", revision=revision)
    if found.for_order:
        return HoldView(ORDERED, revision=revision)
    seconds = found.seconds_left(moment)
    return HoldView(HELD, seconds, clock(seconds), revision)


def clock(seconds: int) -> str:
    """582 seconds are 9:42."""
    return f"{seconds // 60}:{seconds % 60:02}"
