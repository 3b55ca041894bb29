"""Reference data: what every price hangs on and hardly anybody changes. Each process keeps what it has read.

A page is shown by what was checked within the last second. What is charged is checked in the transaction that charges
it. The check is one statement for all kinds: their versions, each counted up by whoever changes its rows.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models.reference import ReferenceVersion
from services.live import topics
from services.live.announcing import announce

T = TypeVar("T")
TRUSTED_SECONDS = 1.0
_CHECKED = "reference_versions"
_CHANGED = "reference_changed"


class Reference:
    """What one process has read, with the versions it was read at."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._versions: dict[str, int] = {}
        self._checked_at = float("-inf")
        self._kept: dict[str, tuple[int, Any]] = {}

    async def get(
        self,
        session: AsyncSession,
        name: str,
        read: Callable[[AsyncSession], Awaitable[T]],
        *,
        checked: bool = False,
    ) -> T:
        """What `read` reads, or read before; `checked`: as it is now, for something that is charged.

        Within a transaction that changed it, it is read each time: others may not see it yet.
        """
        if name in session.info.get(_CHANGED, ()):
            return await read(session)
        version = (await self._current(session, checked)).get(name)
        if version is None:
            return await read(session)
        known, value = self._kept.get(name, (0, None))
        if known != version:
            value = await read(session)
            self._kept[name] = (version, value)
        kept: T = value
        return kept

    def doubt(self) -> None:
        """Check before the next use."""
        self._checked_at = float("-inf")

    async def _current(self, session: AsyncSession, checked: bool) -> dict[str, int]:
        if _CHECKED in session.info:
            found: dict[str, int] = session.info[_CHECKED]
            return found
        if not checked and self._clock() - self._checked_at < TRUSTED_SECONDS:
            return self._versions
        rows = await session.exec(select(ReferenceVersion.name, ReferenceVersion.version))
        versions: dict[str, int] = dict(rows.all())
        self._versions, self._checked_at = versions, self._clock()
        if checked:
            session.info[_CHECKED] = versions
        return versions


def recheck(session: AsyncSession) -> None:
    """What was checked in this transaction has turned out to be old."""
    session.info.pop(_CHECKED, None)


async def lock(session: AsyncSession, reference: Reference, name: str) -> None:
    """Before a change of this kind: one at a time, seen by every process once it is committed."""
    raised = update(ReferenceVersion).where(col(ReferenceVersion.name) == name)
    await session.exec(raised.values(version=col(ReferenceVersion.version) + 1))
    session.info.setdefault(_CHANGED, set()).add(name)
    announce(session, topics.reference(name))

    def committed(_: object) -> None:
        reference.doubt()

    sa.event.listen(session.sync_session, "after_commit", committed, once=True)
