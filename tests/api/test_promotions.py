"""Codes on carts, promotions for staff and the simulator, over REST."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from models.ids import now
from models.permissions import Role
from models.pricing.effects import BuyXGetY
from services.settings import settings
from tests.api.conftest import client_of
from tests.promotion_samples import offer
from tests.shop_samples import ADDRESS, GOOD_CARD, sign_in, stock_shop

TEN = {"name": "Spring", "code": "spring10", "effect": {"kind": "percentage_off", "basis_points": 1000}}


async def cart_with(api: httpx.AsyncClient, **quantities: int) -> str:
    cart = f"/api/v1/carts/{(await api.post('/api/v1/carts')).json()['id']}"
    for sku, quantity in quantities.items():
        await api.post(f"{cart}/items", json={"sku": sku, "quantity": quantity})
    return cart


async def order(api: httpx.AsyncClient, cart: str, key: str, **more: Any) -> httpx.Response:
    body = {
        "cart_id": cart.rpartition("/")[2],
        "email": "ada@larkspur.example",
        "shipping_address": ADDRESS.model_dump(),
        "shipping_method": "standard",
        "payment_method": GOOD_CARD,
    }
    return await api.post("/api/v1/orders", json=body | more, headers={"Idempotency-Key": key})


async def test_a_code_is_entered_shown_line_by_line_and_taken_off(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5, BOWL=5)
    await offer("MUGS", skus=["MUG"], name="Mug week")
    cart = await cart_with(api, MUG=2, BOWL=1)
    answer = await api.post(f"{cart}/coupons", json={"code": " mugs"})
    assert answer.status_code == 201
    told = answer.json()
    assert told["coupons"] == [{"code": "MUGS", "name": "Mug week", "applied": True, "reason": ""}]
    assert [item["discount"]["amount"] for item in told["items"]] == [240, 0]
    assert [each["name"] for each in told["items"][0]["discounts"]] == ["Mug week"]
    assert (told["discount"]["amount"], told["total"]["amount"]) == (240, 3360)
    assert told["promotions"]["applied"][0]["amount"] == {"amount": 240, "currency": "GBP"}
    gone = await api.delete(f"{cart}/coupons/mugs")
    assert (gone.status_code, gone.json()["coupons"], gone.json()["total"]["amount"]) == (200, [], 3600)


async def test_a_refused_code_is_a_422_with_the_reason(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    await offer("RICH", minimum_spend=2000, currency="GBP")
    cart = await cart_with(api, MUG=1)
    answer = await api.post(f"{cart}/coupons", json={"code": "RICH"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (422, "spend_more")
    assert answer.json()["errors"] == [{"field": "code", "message": "Spend £8.00 more to get it."}]
    assert (await api.get(cart)).json()["coupons"] == []


@pytest.mark.parametrize("code", ["", "x" * 65, None, 7, "\x00"])
async def test_what_is_no_code_is_a_422(api: httpx.AsyncClient, code: object) -> None:
    cart = await cart_with(api)
    assert (await api.post(f"{cart}/coupons", json={"code": code})).status_code == 422


async def test_a_code_on_the_cart_that_lost_its_ground_stays_and_says_why(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    await offer("THREE", BuyXGetY(2, 1))
    cart = await cart_with(api, MUG=3)
    assert (await api.post(f"{cart}/coupons", json={"code": "THREE"})).json()["discount"]["amount"] == 1200
    fewer = (await api.patch(f"{cart}/items/MUG", json={"quantity": 2})).json()
    assert fewer["coupons"][0] | {"name": ""} == {
        "code": "THREE",
        "name": "",
        "applied": False,
        "reason": "Add 1 more to your cart to get it.",
    }
    again = (await api.patch(f"{cart}/items/MUG", json={"quantity": 3})).json()
    assert again["discount"]["amount"] == 1200


async def test_offers_for_other_carts_are_not_talked_about_and_a_near_one_in_one_line(
    api: httpx.AsyncClient,
) -> None:
    await stock_shop(MUG=5, BOWL=5)
    await offer(name="3 for 2 on mugs", effect=BuyXGetY(2, 1), skus=["MUG"])
    cart = await cart_with(api, BOWL=1)
    assert (await api.get(cart)).json()["promotions"] == {"applied": [], "refused": [], "hint": ""}
    near = await api.post(f"{cart}/items", json={"sku": "MUG", "quantity": 2})
    assert near.json()["promotions"] == {
        "applied": [],
        "refused": [],
        "hint": "One more for “3 for 2 on mugs”.",
    }


async def test_many_wrong_codes_are_a_429(api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "rate_limit_code", 1)
    monkeypatch.setattr(settings(), "trusted_proxies", 1)
    client = {"x-forwarded-for": "203.0.113.99"}
    cart = await cart_with(api)
    first = await api.post(f"{cart}/coupons", json={"code": "NOPE"}, headers=client)
    second = await api.post(f"{cart}/coupons", json={"code": "NOPE"}, headers=client)
    assert (first.status_code, first.json()["code"]) == (422, "unknown_code")
    assert second.status_code == 429
    assert 0 < int(second.headers["retry-after"]) <= 60


async def test_a_users_codes_are_nobody_elses_business(api: httpx.AsyncClient) -> None:
    maya = await sign_in("maya")
    cart = f"/api/v1/carts/{(await api.post('/api/v1/carts', headers=maya)).json()['id']}"
    assert (await api.post(f"{cart}/coupons", json={"code": "ANY-1"})).status_code == 404
    assert (await api.delete(f"{cart}/coupons/ANY-1")).status_code == 404


async def test_an_order_tells_its_promotions_and_the_second_buyer_why_not(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    await offer("LAST", total_limit=1)
    carts = [await cart_with(api, MUG=1) for _ in range(2)]
    for cart in carts:
        assert (await api.post(f"{cart}/coupons", json={"code": "LAST"})).status_code == 201
    bought = await order(api, carts[0], "one")
    assert bought.status_code == 201
    (got,) = bought.json()["promotions"]
    assert (got["code"], got["amount"]["amount"]) == ("LAST", 120)
    assert bought.json()["items"][0]["discounts"] == [
        {"name": "LAST", "amount": {"amount": 120, "currency": "GBP"}}
    ]
    late = await order(api, carts[1], "two")
    assert (late.status_code, late.json()["code"]) == (409, "price_changed")
    assert "used up" in late.json()["detail"]
    assert late.json()["total"] == {"amount": 1650, "currency": "GBP"}
    assert len((await api.get(carts[1])).json()["items"]) == 1


async def test_staff_write_change_and_delete_a_promotion(manager: httpx.AsyncClient) -> None:
    made = await manager.post("/promotions", json=TEN)
    assert made.status_code == 201
    place = made.headers["location"].removeprefix("/api/v1")
    assert (made.json()["code"], made.json()["state"], made.json()["orders"]) == ("SPRING10", "running", 0)
    assert (await manager.post("/promotions", json=TEN | {"code": "Spring10"})).json()["code"] == "code_taken"
    tag = made.headers["etag"]
    tiers = {"kind": "tiered_off", "basis": "quantity", "tiers": [{"threshold": 3, "basis_points": 500}]}
    changed = await manager.patch(place, json={"effect": tiers, "active": False}, headers={"if-match": tag})
    assert (changed.status_code, changed.json()["effect"], changed.json()["state"]) == (
        200,
        tiers,
        "inactive",
    )
    assert (await manager.patch(place, json={"name": "Late"}, headers={"if-match": tag})).status_code == 412
    listed = (await manager.get("/promotions?q=spring")).json()
    assert (listed["total"], listed["items"][0]["name"]) == (1, "Spring")
    assert (await manager.get("/promotions?state=running")).json()["items"] == []
    assert (await manager.delete(place)).status_code == 204
    assert (await manager.get(place)).status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"effect": {"kind": "percentage_off", "basis_points": 10_001}},
        {"effect": {"kind": "amount_off", "amount": 500}},
        {"effect": {"kind": "gift"}},
        {"effect": {"kind": "buy_x_get_y", "buy": 0, "get": 1}},
        {"code": "a b!"},
        {"minimum_spend": 100},
        {"starts_at": "2026-05-01T00:00:00Z", "ends_at": "2026-05-01T00:00:00Z"},
        {"starts_at": "2026-05-01T00:00:00"},
        {"per_customer_limit": 0},
        {"name": ""},
        {"surprise": True},
    ],
    ids=lambda fields: "-".join(fields) + str(len(str(fields))),
)
async def test_a_promotion_that_makes_no_sense_is_refused(
    manager: httpx.AsyncClient, fields: dict[str, Any]
) -> None:
    answer = await manager.post("/promotions", json=TEN | fields)
    assert answer.status_code == 422
    assert answer.json()["errors"]


async def test_pages_of_promotions_follow_each_other(manager: httpx.AsyncClient) -> None:
    for number in range(3):
        await offer(f"CODE-{number}")
    first = (await manager.get("/promotions?limit=2")).json()
    rest = (await manager.get(f"/promotions?limit=2&cursor={first['next_cursor']}")).json()
    assert [each["code"] for each in first["items"] + rest["items"]] == ["CODE-2", "CODE-1", "CODE-0"]
    assert (first["total"], rest["total"], rest["next_cursor"]) == (3, 3, None)
    assert (await manager.get("/promotions?limit=3")).json()["next_cursor"] is None
    assert (await manager.get("/promotions?cursor=nonsense")).status_code == 422


async def test_promotions_are_found_by_the_state_that_they_are_shown_in(
    api: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await stock_shop(MUG=5)
    past, future = now() - timedelta(days=2), now() + timedelta(days=2)
    await offer("RUNNING", total_limit=2, starts_at=past, ends_at=future)
    await offer("SCHEDULED", starts_at=future)
    await offer("ENDED", total_limit=1, starts_at=past, ends_at=past + timedelta(days=1))
    await offer("USED-UP", total_limit=1, starts_at=past)
    await offer("OFF", active=False, ends_at=past)
    cart = await cart_with(api, MUG=1)
    for code in ("USED-UP", "RUNNING"):
        await api.post(f"{cart}/coupons", json={"code": code})
    assert (await order(api, cart, "one")).status_code == 201
    listed = (await manager.get("/promotions")).json()
    shown = {each["code"]: each["state"] for each in listed["items"]}
    assert shown == {
        "RUNNING": "running",
        "SCHEDULED": "scheduled",
        "ENDED": "ended",
        "USED-UP": "used_up",
        "OFF": "inactive",
    }
    for code, state in shown.items():
        found = (await manager.get(f"/promotions?state={state}")).json()
        assert ([each["code"] for each in found["items"]], found["total"]) == ([code], 1)
    assert (await manager.get("/promotions?state=running&q=used")).json()["total"] == 0


async def test_the_orders_of_a_promotion_come_in_pages(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=9)
    spring = await offer(name="Spring")
    numbers = [
        (await order(api, await cart_with(api, MUG=1), f"key {turn}")).json()["number"] for turn in range(3)
    ]
    admin = client_of(api, await sign_in("ana", Role.ADMIN))
    first = (await admin.get(f"/promotions/{spring}/orders?limit=2")).json()
    rest = (await admin.get(f"/promotions/{spring}/orders?limit=2&cursor={first['next_cursor']}")).json()
    assert [each["number"] for each in first["items"] + rest["items"]] == numbers[::-1]
    assert (first["total"], rest["next_cursor"]) == (3, None)


async def test_the_simulator_answers_what_a_cart_then_gets(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=9, BOWL=9)
    await offer(name="3 for 2", effect=BuyXGetY(2, 1), skus=["MUG"])
    await offer("LATER", starts_at="2031-05-01T00:00:00Z")
    admin = client_of(api, await sign_in("ana", Role.ADMIN))
    asked = {"items": [{"sku": "MUG", "quantity": 3}, {"sku": "BOWL"}], "codes": ["later"], "country": "GB"}
    told = (await admin.post("/promotions/simulate", json=asked)).json()
    assert [(each["name"], each["amount"]["amount"]) for each in told["promotions"]["applied"]] == [
        ("3 for 2", 1200)
    ]
    assert [(each["code"], each["kind"]) for each in told["promotions"]["refused"]] == [
        ("LATER", "not_begun")
    ]
    assert (told["delivery"]["charged"]["amount"], told["total"]["amount"]) == (450, 4050)
    cart = await cart_with(api, MUG=3, BOWL=1)
    bought = await order(api, cart, "simulated")
    assert bought.json()["total"] == told["total"]
    then = (await admin.post("/promotions/simulate", json=asked | {"at": "2031-06-01T00:00:00Z"})).json()
    assert [each["name"] for each in then["promotions"]["applied"]] == ["3 for 2", "LATER"]
    assert (await admin.get(f"/promotions/{told['promotions']['applied'][0]['id']}/orders")).json()["items"][
        0
    ]["number"] == bought.json()["number"]


async def test_the_simulator_knows_a_customer_only_for_those_who_may_see_customers(
    api: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await stock_shop(MUG=9)
    await offer("WELCOME10", first_order_only=True)
    await order(api, await cart_with(api, MUG=1), "first")
    asked = {"items": [{"sku": "MUG"}], "codes": ["WELCOME10"], "email": "Ada@larkspur.example"}
    assert (await manager.post("/promotions/simulate", json=asked)).status_code == 403
    admin = client_of(api, await sign_in("ana", Role.ADMIN))
    told = (await admin.post("/promotions/simulate", json=asked)).json()
    assert told["promotions"]["refused"][0]["kind"] == "first_order_only"
    unknown = {"items": [{"sku": "NOPE"}]}
    assert (await manager.post("/promotions/simulate", json=unknown)).json()["errors"][0]["field"] == "items"


async def test_staff_deeds_are_in_the_audit_log(api: httpx.AsyncClient, manager: httpx.AsyncClient) -> None:
    place = (await manager.post("/promotions", json=TEN)).headers["location"].removeprefix("/api/v1")
    await manager.patch(place, json={"active": False})
    await manager.delete(place)
    admin = client_of(api, await sign_in("ana", Role.ADMIN))
    entries = (await admin.get("/audit?kind=promotion")).json()["items"]
    assert [entry["action"] for entry in entries] == [
        "promotion.deleted",
        "promotion.changed",
        "promotion.created",
    ]
    assert entries[1]["changes"] == {"active": [True, False]}


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        pytest.param({"ends_at": "9999-12-31T23:59:59Z"}, 201, id="the last day"),
        pytest.param({"ends_at": "9999-12-31T23:59:59-12:00"}, 422, id="after the last day"),
        pytest.param({"starts_at": "0001-01-01T00:00:00+14:00"}, 422, id="before the first day"),
    ],
)
async def test_a_day_beyond_the_calendar_stops_no_cart(
    api: httpx.AsyncClient, dates: dict[str, str], status: int
) -> None:
    await stock_shop(MUG=5)
    staff = client_of(api, await sign_in("iris", Role.CATALOG_MANAGER))
    answer = await staff.post("/promotions", json=TEN | {"code": ""} | dates)
    assert answer.status_code == status
    cart = await cart_with(api, MUG=1)
    assert (await api.get(cart)).json()["subtotal"]["amount"] == 1200
