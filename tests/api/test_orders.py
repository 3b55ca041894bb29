"""Orders over REST, paid through the real gateway."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from typing import Any

import httpx
import pytest

from models.ids import new_id
from models.permissions import Role
from services.settings import settings
from tests.shop_samples import DECLINED_CARD, GOOD_CARD, level, sign_in, stock_shop

ADDRESS = {
    "name": "Ada Moss",
    "line1": "1 Quay Street",
    "city": "Bristol",
    "postal_code": "BS1 4DJ",
    "country": "GB",
}


async def cart_with(api: httpx.AsyncClient, headers: dict[str, str] | None = None, **quantities: int) -> str:
    cart = str((await api.post("/api/v1/carts", headers=headers)).json()["id"])
    for sku, quantity in quantities.items():
        item = {"sku": sku, "quantity": quantity}
        assert (await api.post(f"/api/v1/carts/{cart}/items", json=item, headers=headers)).status_code == 201
    return cart


def order_for(cart: str, card: str = GOOD_CARD, **changes: Any) -> dict[str, Any]:
    return {
        "cart_id": cart,
        "email": "ada@larkspur.example",
        "shipping_address": ADDRESS,
        "shipping_method": "standard",
        "payment_method": card,
    } | changes


def key(value: str = "") -> dict[str, str]:
    return {"idempotency-key": value or str(new_id())}


async def test_a_guest_buys_and_follows_the_order(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=3)
    cart = await cart_with(api, MUG=2)
    placed = await api.post("/api/v1/orders", json=order_for(cart), headers=key())
    assert placed.status_code == 201, placed.text
    order = placed.json()
    assert order["status"] == "paid"
    assert order["number"].startswith("LK-")
    assert order["total"] == {"amount": 2850, "currency": "GBP"}
    seen = await api.get(placed.headers["location"])
    assert [event["kind"] for event in seen.json()["timeline"]] == ["placed", "paid"]
    assert (await api.get(f"/api/v1/carts/{cart}")).json()["items"] == []


async def test_without_a_key_nothing_is_bought(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=3)
    answer = await api.post("/api/v1/orders", json=order_for(await cart_with(api, MUG=1)))
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_required")
    assert await level("MUG") == (3, 0)


async def test_the_same_key_replays_the_first_answer(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=3)
    cart, once = await cart_with(api, MUG=1), key()
    first = await api.post("/api/v1/orders", json=order_for(cart), headers=once)
    again = await api.post("/api/v1/orders", json=order_for(cart), headers=once)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    other = await api.post("/api/v1/orders", json=order_for(cart, email="eve@larkspur.example"), headers=once)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_ten_requests_at_once_with_one_key_buy_once(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=9)
    cart, once = await cart_with(api, MUG=1), key()
    answers = await asyncio.gather(
        *(api.post("/api/v1/orders", json=order_for(cart), headers=once) for _ in range(10))
    )
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 201}) == 1
    assert await level("MUG") == (8, 0)


async def test_a_declined_card_is_a_402_and_another_card_pays_the_same_order(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=1)
    cart = await cart_with(api, MUG=1)
    declined = await api.post("/api/v1/orders", json=order_for(cart, DECLINED_CARD), headers=key())
    assert (declined.status_code, declined.json()["code"]) == (402, "card_declined")
    order = declined.json()["order_id"]
    assert (await api.get(f"/api/v1/orders/{order}")).json()["status"] == "pending_payment"
    assert (await api.get(f"/api/v1/carts/{cart}")).json()["items"][0]["problem"] == ""
    paid = await api.post(
        f"/api/v1/orders/{order}/payments", json={"payment_method": GOOD_CARD}, headers=key()
    )
    assert (paid.status_code, paid.json()["status"]) == (201, "paid")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"shipping_address": ADDRESS | {"line1": " "}}, "shipping_address.line1"),
        ({"shipping_address": ADDRESS | {"country": "GBR"}}, "shipping_address.country"),
        ({"shipping_method": "owl"}, "shipping_method"),
        ({"payment_method": ""}, "payment_method"),
        ({"cart_id": "1"}, "cart_id"),
    ],
)
async def test_each_wrong_field_is_named_and_nothing_is_held(
    api: httpx.AsyncClient, changes: dict[str, Any], field: str
) -> None:
    await stock_shop(MUG=1)
    order = order_for(await cart_with(api, MUG=1), **changes)
    answer = await api.post("/api/v1/orders", json=order, headers=key())
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert await level("MUG") == (1, 0)


async def test_twenty_buyers_of_five_units_get_five_orders(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    carts = [await cart_with(api, MUG=1) for _ in range(20)]
    answers = await asyncio.gather(
        *(api.post("/api/v1/orders", json=order_for(cart), headers=key()) for cart in carts)
    )
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201] * 5 + [409] * 15
    assert await level("MUG") == (0, 0)


async def test_customers_list_their_own_orders_and_staff_all(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    maya, bob = await sign_in("maya"), await sign_in("bob")
    for headers in (maya, maya, bob):
        cart = await cart_with(api, headers, MUG=1)
        await api.post("/api/v1/orders", json=order_for(cart), headers=headers | key())
    own = (await api.get("/api/v1/orders", headers=maya)).json()
    assert own["total"] == 2
    page = (await api.get("/api/v1/orders?limit=1", headers=maya)).json()
    rest = (await api.get(f"/api/v1/orders?limit=1&cursor={page['next_cursor']}", headers=maya)).json()
    assert [page["items"][0]["id"], rest["items"][0]["id"]] == [order["id"] for order in own["items"]]
    assert rest["next_cursor"] is None
    support = await sign_in("sam", Role.SUPPORT)
    assert (await api.get("/api/v1/orders", headers=support)).json()["total"] == 3
    assert (await api.get("/api/v1/orders")).json()["total"] == 0
    foreign = own["items"][0]["id"]
    assert (await api.get(f"/api/v1/orders/{foreign}", headers=bob)).status_code == 404
    assert (await api.get(f"/api/v1/orders/{foreign}", headers=support)).status_code == 200


async def test_only_an_order_manager_ships(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    cart = await cart_with(api, MUG=1)
    order = (await api.post("/api/v1/orders", json=order_for(cart), headers=key())).json()
    path = f"/api/v1/orders/{order['id']}/fulfilments"
    assert (await api.post(path, json={})).status_code == 401
    for headers in (
        await sign_in("bob"),
        await sign_in("sam", Role.SUPPORT),
        await sign_in("cat", Role.CATALOG_MANAGER),
    ):
        assert (await api.post(path, json={}, headers=headers)).status_code == 403
    manager = await sign_in("olga", Role.ORDER_MANAGER)
    stale = await api.post(path, json={}, headers=manager | {"if-match": '"1"'})
    assert stale.status_code == 412
    shipped = await api.post(path, json={"tracking": "RM 1"}, headers=manager)
    assert (shipped.status_code, shipped.json()["status"]) == (201, "shipped")
    twice = await api.post(path, json={}, headers=manager)
    assert (twice.status_code, twice.json()["code"]) == (409, "illegal_transition")
    assert (await api.post(f"/api/v1/orders/{order['id']}/cancel")).status_code == 409


def signed(body: bytes, *, at: float | None = None, secret: str = "") -> dict[str, str]:
    sent = int(at if at is not None else time.time())
    known = secret or settings().payment_webhook_secret.get_secret_value()
    digest = hmac.new(known.encode(), f"{sent}.".encode() + body, hashlib.sha256).hexdigest()
    return {"gateway-signature": f"t={sent},v1={digest}", "content-type": "application/json"}


def event(order_id: str, kind: str = "payment_intent.succeeded") -> bytes:
    return json.dumps(
        {"id": f"evt_{new_id()}", "type": kind, "data": {"object": {"metadata": {"order_id": order_id}}}}
    ).encode()


async def test_webhooks_are_believed_only_when_signed_and_only_as_far_as_the_gateway_confirms(
    api: httpx.AsyncClient,
) -> None:
    await stock_shop(MUG=1)
    cart = await cart_with(api, MUG=1)
    declined = await api.post("/api/v1/orders", json=order_for(cart, DECLINED_CARD), headers=key())
    order = declined.json()["order_id"]
    body = event(order)
    refused = [
        {},
        {"gateway-signature": "t=1,v1=not-hex"},
        signed(body, secret="whsec_other"),
        signed(body, at=time.time() - 301),
        signed(body + b" "),
    ]
    for headers in refused:
        assert (await api.post("/api/v1/webhooks/payments", content=body, headers=headers)).status_code == 400
    for duplicate in (False, True):
        answer = await api.post("/api/v1/webhooks/payments", content=body, headers=signed(body))
        assert (answer.status_code, answer.json()["duplicate"]) == (200, duplicate)
    assert (await api.get(f"/api/v1/orders/{order}")).json()["status"] == "pending_payment"


async def test_a_webhook_that_cannot_be_read_is_a_400(api: httpx.AsyncClient) -> None:
    for body in (
        b"",
        b"[]",
        b"{",
        b'{"id": 1, "type": "x", "data": {"object": {"metadata": {"order_id": "1"}}}}',
        b'{"id": "\\ud800", "type": "x", "data": {"object": {}}}',
        b"[" * 60_000,
    ):
        answer = await api.post("/api/v1/webhooks/payments", content=body, headers=signed(body))
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed_event")


async def test_staff_give_back_an_item_and_then_the_rest(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=3, BOWL=1)
    cart = await cart_with(api, MUG=2, BOWL=1)
    order = (await api.post("/api/v1/orders", json=order_for(cart), headers=key())).json()
    place, staff = f"/api/v1/orders/{order['id']}/refunds", await sign_in("olga", Role.ORDER_MANAGER)
    asked = {"items": [{"sku": "MUG", "quantity": 1}], "reason": "Chipped"}
    assert (await api.post(place, json=asked, headers=staff)).status_code == 400
    first = await api.post(place, json=asked, headers=staff | key("one"))
    assert first.status_code == 201, first.text
    (refund,) = first.json()["refunds"]
    assert (refund["amount"]["amount"], refund["status"], refund["delivery"]) == (1200, "pending", None)
    assert refund["items"] == [
        {
            "sku": "MUG",
            "quantity": 1,
            "amount": {"amount": 1200, "currency": "GBP"},
            "tax": {"amount": 200, "currency": "GBP"},
        }
    ]
    assert first.json()["refunded"] == {"amount": 1200, "currency": "GBP"}
    again = await api.post(place, json=asked, headers=staff | key("one"))
    assert (again.headers["idempotent-replayed"], again.json()["refunds"]) == ("true", [refund])
    stale = staff | key() | {"if-match": '"1"'}
    assert (await api.post(place, json={"reason": "Lost"}, headers=stale)).status_code == 412
    too_many = {"items": [{"sku": "BOWL", "quantity": 2}], "reason": "Lost"}
    refused = await api.post(place, json=too_many, headers=staff | key())
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "items")
    rest = (await api.post(place, json={"reason": "Lost"}, headers=staff | key())).json()
    assert rest["refunded"] == order["total"]
    assert rest["refunds"][1]["delivery"]["amount"]["amount"] == 450
    nothing = await api.post(place, json={"reason": "Lost"}, headers=staff | key())
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing_to_refund")
