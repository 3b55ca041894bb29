"""The pool of database connections under load, and after the server was started again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
import pytest_asyncio
import sqlalchemy as sa
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from services import connection_pool
from services.bootstrap import Resources
from services.database import create_engine


@pytest_asyncio.fixture
async def engine(resources: Resources) -> AsyncIterator[AsyncEngine]:
    """Two connections and not one more at a time."""
    opened = create_engine(resources.settings.model_copy(update={"database_pool_size": 1}))
    yield opened
    await opened.dispose()


async def test_nobody_is_overtaken_by_those_who_came_long_after(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trying out a rested connection takes its time, too."""
    monkeypatch.setattr(connection_pool, "RESTED_SECONDS", 3600)
    served: list[int] = []

    async def ask(number: int) -> None:
        async with engine.connect() as connection:
            served.append(number)
            await connection.execute(sa.text("SELECT 1"))

    async with engine.connect(), engine.connect():
        pass  # opening one takes its time, in which the other goes round
    crowd = []
    for number in range(400):
        crowd.append(asyncio.create_task(ask(number)))
        await asyncio.sleep(0)
    await asyncio.gather(*crowd)
    assert max(served.index(number) - number for number in range(400)) < 10


async def test_who_gives_up_waiting_takes_nobodys_turn(engine: AsyncEngine) -> None:
    async with engine.connect(), engine.connect():
        waiting = asyncio.create_task(_one(engine))
        await asyncio.sleep(0.05)
        waiting.cancel()
    assert await _one(engine) == 1


async def test_nobody_waits_for_ever(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = create_engine(resources.settings.model_copy(update={"database_pool_size": 1}))
    monkeypatch.setattr(opened.sync_engine.pool, "_timeout", 0.1)
    async with opened.connect(), opened.connect():
        with pytest.raises(PoolTimeout):
            await _one(opened)
    assert await _one(opened) == 1
    await opened.dispose()


async def test_connections_that_ended_at_rest_are_replaced_before_anybody_notices(
    engine: AsyncEngine, resources: Resources
) -> None:
    async with engine.connect() as connection:
        ended = (await connection.execute(sa.text("SELECT pg_backend_pid()"))).scalar_one()
    async with await psycopg.AsyncConnection.connect(resources.settings.database_url) as other:
        await other.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
    assert await _one(engine) == 1


async def test_after_a_rest_a_connection_is_tried_out(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await _one(engine) == 1
    tried: list[object] = []
    monkeypatch.setattr(engine.dialect, "do_ping", tried.append)
    assert await _one(engine) == 1
    assert not tried
    monkeypatch.setattr(connection_pool, "RESTED_SECONDS", 0)
    assert await _one(engine) == 1
    assert tried


async def _one(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return int((await connection.execute(sa.text("SELECT 1"))).scalar_one())
