"""An Idempotency-Key: of many requests one acts, whoever else comes, and whatever becomes of the first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import Request
from fastapi.responses import JSONResponse
from sqlmodel import col

from models.idempotency import IdempotencyRecord
from models.identity import Identity
from services.errors import Invalid, NotFound, StoreError, Unavailable
from services.idempotency import ABANDONED_AFTER, run_once
from services.unit_of_work import unit_of_work
from tests.shop_samples import guest
from tests.states.open_tabs import until

pytestmark = pytest.mark.usefixtures("resources")

ADA, BOB = guest("ada"), guest("bob")
IN_FLIGHT = "idempotency_in_flight"
Act = Callable[[], Awaitable[JSONResponse]]


class Deed:
    """Answers with how often it has been done, once it `may_end`."""

    def __init__(self, *, done: int = 0, may_end: bool = True) -> None:
        self.done = done
        self.may_end = asyncio.Event()
        if may_end:
            self.may_end.set()

    async def __call__(self) -> JSONResponse:
        self.done += 1
        number = self.done
        await self.may_end.wait()
        return JSONResponse({"number": number}, 201)


async def ask(act: Act, body: Any = None, who: Identity = ADA, key: str = "once") -> JSONResponse:
    headers = [(b"idempotency-key", key.encode())]
    scope = {"type": "http", "method": "POST", "path": "/deeds", "headers": headers, "query_string": b""}
    return await run_once(Request(scope | {"server": ("shop", 80), "scheme": "http"}), who, body, act)


async def outcome(asked: Awaitable[JSONResponse]) -> str:
    try:
        return bytes((await asked).body).decode()
    except StoreError as error:
        return error.code


async def a_minute_passes() -> None:
    async with unit_of_work() as uow:
        earlier = col(IdempotencyRecord.created_at) - ABANDONED_AFTER
        await uow.session.exec(sa.update(IdempotencyRecord).values(created_at=earlier))


async def told_to(many: int, deed: Deed) -> list[str]:
    """What becomes of so many requests while one of them is at work, and then of that one."""
    asked = [asyncio.create_task(outcome(ask(deed))) for _ in range(many)]
    await until(lambda: sum(each.done() for each in asked) == many - 1)
    deed.may_end.set()
    return sorted(await asyncio.gather(*asked))


async def test_of_many_at_once_one_acts_and_later_ones_get_its_answer() -> None:
    deed = Deed(may_end=False)
    assert await told_to(6, deed) == [IN_FLIGHT] * 5 + ['{"number":1}']
    again = await ask(deed)
    assert (again.status_code, bytes(again.body), deed.done) == (201, b'{"number":1}', 1)
    assert again.headers["idempotent-replayed"] == "true"


async def test_a_key_belongs_to_one_body_and_to_one_person() -> None:
    deed = Deed()
    await ask(deed, {"units": 1})
    with pytest.raises(Invalid, match="another body"):
        await ask(deed, {"units": 2})
    assert bytes((await ask(deed, {"units": 2}, BOB)).body) == b'{"number":2}'


async def test_of_those_who_take_over_an_abandoned_key_at_once_one_acts() -> None:
    dying, deed = Deed(may_end=False), Deed(may_end=False)
    first = asyncio.create_task(ask(dying))
    await until(lambda: dying.done)
    await a_minute_passes()
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        await connection.execute(sa.text("SELECT key FROM idempotency_records FOR UPDATE"))
        asked = asyncio.create_task(told_to(3, deed))
        await asyncio.sleep(0.4)
    assert await asked == [IN_FLIGHT] * 2 + ['{"number":1}']
    assert deed.done == 1
    first.cancel()
    with suppress(asyncio.CancelledError):
        await first


async def test_who_was_given_up_and_ends_all_the_same_does_not_change_the_answer() -> None:
    slow, deed = Deed(done=4, may_end=False), Deed()
    first = asyncio.create_task(ask(slow))
    await until(lambda: slow.done == 5)
    await a_minute_passes()
    assert bytes((await ask(deed)).body) == b'{"number":1}'
    slow.may_end.set()
    assert bytes((await first).body) == b'{"number":5}'
    assert bytes((await ask(deed)).body) == b'{"number":1}'


@pytest.mark.parametrize("error", [Unavailable("Away."), RuntimeError("a bug")], ids=["away", "a bug"])
async def test_after_an_error_of_ours_the_same_request_may_come_again_at_once(error: Exception) -> None:
    async def fails() -> JSONResponse:
        raise error

    with pytest.raises(type(error)):
        await ask(fails)
    assert (await ask(Deed())).status_code == 201


async def test_a_refusal_is_an_answer_and_stays_one() -> None:
    async def refuses() -> JSONResponse:
        raise NotFound("There is no such thing.")

    deed = Deed()
    assert (await ask(refuses)).status_code == (await ask(deed)).status_code == 404
    assert deed.done == 0
