"""Whoever subscribed hears what any process announces, also after the connection was lost."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio

from services.bootstrap import Resources
from services.live import topics
from services.live.hub import LOOK_BACK_SECONDS, Heard, Hub
from services.live.listener import listening
from services.unit_of_work import unit_of_work

ROOT = Path(__file__).parent.parent.parent
ANOTHER_PROCESS = """
import asyncio
from services.bootstrap import open_resources
from services.unit_of_work import unit_of_work

async def main():
    async with open_resources(), unit_of_work() as uow:
        uow.announce("stock:ELSEWHERE")

asyncio.run(main())
"""


class Ear:
    """A subscriber that keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []

    def __call__(self, heard: Heard) -> None:
        self.heard.append(heard)

    async def wait_for(self, *told: str, seconds: float = 10) -> None:
        await until(lambda: frozenset(told) in self.heard, seconds)


async def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never happened"
        await asyncio.sleep(0.01)


@pytest_asyncio.fixture
async def hub(resources: Resources) -> AsyncIterator[Hub]:
    """As in a process that has just started."""
    resources.hub._recent.clear()
    resources.hub._doubtful_since = None
    async with listening():
        yield resources.hub


async def announce(*told: str) -> None:
    async with unit_of_work() as uow:
        uow.announce(*told)


async def end_listener(resources: Resources) -> None:
    """As if the database were restarted."""
    connecting = psycopg.AsyncConnection.connect(resources.settings.database_url, autocommit=True)
    async with await connecting as connection:
        ended = await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'larkspur listening' AND datname = current_database()"
        )
        assert ended.rowcount == 1


async def test_a_subscriber_hears_its_own_topics_only_and_each_batch_once(hub: Hub) -> None:
    ear = Ear()
    mine = hub.subscribe(["own:a", "own:b"], ear)
    await announce("own:a", "own:b", "other:c")
    await ear.wait_for("own:a", "own:b")
    assert ear.heard == [frozenset({"own:a", "own:b"})]
    hub.unsubscribe(mine)


async def test_whoever_unsubscribed_hears_nothing_and_leaves_nothing_behind(hub: Hub) -> None:
    before, gone, stays = len(hub), Ear(), Ear()
    left = hub.subscribe(["left:a"], gone)
    other = hub.subscribe(["left:a"], stays)
    hub.unsubscribe(left)
    await announce("left:a")
    await stays.wait_for("left:a")
    assert gone.heard == []
    hub.unsubscribe(other)
    assert len(hub) == before


async def test_what_another_process_commits_is_heard_here(hub: Hub) -> None:
    ear = Ear()
    mine = hub.subscribe([topics.stock("ELSEWHERE")], ear)
    run = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", ANOTHER_PROCESS], cwd=ROOT, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr
    await ear.wait_for("stock:ELSEWHERE")
    hub.unsubscribe(mine)


async def test_after_a_lost_connection_everybody_is_told_to_read_anew(hub: Hub, resources: Resources) -> None:
    ear = Ear()
    mine = hub.subscribe(["lost:a", "lost:b"], ear)
    ear.heard.clear()
    await end_listener(resources)
    await ear.wait_for("lost:a", "lost:b")
    await announce("lost:b")
    await ear.wait_for("lost:b")
    hub.unsubscribe(mine)


async def test_what_was_told_while_a_page_was_being_read_is_told_to_it_after_all() -> None:
    now = 100.0
    hub = Hub(lambda: now)
    hub.tell(["early:a"])
    ear = Ear()
    hub.subscribe(["early:a", "early:b"], ear)
    assert ear.heard == [frozenset({"early:a"})]
    now += LOOK_BACK_SECONDS + 1
    late = Ear()
    hub.subscribe(["early:a"], late)
    assert late.heard == []


async def test_a_page_that_was_read_while_nobody_listened_is_read_once_more() -> None:
    hub = Hub()
    hub.tell_all()
    ear = Ear()
    hub.subscribe(["doubtful:a"], ear)
    assert ear.heard == [frozenset({"doubtful:a"})]


async def test_what_was_told_long_ago_takes_no_room() -> None:
    now = 100.0
    hub = Hub(lambda: now)
    hub.tell(f"old:{number}" for number in range(1000))
    now += LOOK_BACK_SECONDS + 1
    hub.tell(["new"])
    assert list(hub._recent) == ["new"]


async def test_without_a_database_the_process_starts_all_the_same_and_listens_later(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = 0
    connect = psycopg.AsyncConnection.connect

    async def refusing_twice(*args: object, **options: object) -> object:
        nonlocal attempts
        attempts += 1
        if attempts <= 2:
            raise psycopg.OperationalError("the database is starting up")
        return await connect(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("services.live.listener.AsyncConnection.connect", refusing_twice)
    async with listening():
        assert attempts == 3
