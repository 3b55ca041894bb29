"""The pool of database connections: whoever has waited longest gets the next one, and only rested ones are tried out.

SQLAlchemy's own gives a free connection to whoever asks at that moment and sends those who waited to the end of their
queue: under load some requests starve until they are answered 503.
"""

from __future__ import annotations

import asyncio
import select
import time
from collections import deque

import psycopg
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry, PoolProxiedConnection
from sqlalchemy.util.concurrency import await_
from sqlalchemy.util.queue import Empty, Full, QueueCommon

RESTED_SECONDS = 1.0
_RETURNED = "returned_at"


class Turns(QueueCommon[ConnectionPoolEntry]):
    """Connections at rest, or else those who wait for one, in the order in which they came."""

    def __init__(self, maxsize: int = 0, use_lifo: bool = False) -> None:
        self.maxsize, self.use_lifo = maxsize, use_lifo
        self._resting: deque[ConnectionPoolEntry] = deque()
        self._waiting: deque[asyncio.Future[ConnectionPoolEntry]] = deque()

    def empty(self) -> bool:
        return not self._resting

    def full(self) -> bool:
        return 0 < self.maxsize <= len(self._resting)

    def qsize(self) -> int:
        return len(self._resting)

    def put_nowait(self, item: ConnectionPoolEntry) -> None:
        while self._waiting:
            first = self._waiting.popleft()
            if not first.done():
                first.set_result(item)
                return
        if self.full():
            raise Full
        self._resting.append(item)

    def put(self, item: ConnectionPoolEntry, block: bool = True, timeout: float | None = None) -> None:
        self.put_nowait(item)

    def get_nowait(self) -> ConnectionPoolEntry:
        """The one returned last: it is warm, and the rest may fall asleep."""
        if not self._resting:
            raise Empty
        return self._resting.pop()

    def get(self, block: bool = True, timeout: float | None = None) -> ConnectionPoolEntry:
        if self._resting or not block:
            return self.get_nowait()
        return await_(self._next(timeout))

    async def _next(self, seconds: float | None) -> ConnectionPoolEntry:
        turn: asyncio.Future[ConnectionPoolEntry] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await asyncio.wait_for(turn, seconds)
        except TimeoutError as error:
            raise Empty from error


class FairPool(AsyncAdaptedQueuePool):
    _queue_class = Turns


def try_out_rested(engine: AsyncEngine) -> None:
    """Ask a connection whether it is still there before it is used after a rest, or when the server has said something
    unasked, which is mostly good-bye. After a restart of the server people meet new connections, not errors.
    """

    @event.listens_for(engine.sync_engine, "checkin")
    def returned(_: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.info[_RETURNED] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def taken(connection: DBAPIConnection, record: ConnectionPoolEntry, _: PoolProxiedConnection) -> None:
        returned_at = record.info.get(_RETURNED)
        rested = returned_at is not None and time.monotonic() - returned_at > RESTED_SECONDS
        if not rested and not _has_news(record):
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise InvalidatePoolError from error


def _has_news(record: ConnectionPoolEntry) -> bool:
    """Whether something is there to be read; takes a microsecond where a question to the server takes a round trip."""
    driver: psycopg.AsyncConnection[object] | None = record.driver_connection
    if driver is None or driver.closed:
        return True
    wait = select.poll()
    wait.register(driver.fileno(), select.POLLIN)
    return bool(wait.poll(0))
