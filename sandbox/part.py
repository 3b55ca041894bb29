"""A process of the local stack, described."""

import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sandbox.logs import as_is


def _nothing() -> None:
    return None


def _no_advice(lines: Sequence[str]) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A process of the stack and what the supervisor must know about it.

    `prepare` runs before the process starts, `settle` once after it is ready. `readable` turns a line of its
    log into words, `advise` the last lines into a sentence about what to do. `stops_last` marks a server that
    others still write to while they stop; `user` is another account to run under; `ready_within` is in seconds.
    """

    name: str
    title: str
    command: Sequence[str]
    is_ready: Callable[[], bool]
    environment: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[], None] = _nothing
    settle: Callable[[], None] = _nothing
    advise: Callable[[Sequence[str]], str] = _no_advice
    readable: Callable[[str], str] = as_is
    stop_signal: signal.Signals = signal.SIGTERM
    ready_within: float = 30.0
    stops_last: bool = False
    user: str | None = None
