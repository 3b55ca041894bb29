"""Currencies and price lists over REST, and the form by which a browser chooses."""

from __future__ import annotations

import httpx
import pytest

from models.permissions import Role
from services.identity import cookies
from services.settings import settings
from tests.price_samples import sell_in
from tests.shop_samples import sign_in, stock_shop

EUROS = {"currency": "EUR", "rate": 1_250_000, "enabled": True}


def browser() -> dict[str, str]:
    configuration = settings()
    return {
        "cookie": f"{cookies.visitor_cookie(configuration)}=ada",
        "origin": configuration.public_url,
    }


async def test_everybody_may_know_what_one_can_pay_in(api: httpx.AsyncClient) -> None:
    await sell_in("EUR", 1_250_000)
    await sell_in("USD", 1_300_000, enabled=False)
    answer = await api.get("/api/v1/currencies")
    assert answer.json() == {"currency": "GBP", "currencies": ["GBP", "EUR"]}


async def test_products_come_in_the_currency_asked_for_and_else_as_ever(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5, JUG=5)
    await sell_in("EUR", 1_250_000, JUG=1990)
    home = (await api.get("/api/v1/products/mug")).json()
    assert home["price_from"] == {"amount": 1200, "currency": "GBP"}
    mug = await api.get("/api/v1/products/mug?currency=EUR")
    assert mug.json()["variants"][0]["price"] == {"amount": 1500, "currency": "EUR"}
    assert mug.headers["etag"] != (await api.get("/api/v1/products/mug")).headers["etag"]
    listed = (await api.get("/api/v1/products?currency=EUR&price_min=1501&sort=price")).json()
    assert [(item["slug"], item["price_from"]["amount"]) for item in listed["items"]] == [("jug", 1990)]
    suggested = (await api.get("/api/v1/search/suggestions?q=mug&currency=EUR")).json()
    assert suggested["products"][0]["price_from"]["currency"] == "EUR"


@pytest.mark.parametrize("path", ["/products?", "/products/mug?", "/search/suggestions?q=mug&"])
async def test_a_currency_that_is_not_offered_is_a_422_that_names_those_that_are(
    api: httpx.AsyncClient, path: str
) -> None:
    await stock_shop(MUG=5)
    answer = await api.get(f"/api/v1{path}currency=CHF")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "currency", "message": "one of GBP"}]


