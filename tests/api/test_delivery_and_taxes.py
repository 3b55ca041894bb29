"""Delivery and taxes over REST: what buyers are told, and how staff set them up."""

from __future__ import annotations

from datetime import date
from typing import Any

import httpx
import pytest

from models.permissions import Role
from tests.api.test_orders import cart_with, key, order_for
from tests.shop_samples import sign_in, stock_shop

ZONES, TAXES = "/api/v1/delivery/zones", "/api/v1/taxes"
AIR = {
    "name": "Air",
    "currency": "GBP",
    "rates": [{"up_to": 2000, "amount": 2500}, {"amount": 4000}],
    "transit_from": 5,
    "transit_to": 9,
}
NORWAY = {"name": "Norway", "areas": [{"country": "no"}]}


def fields(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 422
    return {entry["field"] for entry in answer.json()["errors"]}


async def admin() -> dict[str, str]:
    return await sign_in("alma", Role.ADMIN)


async def offers(api: httpx.AsyncClient, cart: str, **place: str) -> list[dict[str, Any]]:
    answer = await api.get(f"/api/v1/carts/{cart}/shipping-methods", params=place)
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()
    return found


async def test_methods_have_prices_and_the_days_on_which_they_arrive(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=9)
    cart = await cart_with(api, MUG=1)
    standard, express = await offers(api, cart, country="gb", postal_code="BS1 4DJ")
    assert (standard["code"], standard["price"]["amount"]) == ("standard", 450)
    assert standard["free_from"] == {"amount": 6000, "currency": "GBP"}
    days = [date.fromisoformat(standard["estimated_delivery"][each]) for each in ("from", "to")]
    assert date.fromisoformat(express["estimated_delivery"]["to"]) < days[0] <= days[1]
    assert all(day.weekday() < 5 for day in days)
    assert str(days[1].day) in standard["estimate"]
    (islands,) = await offers(api, cart, country="GB", postal_code="ze1 0aa")
    assert islands["price"]["amount"] == 750
    assert await offers(api, cart, country="GB", postal_code="PA\uff12\uff10 9AB") == [islands]


@pytest.mark.parametrize(
    ("place", "field"),
    [
        pytest.param({"country": "XX"}, "country", id="no such country"),
        pytest.param({"country": "GB", "postal_code": "12345"}, "postal_code", id="no such postcode"),
        pytest.param({"country": "US", "region": "Kent"}, "region", id="no such state"),
        pytest.param(
            {"country": "US", "region": "NY", "postal_code": "97205"}, "postal_code", id="not in that state"
        ),
    ],
)
async def test_a_place_that_can_not_be_is_refused(
    api: httpx.AsyncClient, place: dict[str, str], field: str
) -> None:
    await stock_shop(MUG=9)
    cart = await cart_with(api, MUG=1)
    assert fields(await api.get(f"/api/v1/carts/{cart}/shipping-methods", params=place)) == {field}


async def test_carts_and_orders_tell_their_taxes_by_rate(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=9)
    cart = await cart_with(api, MUG=2)
    shown = (await api.get(f"/api/v1/carts/{cart}")).json()
    assert (shown["tax_included"], shown["taxes"]) == (
        True,
        [{"name": "VAT", "rate": 2000, "amount": {"amount": 400, "currency": "GBP"}}],
    )
    placed = (await api.post("/api/v1/orders", json=order_for(cart), headers=key())).json()
    assert placed["taxes"] == [{"name": "VAT", "rate": 2000, "amount": placed["tax"]}]
    assert placed["delivery"]["name"] == "Standard"
    assert placed["delivery"]["estimated_delivery"].keys() == {"from", "to"}


async def test_an_order_names_each_field_of_an_address_that_can_not_be(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=9)
    body = order_for(await cart_with(api, MUG=1))
    body["shipping_address"] = {"country": "US", "name": "Ada Moss", "postal_code": "1"}
    assert fields(await api.post("/api/v1/orders", json=body, headers=key())) == {
        f"shipping_address.{name}" for name in ("line1", "city", "region", "postal_code")
    }


async def test_staff_add_a_zone_with_a_method_and_it_is_offered(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=9)
    cart, headers = await cart_with(api, MUG=1), await admin()
    made = await api.post(ZONES, json=NORWAY, headers=headers)
    assert made.status_code == 201
    assert made.json()["areas"] == [{"country": "NO", "region": "", "postal_prefix": ""}]
    place = made.headers["location"]
    assert await offers(api, cart, country="NO") == []
    wrote = await api.put(f"{place}/methods/air", json=AIR, headers=headers)
    assert [method["code"] for method in wrote.json()["methods"]] == ["air"]
    assert [each["price"]["amount"] for each in await offers(api, cart, country="NO")] == [2500]
    assert (await api.get(ZONES, headers=headers)).json()["total"] == 5
    assert (await api.delete(f"{place}/methods/air", headers=headers)).json()["methods"] == []
    assert (await api.delete(place, headers=headers)).status_code == 204
    assert (await api.get(place, headers=headers)).status_code == 404


async def test_a_zone_is_read_and_written_with_its_tag(api: httpx.AsyncClient) -> None:
    headers = await admin()
    zone = (await api.get(ZONES, headers=headers)).json()["items"][0]
    place = f"{ZONES}/{zone['id']}"
    tag = (await api.get(place, headers=headers)).headers["etag"]
    assert (await api.get(place, headers=headers | {"if-none-match": tag})).status_code == 304
    written = {name: zone[name] for name in ("areas", "position")} | {"name": "Home"}
    assert (await api.put(place, json=written, headers=headers | {"if-match": tag})).json()["name"] == "Home"
    assert (await api.put(place, json=written, headers=headers | {"if-match": tag})).status_code == 412
    assert (await api.delete(place, headers=headers | {"if-match": tag})).status_code == 412


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"rates": []}, id="no price"),
        pytest.param({"rates": [{"amount": 1}, {"amount": 2}]}, id="two prices for one weight"),
        pytest.param({"transit_from": 9, "transit_to": 2}, id="faster than the fastest"),
        pytest.param({"free_from": 0}, id="free from nothing"),
        pytest.param({"tax_class": "luxury"}, id="no such tax class"),
    ],
)
async def test_a_method_that_makes_no_sense_is_refused(
    api: httpx.AsyncClient, broken: dict[str, Any]
) -> None:
    headers = await admin()
    zone = (await api.get(ZONES, headers=headers)).json()["items"][0]["id"]
    answer = await api.put(f"{ZONES}/{zone}/methods/air", json=AIR | broken, headers=headers)
    assert answer.status_code == 422
    codes = [each["code"] for each in (await api.get(f"{ZONES}/{zone}", headers=headers)).json()["methods"]]
    assert codes == ["standard", "express"]


