"""Hears what all processes announce: one listener a process, on a connection of its own.

It needs a connection that stays the same one: with PgBouncer, session pooling or the database's own address.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg
import structlog
from psycopg import AsyncConnection

from services import metrics
from services.bootstrap import resources
from services.live.hub import Hub
from services.live.sender import CHANNEL

log = structlog.get_logger()

START_SECONDS = 3.0
"""How long the process waits for its listener before it serves pages, which are up to date without it."""
RETRY_SECONDS = (0.1, 0.3, 1.0, 3.0)
SILENCE_SECONDS = 20.0
"""After so long without a word the connection is tried; the network may have dropped it without telling."""


@asynccontextmanager
async def listening() -> AsyncIterator[None]:
    """Tell the hub of this process what is announced, as long as the block runs."""
    opened = resources()
    ready = asyncio.Event()
    work = asyncio.create_task(_listen(opened.settings.database_url, opened.hub, ready))
    with suppress(TimeoutError):
        await asyncio.wait_for(ready.wait(), START_SECONDS)
    try:
        yield
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work
        opened.hub.hears = False
        metrics.LIVE_LISTENING.set(0)


async def _listen(database_url: str, hub: Hub, ready: asyncio.Event) -> None:
    """Come back for as long as it takes. What was announced in between nobody knows: everything is read anew."""
    failures, missed = 0, False
    while True:
        try:
            async with await _connect(database_url) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                failures = 0
                metrics.LIVE_LISTENING.set(1)
                hub.hears = True
                if missed:
                    hub.tell_all()
                ready.set()
                await _hand_on(connection, hub)
        except psycopg.Error as error:
            hub.hears = False
            metrics.LIVE_LISTENING.set(0)
            pause = RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)]
            failures, missed = failures + 1, True
            log.warning("live_updates_interrupted", seconds=pause, error=repr(error))
            await asyncio.sleep(pause)


async def _connect(database_url: str) -> AsyncConnection[Any]:
    return await AsyncConnection.connect(
        database_url,
        autocommit=True,
        connect_timeout=5,
        application_name="larkspur listening",
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
    )


async def _hand_on(connection: AsyncConnection[Any], hub: Hub) -> None:
    """Until the connection is lost. Raises psycopg.Error."""
    while True:
        async for message in connection.notifies(timeout=SILENCE_SECONDS):
            metrics.LIVE_MESSAGES.inc()
            hub.tell(message.payload.split("\n"))
        await connection.execute("SELECT 1")
