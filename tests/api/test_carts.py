"""Carts over REST."""

from __future__ import annotations

import asyncio

import httpx
import pytest

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
