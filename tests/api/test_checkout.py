"""Starting checkout over REST."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import httpx
import pytest

from models.ids import now
from tests.api.test_orders import cart_with, key, order_for
from tests.services.test_checkout_holds import minutes_pass
from tests.shop_samples import DECLINED_CARD, ledger_sums, level, sign_in, stock_shop


async def checkout(
    api: httpx.AsyncClient, cart: str, headers: dict[str, str] | None = None
) -> httpx.Response:
    return await api.post(f"/api/v1/carts/{cart}/checkout", headers=headers)


def minutes_left(answer: httpx.Response) -> float:
    return (datetime.fromisoformat(answer.json()["expires_at"]) - now()) / timedelta(minutes=1)


async def test_starting_checkout_names_what_is_held_and_until_when(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5, BOWL=5)
    cart = await cart_with(api, MUG=2, BOWL=1)
    answer = await checkout(api, cart)
    assert answer.status_code == 201
    assert answer.json()["items"] == [{"sku": "BOWL", "quantity": 1}, {"sku": "MUG", "quantity": 2}]
    assert answer.json()["cart_id"] == cart
    assert minutes_left(answer) == pytest.approx(10, abs=0.1)
    assert (await level("MUG"), await level("BOWL")) == ((5, 2), (5, 1))
    others = await api.get("/api/v1/products/mug")
    assert others.json()["variants"][0]["stock"]["available"] == 3


async def test_once_more_renews_the_same_hold(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    cart = await cart_with(api, MUG=2)
    await checkout(api, cart)
    await minutes_pass(5)
    again = await checkout(api, cart)
    assert again.status_code == 201
    assert minutes_left(again) == pytest.approx(10, abs=0.1)
    assert await level("MUG") == await ledger_sums("MUG") == (5, 2)


async def test_the_second_of_two_for_the_last_piece_is_told_how_many_are_left(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=3)
    first, second = await cart_with(api, MUG=2), await cart_with(api, MUG=2)
    assert (await checkout(api, first)).status_code == 201
    refused = await checkout(api, second)
    assert (refused.status_code, refused.json()["code"]) == (409, "insufficient_stock")
    assert refused.json()["available"] == 1
    assert (await api.get(f"/api/v1/carts/{second}")).json()["items"][0]["problem"] == "short"


async def test_of_many_at_once_as_many_hold_as_there_are_pieces(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    wanted = [await cart_with(api, MUG=1) for _ in range(12)]
    answers = await asyncio.gather(*(checkout(api, cart) for cart in wanted))
    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [409] * 7
    assert await level("MUG") == await ledger_sums("MUG") == (5, 5)


async def test_fewer_in_the_cart_are_fewer_held_and_a_paid_order_ends_it(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    cart = await cart_with(api, MUG=3)
    await checkout(api, cart)
    await api.patch(f"/api/v1/carts/{cart}/items/MUG", json={"quantity": 1})
    assert await level("MUG") == (5, 1)
    assert (await api.post("/api/v1/orders", json=order_for(cart), headers=key())).status_code == 201
    assert await level("MUG") == await ledger_sums("MUG") == (4, 0)
    closed = await checkout(api, cart)
    assert (closed.status_code, closed.json()["code"]) == (409, "cart_closed")


async def test_an_order_that_waits_for_its_payment_says_until_when(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    cart = await cart_with(api, MUG=1)
    await api.post("/api/v1/orders", json=order_for(cart, DECLINED_CARD), headers=key())
    answer = await checkout(api, cart)
    assert (answer.status_code, answer.json()["for_order"]) == (201, True)
    assert minutes_left(answer) == pytest.approx(30, abs=0.1)


async def test_an_empty_cart_an_old_copy_and_a_strangers_cart_are_refused(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    empty = await checkout(api, await cart_with(api))
    assert (empty.status_code, empty.json()["code"]) == (422, "cart_empty")
    cart = await cart_with(api, MUG=1)
    assert (await checkout(api, cart, {"if-match": '"1"'})).status_code == 412
    mine = (await api.post("/api/v1/carts", headers=await sign_in("maya"))).json()["id"]
    assert (await checkout(api, mine)).status_code == 404


async def test_a_repeated_request_gets_the_first_answer(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    cart, once = await cart_with(api, MUG=1), key()
    first = await checkout(api, cart, once)
    await minutes_pass(5)
    second = await checkout(api, cart, once)
    assert second.headers["idempotent-replayed"] == "true"
    assert second.json() == first.json()
