"""What is announced reaches whoever listens on the database: after the commit, once, and however much it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
import pytest_asyncio

from services.bootstrap import Resources
from services.live.sender import CHANNEL, Sender, payloads
from services.unit_of_work import unit_of_work

pytestmark = pytest.mark.usefixtures("resources")

Listener = psycopg.AsyncConnection[Any]


@pytest_asyncio.fixture
async def listener(resources: Resources) -> AsyncIterator[Listener]:
    connecting = psycopg.AsyncConnection.connect(resources.settings.database_url, autocommit=True)
    async with await connecting as connection:
        await connection.execute(f"LISTEN {CHANNEL}")
        yield connection


async def heard(listener: Listener, until: str) -> list[str]:
    """The messages up to the one that has `until` in it."""
    messages = []
    async for message in listener.notifies(timeout=5):
        messages.append(message.payload)
        if until in message.payload.split("\n"):
            return messages
    raise AssertionError(f"{until} was never told, only {messages}")


async def announce(*topics: str) -> None:
    async with unit_of_work() as uow:
        uow.announce(*topics)


async def announce_in_vain(*topics: str) -> None:
    async with unit_of_work() as uow:
        uow.announce(*topics)
        raise LookupError


async def test_what_is_committed_is_told(listener: Listener) -> None:
    await announce("stock:MUG")
    assert await heard(listener, "stock:MUG") == ["stock:MUG"]


async def test_nothing_is_told_before_the_commit_and_nothing_after_a_rollback(listener: Listener) -> None:
    with pytest.raises(LookupError):
        await announce_in_vain("stock:ROLLED-BACK")
    async with unit_of_work() as uow:
        uow.announce("stock:LATER")
        await announce("stock:FIRST")
        assert await heard(listener, "stock:FIRST") == ["stock:FIRST"]
    assert await heard(listener, "stock:LATER") == ["stock:LATER"]


async def test_what_many_say_at_once_is_told_once(listener: Listener) -> None:
    await asyncio.gather(*(announce("stock:MUG", f"cart:{number}") for number in range(50)))
    await announce("last")
    told = [topic for message in await heard(listener, "last") for topic in message.split("\n")]
    assert sorted(set(told)) == sorted(["stock:MUG", "last", *(f"cart:{number}" for number in range(50))])
    assert told.count("stock:MUG") <= 5


async def test_more_than_a_message_holds_goes_in_several(listener: Listener) -> None:
    topics = [f"stock:{number:048}" for number in range(1000)]
    await announce(*topics)
    await announce("last")
    messages = await heard(listener, "last")
    assert len(messages) > 5
    assert max(len(message.encode()) for message in messages) < 8000
    assert {topic for message in messages for topic in message.split("\n")} == {*topics, "last"}


def test_a_message_is_full_before_the_next_begins() -> None:
    assert payloads(["é" * 3948, "a", "b" * 7899, "c"]) == ["é" * 3948 + "\na", "b" * 7899, "c"]
    assert payloads([]) == []


async def test_what_could_not_be_told_is_told_when_the_database_is_back(
    listener: Listener, resources: Resources
) -> None:
    sender = Sender(resources.settings.database_url)
    sender.send(["stock:BEFORE"])
    await heard(listener, "stock:BEFORE")
    assert sender._connection is not None
    await listener.execute("SELECT pg_terminate_backend(%s)", [sender._connection.info.backend_pid])
    sender.send(["stock:AFTER"])
    assert await heard(listener, "stock:AFTER") == ["stock:AFTER"]
    await sender.close()


async def test_what_waits_is_told_before_the_process_ends(listener: Listener, resources: Resources) -> None:
    sender = Sender(resources.settings.database_url)
    sender.send(["stock:LAST"])
    await sender.close()
    assert await heard(listener, "stock:LAST") == ["stock:LAST"]
