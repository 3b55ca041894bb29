"""Documents of the provider that are kept for a while."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Whoever asks while the document is on its way waits for the same answer, good or bad."""

    def __init__(self, fetch: Callable[[], Awaitable[T]], seconds: float) -> None:
        self._fetch, self._seconds = fetch, seconds
        self._found: tuple[T, float] | None = None
        self._fetching: asyncio.Task[T] | None = None

    async def get(self, within: float | None = None) -> T:
        """The document, not older than it may get, or than `within` seconds. Raises what fetching it raises."""
        oldest = self._seconds if within is None else within
        if self._found and time.monotonic() - self._found[1] < oldest:
            return self._found[0]
        return await self.renew()

    @property
    def on_its_way(self) -> bool:
        return self._fetching is not None and not self._fetching.done()

    async def renew(self) -> T:
        """The document as it is now."""
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.ensure_future(self._renewed())
        return await asyncio.shield(self._fetching)

    async def _renewed(self) -> T:
        found = await self._fetch()
        self._found = found, time.monotonic()
        return found
