"""What this process has read and need not read again until somebody announces that it changed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from services.live.hub import Hub, Subscription

Value = TypeVar("Value")

KEEP_SECONDS = 10.0
"""The longest that a value can be out of date: a process that dies between commit and sending announces nothing."""
MOST = 5000


class Kept(Generic[Value]):
    """Values by key. While this process can't hear what is announced, it keeps nothing."""

    def __init__(self, hub: Hub, clock: Callable[[], float] = time.monotonic) -> None:
        self._hub, self._clock = hub, clock
        self._values: dict[str, tuple[Value, float]] = {}
        self._subscriptions: dict[str, Subscription] = {}

    def __len__(self) -> int:
        return len(self._subscriptions)

    def get(self, key: str) -> Value | None:
        value, read_at = self._values.get(key, (None, 0.0))
        return value if self._hub.hears and self._clock() - read_at <= KEEP_SECONDS else None

    def keep(self, key: str, value: Value, *, topic: str) -> None:
        """Until the topic is announced. Not at all when it was a moment ago: the value may have been read before."""
        self._drop(key)
        if not self._hub.hears:
            return
        if len(self._values) >= MOST:
            self._drop(next(iter(self._values)))
        self._values[key] = value, self._clock()
        subscription = self._hub.subscribe([topic], lambda _: self._drop(key))
        if key in self._values:
            self._subscriptions[key] = subscription
        else:
            self._hub.unsubscribe(subscription)

    def _drop(self, key: str) -> None:
        self._values.pop(key, None)
        subscription = self._subscriptions.pop(key, None)
        if subscription:
            self._hub.unsubscribe(subscription)