async def test_a_product_in_another_currency_can_t_be_sent_back_as_it_is(api: httpx.AsyncClient) -> None:
    """Its prices are no prices of the catalogue."""
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    body = (await api.get("/api/v1/products/mug?currency=EUR")).json()
    headers = await sign_in("iris", Role.CATALOG_MANAGER)
    answer = await api.put("/api/v1/products/mug", json=body, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "variants.0.price.currency"


async def test_a_program_buys_in_euros(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    cart = (await api.post("/api/v1/carts", json={"currency": "EUR"})).json()
    assert cart["currency"] == "EUR"
    await api.post(f"/api/v1/carts/{cart['id']}/items", json={"sku": "MUG", "quantity": 2})
    methods = (await api.get(f"/api/v1/carts/{cart['id']}/shipping-methods?country=GB")).json()
    assert methods[0]["price"] == {"amount": 563, "currency": "EUR"}
    order = await api.post(
        "/api/v1/orders",
        json={
            "cart_id": cart["id"],
            "email": "ada@larkspur.example",
            "shipping_address": {
                "name": "Ada Moss",
                "line1": "1 Quay Street",
                "city": "Bristol",
                "postal_code": "BS1 4DJ",
                "country": "GB",
            },
            "shipping_method": "standard",
            "payment_method": "pm_card_visa",
        },
        headers={"idempotency-key": "in-euros"},
    )
    assert order.status_code == 201
    assert order.json()["total"] == {"amount": 3563, "currency": "EUR"}


async def test_a_cart_changes_its_currency_and_its_etag(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    created = await api.post("/api/v1/carts")
    path = f"/api/v1/carts/{created.json()['id']}"
    filled = await api.post(f"{path}/items", json={"sku": "MUG", "quantity": 2})
    stale = await api.patch(path, json={"currency": "EUR"}, headers={"if-match": created.headers["etag"]})
    assert stale.status_code == 412
    changed = await api.patch(path, json={"currency": "EUR"}, headers={"if-match": filled.headers["etag"]})
    assert changed.json()["total"] == {"amount": 3000, "currency": "EUR"}
    assert changed.json()["items"][0]["problem"] == ""
    assert (await api.patch(path, json={"currency": "CHF"})).status_code == 422


async def test_staff_run_price_lists(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    iris = await sign_in("iris", Role.CATALOG_MANAGER)
    created = await api.post("/api/v1/price-lists", json=EUROS | {"step": 100, "ending": 99}, headers=iris)
    assert (created.status_code, created.headers["location"]) == (201, "/api/v1/price-lists/EUR")
    again = await api.post("/api/v1/price-lists", json=EUROS, headers=iris)
    assert (again.status_code, again.json()["code"]) == (409, "currency_taken")
    path = "/api/v1/price-lists/EUR"
    shown = await api.post(f"{path}/preview", json={"rate": 2_000_000}, headers=iris)
    assert shown.json()[0]["price_then"] == {"amount": 2400, "currency": "EUR"}
    assert shown.json()[0]["price"] == {"amount": 1499, "currency": "EUR"}
    tag = (await api.get(path, headers=iris)).headers["etag"]
    changed = await api.put(path, json={"rate": 1_500_000, "enabled": True}, headers=iris | {"if-match": tag})
    assert changed.json()["rate"] == 1_500_000
    stale = await api.put(path, json={"rate": 1}, headers=iris | {"if-match": tag})
    assert stale.status_code == 412
    written = await api.put(
        f"{path}/prices/MUG", json={"price": 1790, "compare_at_price": 2000}, headers=iris
    )
    assert written.status_code == 200
    assert (await api.get(f"{path}/prices", headers=iris)).json()["items"][0]["price"]["amount"] == 1790
    assert (await api.get("/api/v1/products/mug?currency=EUR")).json()["on_sale"] is True
    assert (await api.delete(f"{path}/prices/MUG", headers=iris)).status_code == 204
    assert (await api.get("/api/v1/products/mug?currency=EUR")).json()["price_from"]["amount"] == 1800
    assert (await api.get("/api/v1/price-lists", headers=iris)).json()["total"] == 1
    assert (await api.get("/api/v1/price-lists/CHF", headers=iris)).status_code == 404


@pytest.mark.parametrize("rate", [0, 1.17, "1.17", 10**13, None])
async def test_a_rate_is_a_whole_number_of_millionths(api: httpx.AsyncClient, rate: object) -> None:
    iris = await sign_in("iris", Role.CATALOG_MANAGER)
    answer = await api.post("/api/v1/price-lists", json=EUROS | {"rate": rate}, headers=iris)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "rate"


async def test_a_browser_chooses_and_comes_back_to_its_page(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    cart = (await api.post("/api/v1/carts", headers=browser())).json()["id"]
    await api.post(f"/api/v1/carts/{cart}/items", json={"sku": "MUG"}, headers=browser())
    answer = await api.post(
        "/currency", data={"currency": "EUR", "return_to": "/c/mugs?sort=price"}, headers=browser()
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/c/mugs?sort=price")
    sent = answer.headers["set-cookie"]
    assert sent.startswith("larkspur_currency=EUR; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax")
    assert (await api.get(f"/api/v1/carts/{cart}", headers=browser())).json()["currency"] == "EUR"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "evil"])
async def test_the_way_back_never_leaves_the_store(api: httpx.AsyncClient, target: str) -> None:
    answer = await api.post("/currency", data={"currency": "GBP", "return_to": target}, headers=browser())
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_another_site_can_t_choose_for_somebody(api: httpx.AsyncClient) -> None:
    foreign = browser() | {"origin": "https://evil.example"}
    answer = await api.post("/currency", data={"currency": "GBP"}, headers=foreign)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")


async def test_a_currency_that_is_offered_no_more_leaves_all_as_it_is(api: httpx.AsyncClient) -> None:
    answer = await api.post("/currency", data={"currency": "CHF", "return_to": "/cart"}, headers=browser())
    assert (answer.status_code, answer.headers["location"]) == (303, "/cart")
    assert "larkspur_currency" not in answer.headers.get("set-cookie", "")


async def test_an_account_keeps_the_choice_for_its_other_devices(api: httpx.AsyncClient) -> None:
    await sell_in("EUR", 1_250_000)
    phone = await sign_in("maya")
    await api.post("/currency", data={"currency": "EUR"}, headers=phone)
    laptop = await sign_in("maya")
    assert (await api.post("/api/v1/carts", headers=laptop)).json()["currency"] == "EUR"
    export = (await api.get("/api/v1/me/export", headers=laptop)).json()
    assert export["profile"]["currency"] == "EUR"


def test_in_production_the_cookie_is_this_host_s_alone() -> None:
    secure = settings().model_copy(update={"public_url": "https://larkspur.example"})
    assert cookies.currency_cookie(secure) == "__Host-larkspur_currency"
    read = cookies.parse("__Host-larkspur_currency=EUR", secure)
    assert read.currency == "EUR"
    for forged in ("eur", "EURO", "E<b", "€€€"):
        assert cookies.parse(f"__Host-larkspur_currency={forged}", secure).currency == ""