async def test_staff_change_a_rate_and_carts_show_it(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=9)
    cart, headers = await cart_with(api, MUG=1), await admin()
    known = (await api.get(TAXES, headers=headers)).json()["items"]
    britain = next(each for each in known if each["country"] == "GB")
    place = f"{TAXES}/{britain['id']}"
    written = {name: britain[name] for name in ("country", "region", "name", "included")}
    written["rates"] = [{"tax_class": "standard", "basis_points": 1000, "valid_from": "2021-01-01"}]
    answer = await api.put(place, json=written, headers=headers | {"if-match": '"1"'})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    assert (await api.get(f"/api/v1/carts/{cart}")).json()["tax"]["amount"] == 109
    assert (await api.delete(place, headers=headers)).json()["code"] == "home_taxes"
    quebec = written | {"country": "CA", "region": "Québec", "included": False, "name": "QST"}
    made = await api.post(TAXES, json=quebec, headers=headers)
    assert (made.status_code, made.json()["region"]) == (201, "QC")
    assert (await api.post(TAXES, json=quebec, headers=headers)).json()["code"] == "tax_region_taken"
    assert (await api.delete(made.headers["location"], headers=headers)).status_code == 204


async def test_products_have_a_tax_class(api: httpx.AsyncClient) -> None:
    await stock_shop(PEAS=5)
    manager = await sign_in("cat", Role.CATALOG_MANAGER)
    peas = (await api.get("/api/v1/products/peas")).json()
    assert peas["tax_class"] == "standard"
    changed = await api.patch(
        "/api/v1/products/peas",
        json={"tax_class": "zero"},
        headers=manager | {"content-type": "application/merge-patch+json"},
    )
    assert changed.json()["tax_class"] == "zero"
    cart = await cart_with(api, PEAS=2)
    assert (await api.get(f"/api/v1/carts/{cart}")).json()["taxes"] == []
