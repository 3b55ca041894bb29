"""One Idempotency-Key puts something into a cart once: at the same time, in two processes, and after a crash."""

from __future__ import annotations

import asyncio

import httpx
import pytest
import sqlalchemy as sa

from models.ids import new_id
from services.unit_of_work import unit_of_work
from tests.api.test_orders import cart_with
from tests.services.another_process import Act, at_once
from tests.shop_samples import stock_shop

pytestmark = pytest.mark.usefixtures("resources")

ANSWER_LOST = "before services.idempotency._Claim.keep"


async def add(
    api: httpx.AsyncClient, cart: str, key: str, units: int = 1, *, only_at: str = "*"
) -> httpx.Response:
    headers = {"idempotency-key": key, "if-match": only_at}
    body = {"sku": "MUG", "quantity": units}
    return await api.post(f"/api/v1/carts/{cart}/items", json=body, headers=headers)


async def units_in(api: httpx.AsyncClient, cart: str) -> int:
    return sum(item["quantity"] for item in (await api.get(f"/api/v1/carts/{cart}")).json()["items"])


async def a_minute_passes() -> None:
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        await connection.execute(
            sa.text("UPDATE idempotency_records SET created_at = created_at - interval '61 seconds'")
        )


async def test_at_once_in_two_processes_it_adds_once(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=20)
    cart, key = await cart_with(api), str(new_id())
    answers = await at_once(*[Act("add", (cart, key, "4"))] * 2)
    statuses = [status for each in answers for status in each]
    assert 201 in statuses
    assert set(statuses) <= {201, 409}
    assert await units_in(api, cart) == 1
    again = await add(api, cart, key)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (201, "true")


async def test_with_other_units_the_key_is_refused_and_a_fresh_one_adds(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=20)
    cart, key = await cart_with(api), str(new_id())
    await add(api, cart, key)
    other = await add(api, cart, key, units=2)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    await add(api, cart, str(new_id()), units=2)
    assert await units_in(api, cart) == 3


async def test_of_two_bodies_at_once_under_one_key_only_one_counts(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=20)
    cart, key = await cart_with(api), str(new_id())
    answers = await asyncio.gather(*(add(api, cart, key, units=units) for units in (1, 5, 1, 5)))
    assert {answer.status_code for answer in answers} <= {201, 409, 422}
    assert 422 in {answer.status_code for answer in answers}
    assert await units_in(api, cart) in (1, 5)


async def test_a_process_that_dies_before_it_keeps_the_answer_has_added_once_and_for_all(
    api: httpx.AsyncClient,
) -> None:
    await stock_shop(MUG=20)
    cart, key = await cart_with(api), str(new_id())
    assert await at_once(Act("add", (cart, key), ANSWER_LOST)) == [None]
    assert await units_in(api, cart) == 1
    in_flight = await add(api, cart, key)
    assert (in_flight.status_code, in_flight.json()["code"]) == (409, "idempotency_in_flight")
    await a_minute_passes()
    tag = f'"{(await api.get(f"/api/v1/carts/{cart}")).json()["version"] - 1}"'
    again = await add(api, cart, key, only_at=tag)
    assert (again.status_code, [item["quantity"] for item in again.json()["items"]]) == (201, [1])
    assert (await add(api, cart, key)).headers["idempotent-replayed"] == "true"


async def test_what_was_refused_is_refused_again_and_can_be_had_with_a_fresh_key(
    api: httpx.AsyncClient,
) -> None:
    await stock_shop(MUG=2)
    cart, key = await cart_with(api), str(new_id())
    for _ in range(2):
        assert (await add(api, cart, key, units=5)).status_code == 409
    assert (await add(api, cart, str(new_id()), units=2)).status_code == 201
