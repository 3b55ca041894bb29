"""Who in this process wants to hear of what."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LOOK_BACK_SECONDS = 15.0
"""Whoever subscribes has read before: what was told meanwhile is told once more. No statement runs for longer."""

Heard = frozenset[str]
Callback = Callable[[Heard], None]


@dataclass(frozen=True, slots=True, eq=False)
class Subscription:
    topics: Heard
    callback: Callback


class Hub:
    """Hands what the listener hears to the subscribers of this process. A callback must not wait for anything."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._subscribers: dict[str, set[Subscription]] = {}
        self._recent: dict[str, float] = {}
        self._doubtful_since: float | None = None
        self.hears = False
        """Whether the listener has its connection; without one, nobody knows what changes."""

    def subscribe(
        self, topics: Iterable[str], callback: Callback, *, instead_of: Subscription | None = None
    ) -> Subscription:
        """Call back with the topics told from now on, and at once with those told in the last 15 seconds.

        Of a subscription that is given up `instead_of`, only topics that it didn't have are told at once.
        """
        subscription = Subscription(frozenset(topics), callback)
        for topic in subscription.topics:
            self._subscribers.setdefault(topic, set()).add(subscription)
        known: Heard = instead_of.topics if instead_of else frozenset()
        if instead_of:
            self.unsubscribe(instead_of)
        if missed := self._missed(subscription.topics - known):
            callback(missed)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        for topic in subscription.topics:
            others = self._subscribers.get(topic, set())
            others.discard(subscription)
            if not others:
                self._subscribers.pop(topic, None)

    def tell(self, topics: Iterable[str]) -> None:
        """Each subscriber is called once, with the topics it asked for."""
        told = frozenset(topics)
        self._remember(told)
        heard: dict[Subscription, set[str]] = {}
        for topic in told:
            for subscription in self._subscribers.get(topic, ()):
                heard.setdefault(subscription, set()).add(topic)
        for subscription, own in heard.items():
            subscription.callback(frozenset(own))

    def tell_all(self) -> None:
        """Something may have been missed: everybody is called with all that they asked for."""
        self._doubtful_since = self._clock()
        for subscription in frozenset().union(*self._subscribers.values()):
            subscription.callback(subscription.topics)

    def __len__(self) -> int:
        """How many topics somebody wants to hear of."""
        return len(self._subscribers)

    def _remember(self, topics: Heard) -> None:
        now = self._clock()
        for topic in topics:
            self._recent.pop(topic, None)
            self._recent[topic] = now
        while self._recent and now - self._recent[oldest := next(iter(self._recent))] > LOOK_BACK_SECONDS:
            del self._recent[oldest]

    def _missed(self, topics: Heard) -> Heard:
        start = self._clock() - LOOK_BACK_SECONDS
        if self._doubtful_since is not None and self._doubtful_since >= start:
            return topics
        return frozenset(topic for topic in topics if self._recent.get(topic, start - 1) >= start)
