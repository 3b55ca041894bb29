"""API keys over REST: making them, and what a script can do with one."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa
from fastapi.openapi.utils import get_openapi
from sqlmodel import col, select

from models.api_key import SCOPES, ApiKey
from models.idempotency import IdempotencyRecord
from models.ids import new_id, now
from models.order import OrderEvent, OrderEventKind
from models.permissions import Role
from services.api import create_api
from services.unit_of_work import unit_of_work
from tests.api.conftest import client_of
from tests.api.test_orders import cart_with, key, order_for
from tests.shop_samples import sign_in, stock_shop, user

CATALOG = ("manage_catalog",)
ORDERS = ("view_orders",)
FULL = tuple(scope.value for scope in SCOPES)


async def make(
    api: httpx.AsyncClient, staff: dict[str, str], *scopes: str, name: str = "ERP sync", **more: Any
) -> dict[str, Any]:
    answer = await api.post("/api/v1/api-keys", json={"name": name, "scopes": scopes, **more}, headers=staff)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def script(api: httpx.AsyncClient, made: dict[str, Any]) -> httpx.AsyncClient:
    """A program with this key."""
    return client_of(api, {"authorization": f"Bearer {made['key']}"})


async def expire(key_id: str) -> None:
    async with unit_of_work() as uow:
        past = (
            sa.update(ApiKey)
            .where(col(ApiKey.id) == UUID(key_id))
            .values(expires_at=now() - timedelta(days=1))
        )
        await uow.session.exec(past)


async def test_a_key_is_told_once_and_listed_without_it(api: httpx.AsyncClient) -> None:
    staff = await sign_in("iris", Role.CATALOG_MANAGER)
    answer = await api.post("/api/v1/api-keys", json={"name": "ERP sync", "scopes": CATALOG}, headers=staff)
    made = answer.json()
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    assert made["key"].startswith(made["hint"])
    assert (made["scopes"], made["status"], made["last_used_at"]) == (["manage_catalog"], "live", None)
    listed = await api.get("/api/v1/api-keys", headers=staff)
    (entry,) = listed.json()["items"]
    assert (entry["name"], entry["owner"]["email"]) == ("ERP sync", "iris@larkspur.example")
    assert "key" not in entry
    assert made["key"] not in listed.text


async def test_a_script_changes_a_product_and_the_key_shows_its_use(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=3)
    staff = await sign_in("iris", Role.CATALOG_MANAGER)
    program = script(api, await make(api, staff, *CATALOG))
    patched = await program.patch(
        "/products/mug",
        json={"title": "Mug, glazed"},
        headers={"content-type": "application/merge-patch+json"},
    )
    assert (patched.status_code, patched.json()["title"]) == (200, "Mug, glazed")
    assert (await program.put("/stock/MUG", json={"on_hand": 9})).json()["on_hand"] == 9
    (entry,) = (await api.get("/api/v1/api-keys", headers=staff)).json()["items"]
    assert entry["last_used_at"]


async def test_a_scope_opens_what_it_names_and_nothing_else(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=3)
    staff = await sign_in("ada", Role.ADMIN)
    program = script(api, await make(api, staff, *ORDERS))
    assert (await program.get("/orders")).status_code == 200
    refused = await program.put("/stock/MUG", json={"on_hand": 9})
    assert refused.status_code == 403
    assert refused.json()["permission"] == "manage_catalog"
    assert "doesn't have the scope manage_catalog" in refused.json()["detail"]


async def test_keys_that_ended_are_refused(api: httpx.AsyncClient) -> None:
    staff = await sign_in("iris", Role.CATALOG_MANAGER)
    expired, revoked = (
        await make(api, staff, *CATALOG, name="one"),
        await make(api, staff, *CATALOG, name="two"),
    )
    await expire(expired["id"])
    for _ in range(2):
        gone = await api.delete(f"/api/v1/api-keys/{revoked['id']}", headers=staff)
        assert gone.status_code == 204
    for made, code in ((expired, "api_key_expired"), (revoked, "api_key_revoked")):
        refused = await script(api, made).get("/products")
        assert (refused.status_code, refused.json()["code"]) == (401, code)
        assert refused.headers["www-authenticate"] == "Bearer"
    listed = (await api.get("/api/v1/api-keys", headers=staff)).json()["items"]
    assert [entry["status"] for entry in listed] == ["revoked", "expired"]


async def test_who_lost_their_role_is_refused_by_key_too(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=3)
    program = script(api, await make(api, await sign_in("iris", Role.CATALOG_MANAGER), *CATALOG))
    await user("iris")
    assert (await program.put("/stock/MUG", json={"on_hand": 9})).status_code == 403
    assert (await program.get("/products?status=draft")).status_code == 403


async def test_guests_and_customers_have_no_keys(api: httpx.AsyncClient) -> None:
    customer = await sign_in("robin")
    for headers, expected in (({}, 401), (customer, 403)):
        answers = [
            await api.post("/api/v1/api-keys", json={"name": "x", "scopes": CATALOG}, headers=headers),
            await api.get("/api/v1/api-keys", headers=headers),
            await api.delete(f"/api/v1/api-keys/{new_id()}", headers=headers),
        ]
        assert [answer.status_code for answer in answers] == [expected] * 3


async def test_staff_give_away_what_they_have_and_revoke_what_is_theirs(api: httpx.AsyncClient) -> None:
    iris, sam = await sign_in("iris", Role.CATALOG_MANAGER), await sign_in("sam", Role.SUPPORT)
    too_much = await api.post("/api/v1/api-keys", json={"name": "x", "scopes": ORDERS}, headers=iris)
    assert (too_much.status_code, too_much.json()["scopes"]) == (403, ["view_orders"])
    made = await make(api, iris, *CATALOG)
    assert (await api.delete(f"/api/v1/api-keys/{made['id']}", headers=sam)).status_code == 404
    assert (await api.get("/api/v1/api-keys?everybodys=true", headers=sam)).status_code == 403
    ada = await sign_in("ada", Role.ADMIN)
    listed = (await api.get("/api/v1/api-keys?everybodys=true", headers=ada)).json()
    assert [entry["owner"]["name"] for entry in listed["items"]] == ["Iris"]
    assert (await api.delete(f"/api/v1/api-keys/{made['id']}", headers=ada)).status_code == 204


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"scopes": CATALOG}, "name"),
        ({"name": " ", "scopes": CATALOG}, "name"),
        ({"name": "a\nb", "scopes": CATALOG}, "name"),
        ({"name": "x", "scopes": []}, "scopes"),
        ({"name": "x", "scopes": ["everything"]}, "scopes.0"),
        ({"name": "x", "scopes": CATALOG, "expires_in_days": 7}, "expires_in_days"),
        ({"name": "x", "scopes": CATALOG, "key": "lk_mine"}, "key"),
    ],
)
async def test_what_is_wrong_is_told_by_field(
    api: httpx.AsyncClient, body: dict[str, Any], field: str
) -> None:
    staff = await sign_in("iris", Role.CATALOG_MANAGER)
    answer = await api.post("/api/v1/api-keys", json=body, headers=staff)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_repeated_request_neither_repeats_the_key_nor_makes_another(api: httpx.AsyncClient) -> None:
    staff = await sign_in("iris", Role.CATALOG_MANAGER) | {"idempotency-key": "once"}
    await make(api, staff, *CATALOG)
    again = await api.post("/api/v1/api-keys", json={"name": "ERP sync", "scopes": CATALOG}, headers=staff)
    assert (again.status_code, again.json()["code"]) == (409, "key_name_taken")
    async with unit_of_work() as uow:
        assert (await uow.session.exec(select(IdempotencyRecord))).all() == []


async def test_a_key_acts_for_nobody_as_a_shopper(api: httpx.AsyncClient) -> None:
    """Every route for people, taken from the application itself, with a key that may do everything."""
    program = script(api, await make(api, await sign_in("ada", Role.ADMIN), *FULL))
    contract = get_openapi(title="t", version="1", routes=create_api().routes)
    routes = [
        (method, path)
        for path, methods in contract["paths"].items()
        for method in methods
        if path.removeprefix("/api/v1/").split("/")[0] in ("carts", "me", "api-keys")
        or (method, path) in (("post", "/api/v1/orders"), ("post", "/api/v1/orders/{order_id}/payments"))
    ]
    assert len(routes) >= 12
    for method, path in routes:
        address = re.sub(r"{\w+}", str(new_id()), path.removeprefix("/api/v1").replace("{sku}", "MUG"))
        answer = await program.request(method, address, json={}, headers=key())
        assert (answer.status_code, answer.json()["code"]) == (403, "person_needed"), (method, path)
        assert "no cart" in answer.json()["detail"]


async def test_a_key_reads_orders_by_its_scope_and_not_as_their_buyer(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=3)
    staff = await sign_in("ada", Role.ADMIN)
    bought = client_of(api, staff)
    cart = (await bought.post("/carts")).json()["id"]
    await bought.post(f"/carts/{cart}/items", json={"sku": "MUG"})
    own = (await bought.post("/orders", json=order_for(cart), headers=key())).json()["id"]
    guest = await api.post("/api/v1/orders", json=order_for(await cart_with(api, MUG=1)), headers=key())
    blind = script(api, await make(api, staff, *CATALOG, name="blind"))
    seeing = script(api, await make(api, staff, *ORDERS, name="seeing"))
    for order in (own, guest.json()["id"]):
        assert (await blind.get(f"/orders/{order}")).json()["permission"] == "view_orders"
        assert (await blind.post(f"/orders/{order}/cancel")).status_code == 403
        assert (await seeing.get(f"/orders/{order}")).status_code == 200
        assert (await seeing.post(f"/orders/{order}/cancel")).json()["permission"] == "manage_orders"
    assert (await blind.get("/orders")).json()["permission"] == "view_orders"
    assert (await seeing.get("/orders")).json()["total"] == 2


async def test_the_timeline_names_the_key_that_acted(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=1)
    bought = await api.post("/api/v1/orders", json=order_for(await cart_with(api, MUG=1)), headers=key())
    staff = await sign_in("maya", Role.ORDER_MANAGER)
    program = script(api, await make(api, staff, "manage_orders", name="Parcel desk"))
    path = f"/orders/{bought.json()['id']}/fulfilments"
    assert (await program.post(path, json={"tracking": "RM1"})).status_code == 201
    async with unit_of_work() as uow:
        shipped = select(OrderEvent).where(OrderEvent.kind == OrderEventKind.SHIPPED)
        event = (await uow.session.exec(shipped)).one()
    assert event.actor == "Maya (key “Parcel desk”)"


async def test_the_header_counts_where_a_browser_sends_its_cookie_too(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=3)
    staff = await sign_in("ada", Role.ADMIN)
    made = await make(api, staff, *ORDERS)
    both = client_of(api, {**staff, "authorization": f"Bearer {made['key']}"})
    assert (await both.put("/stock/MUG", json={"on_hand": 9})).status_code == 403
    await api.delete(f"/api/v1/api-keys/{made['id']}", headers=staff)
    assert (await both.get("/orders")).status_code == 401


@pytest.mark.parametrize("name", ["key", "api_key", "access_token", "token", "authorization"])
async def test_a_key_in_the_address_opens_nothing(api: httpx.AsyncClient, name: str) -> None:
    made = await make(api, await sign_in("ada", Role.ADMIN), *ORDERS)
    await stock_shop(MUG=1)
    answer = await api.put(f"/api/v1/stock/MUG?{name}={made['key']}", json={"on_hand": 9})
    assert answer.status_code == 401
    assert (await api.get("/api/v1/orders", params={name: made["key"]})).json()["total"] == 0


async def test_the_contract_tells_how_to_send_a_key(api: httpx.AsyncClient) -> None:
    contract = (await api.get("/api/openapi.json")).json()
    scheme = contract["components"]["securitySchemes"]["bearer"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert contract["security"] == [{}, {"bearer": []}]
    assert (
        "Idempotency-Key does not repeat it" in contract["paths"]["/api/v1/api-keys"]["post"]["description"]
    )
