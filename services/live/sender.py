"""Tells all processes what changed: one sender a process, after the commit."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import psycopg
import structlog
from psycopg import AsyncConnection

log = structlog.get_logger()

CHANNEL = "larkspur_live"
REST_SECONDS = 0.025
"""Between two statements; what is announced meanwhile goes with the second."""
PAYLOAD_BYTES = 7900
"""PostgreSQL refuses a payload of 8000 bytes or more."""
MOST_WAITING = 20_000
"""Topics kept while the database is away. Whoever listens has lost it too and reads everything anew."""
RETRY_SECONDS = (0.1, 0.5, 2.0)
CLOSE_SECONDS = 2.0
_NOTIFY = "SELECT pg_notify(%s, payload) FROM unnest(%s::text[]) AS payload"


class Sender:
    """Sends each topic once however many units of work announced it within a rest, on a connection of its own.

    A NOTIFY in the transaction itself would make commits queue: PostgreSQL lets one transaction with notifications
    commit at a time in all databases of a server. What is lost between commit and sending is a hint, no data.
    """

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._waiting: dict[str, None] = {}
        self._connection: AsyncConnection[Any] | None = None
        self._work: asyncio.Task[None] | None = None

    def send(self, topics: Iterable[str]) -> None:
        """Soon, and without waiting for it."""
        self._waiting.update(dict.fromkeys(topics))
        if self._waiting and (self._work is None or self._work.done()):
            self._work = asyncio.create_task(self._send_all())

    async def close(self) -> None:
        """Send what waits, as long as that takes no more than two seconds."""
        if self._work is not None:
            _, late = await asyncio.wait([self._work], timeout=CLOSE_SECONDS)
            for work in late:
                work.cancel()
        await self._drop_connection()

    async def _send_all(self) -> None:
        failures = 0
        while self._waiting:
            topics, self._waiting = self._waiting, {}
            try:
                await self._notify(payloads(topics))
            except psycopg.Error as error:
                pause = RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)]
                failures += 1
                log.warning("announcements_delayed", topics=len(topics), seconds=pause, error=repr(error))
                await self._drop_connection()
                self._put_back(topics)
                await asyncio.sleep(pause)
            else:
                failures = 0
                await asyncio.sleep(REST_SECONDS)

    async def _notify(self, messages: list[str]) -> None:
        if self._connection is None:
            self._connection = await AsyncConnection.connect(
                self._database_url, autocommit=True, connect_timeout=5, application_name="larkspur announcing"
            )
        await self._connection.execute(_NOTIFY, (CHANNEL, messages))

    def _put_back(self, topics: dict[str, None]) -> None:
        kept = list(topics | self._waiting)[-MOST_WAITING:]
        self._waiting = dict.fromkeys(kept)

    async def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


def payloads(topics: Iterable[str]) -> list[str]:
    """Messages of one topic a line, each within what PostgreSQL takes."""
    messages: list[str] = []
    size = PAYLOAD_BYTES
    for topic in topics:
        length = len(topic.encode()) + 1
        if size + length > PAYLOAD_BYTES:
            messages.append(topic)
            size = length
        else:
            messages[-1] += f"\n{topic}"
            size += length
    return messages
