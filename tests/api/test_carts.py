"""Carts over REST."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from sqlmodel import select

from models.cart import Cart
from services.unit_of_work import unit_of_work
from tests.shop_samples import sign_in, stock_shop


async def new_cart(api: httpx.AsyncClient) -> str:
    answer = await api.post("/api/v1/carts")
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/api/v1/carts/{answer.json()['id']}"
    return str(answer.json()["id"])


async def test_a_guest_fills_and_empties_a_cart(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    cart = await new_cart(api)
    added = await api.post(f"/api/v1/carts/{cart}/items", json={"sku": "MUG", "quantity": 2})
    assert added.status_code == 201
    assert added.json()["total"] == {"amount": 2400, "currency": "GBP"}
    changed = await api.patch(f"/api/v1/carts/{cart}/items/MUG", json={"quantity": 3})
    assert changed.json()["items"][0]["total"] == {"amount": 3600, "currency": "GBP"}
    removed = await api.delete(f"/api/v1/carts/{cart}/items/MUG")
    assert removed.json()["items"] == []


async def test_a_cart_is_made_with_its_first_things_in_it(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5, BOWL=2)
    wanted = [{"sku": "MUG"}, {"sku": "BOWL", "quantity": 2}, {"sku": "MUG", "quantity": 2}]
    made = await api.post("/api/v1/carts", json={"items": wanted})
    assert made.status_code == 201, made.text
    assert {item["sku"]: item["quantity"] for item in made.json()["items"]} == {"MUG": 3, "BOWL": 2}
    assert made.json()["total"] == {"amount": 5 * 1200, "currency": "GBP"}
    seen = await api.get(made.headers["location"])
    assert (seen.json(), seen.headers["etag"]) == (made.json(), made.headers["etag"])


async def test_a_browser_gets_its_open_cart_with_more_in_it(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    ada = {"cookie": "larkspur_visitor=ada", "origin": str(api.base_url)}
    wanted = {"items": [{"sku": "MUG"}]}
    first = await api.post("/api/v1/carts", json=wanted, headers=ada)
    second = await api.post("/api/v1/carts", json=wanted, headers=ada)
    assert first.json()["id"] == second.json()["id"]
    assert second.json()["items"][0]["quantity"] == 2


@pytest.mark.parametrize(
    ("items", "status", "code"),
    [
        ([{"sku": "BOWL"}, {"sku": "MUG", "quantity": 3}], 409, "insufficient_stock"),
        ([{"sku": "BOWL"}, {"sku": "LAMP"}], 404, "not_found"),
        ([{"sku": "BOWL", "quantity": 60}, {"sku": "BOWL", "quantity": 60}], 422, "invalid"),
    ],
    ids=["too much", "not sold", "more than a line holds"],
)
async def test_a_cart_that_can_not_have_all_of_it_is_not_made(
    api: httpx.AsyncClient, items: list[dict[str, object]], status: int, code: str
) -> None:
    await stock_shop(MUG=2, BOWL=500)
    refused = await api.post("/api/v1/carts", json={"items": items})
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    async with unit_of_work() as uow:
        assert not list(await uow.session.exec(select(Cart)))


async def test_too_much_is_a_409_that_says_how_much_there_is(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=2)
    cart = await new_cart(api)
    answer = await api.post(f"/api/v1/carts/{cart}/items", json={"sku": "MUG", "quantity": 3})
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["code"], answer.json()["available"]) == ("insufficient_stock", 2)


@pytest.mark.parametrize("quantity", [0, -1, 10**9, 1.5, "2", None, True])
async def test_a_quantity_that_is_none_is_a_422_naming_the_field(
    api: httpx.AsyncClient, quantity: object
) -> None:
    await stock_shop(MUG=2)
    cart = await new_cart(api)
    answer = await api.post(f"/api/v1/carts/{cart}/items", json={"sku": "MUG", "quantity": quantity})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "quantity"
    assert (await api.get(f"/api/v1/carts/{cart}")).json()["items"] == []


async def test_a_broken_body_is_a_400_that_says_so(api: httpx.AsyncClient) -> None:
    cart = await new_cart(api)
    answer = await api.post(
        f"/api/v1/carts/{cart}/items", content='{"sku": "MUG",', headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


@pytest.mark.parametrize("identifier", ["0198c0de-0000-7000-8000-000000000000"])
async def test_an_unknown_cart_is_a_404(api: httpx.AsyncClient, identifier: str) -> None:
    assert (await api.get(f"/api/v1/carts/{identifier}")).status_code == 404


async def test_a_malformed_id_is_a_422(api: httpx.AsyncClient) -> None:
    assert (await api.get("/api/v1/carts/not-a-uuid")).status_code == 422


async def test_etags_save_a_transfer_and_prevent_a_lost_update(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    cart = await new_cart(api)
    tag = (await api.get(f"/api/v1/carts/{cart}")).headers["etag"]
    assert (await api.get(f"/api/v1/carts/{cart}", headers={"if-none-match": tag})).status_code == 304
    item = {"sku": "MUG", "quantity": 1}
    first = await api.post(f"/api/v1/carts/{cart}/items", json=item, headers={"if-match": tag})
    stale = await api.post(f"/api/v1/carts/{cart}/items", json=item, headers={"if-match": tag})
    assert (first.status_code, stale.status_code) == (201, 412)


async def test_a_users_cart_opens_to_that_user_only(api: httpx.AsyncClient) -> None:
    maya = await sign_in("maya")
    cart = (await api.post("/api/v1/carts", headers=maya)).json()["id"]
    assert (await api.get(f"/api/v1/carts/{cart}", headers=maya)).status_code == 200
    assert (await api.get(f"/api/v1/carts/{cart}")).status_code == 404
    assert (await api.get(f"/api/v1/carts/{cart}", headers=await sign_in("bob"))).status_code == 404


async def test_a_foreign_site_cannot_use_the_browsers_cookie(api: httpx.AsyncClient) -> None:
    maya = await sign_in("maya") | {"origin": "https://evil.example"}
    answer = await api.post("/api/v1/carts", headers=maya)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")


async def test_fifty_parallel_additions_sum(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=80)
    cart = await new_cart(api)
    item = {"sku": "MUG", "quantity": 1}
    answers = await asyncio.gather(*(api.post(f"/api/v1/carts/{cart}/items", json=item) for _ in range(50)))
    assert {answer.status_code for answer in answers} == {201}
    assert (await api.get(f"/api/v1/carts/{cart}")).json()["items"][0]["quantity"] == 50


async def test_shipping_methods_depend_on_the_country(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=9)
    cart = await new_cart(api)
    await api.post(f"/api/v1/carts/{cart}/items", json={"sku": "MUG", "quantity": 5})
    at_home = (await api.get(f"/api/v1/carts/{cart}/shipping-methods?country=GB")).json()
    assert [(method["code"], method["price"]["amount"]) for method in at_home] == [
        ("standard", 0),
        ("express", 850),
    ]
    assert (await api.get(f"/api/v1/carts/{cart}/shipping-methods?country=NZ")).json() == []
