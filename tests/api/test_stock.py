"""Stock over REST."""

from __future__ import annotations

import httpx
import pytest

from models.permissions import Role
from tests.api.test_orders import cart_with, key, order_for
from tests.shop_samples import sign_in, stock_shop


async def test_counts_and_adjustments_are_written_to_the_ledger(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    manager = await sign_in("cat", Role.CATALOG_MANAGER)
    counted = await api.put("/api/v1/stock/MUG", json={"on_hand": 8}, headers=manager)
    assert counted.json() == {
        "sku": "MUG",
        "on_hand": 8,
        "reserved": 0,
        "available": 8,
        "owed": 0,
        "status": "in_stock",
        "backorder_limit": 0,
        "backorder_days": 0,
        "locations": [{"location": "workshop", "on_hand": 8}],
    }
    broken = {"delta": -6, "reason": "damaged"}
    adjusted = await api.post("/api/v1/stock/MUG/adjustments", json=broken, headers=manager)
    assert (adjusted.status_code, adjusted.json()["status"]) == (201, "low_stock")
    ledger = (await api.get("/api/v1/stock/MUG/ledger", headers=manager)).json()["items"]
    assert [(entry["on_hand_delta"], entry["reason"]) for entry in ledger] == [
        (-6, "damaged"),
        (3, "counted"),
        (5, "initial"),
    ]
    assert (ledger[0]["actor"], ledger[0]["location"]) == ("Cat", "workshop")


@pytest.mark.parametrize(("sku", "status"), [("UNKNOWN", 404), ("%00", 422), ("mug", 422), ("M" * 49, 422)])
async def test_stock_of_what_does_not_exist_is_not_made_up(
    api: httpx.AsyncClient, sku: str, status: int
) -> None:
    manager = await sign_in("cat", Role.CATALOG_MANAGER)
    answer = await api.put(f"/api/v1/stock/{sku}", json={"on_hand": 8}, headers=manager)
    assert answer.status_code == status
    assert (await api.get(f"/api/v1/stock/{sku}/ledger", headers=manager)).status_code == status


@pytest.mark.parametrize(
    "adjustment",
    [
        {"delta": -6, "reason": "damaged"},
        {"delta": 1, "reason": "sold"},
        {"delta": 1.5, "reason": "received"},
        {"delta": 10**9, "reason": "received"},
        {"delta": 1},
    ],
    ids=["below nothing", "a reason of the store's own", "half a unit", "too many", "no reason"],
)
async def test_an_impossible_adjustment_changes_nothing(
    api: httpx.AsyncClient, adjustment: dict[str, object]
) -> None:
    await stock_shop(MUG=5)
    manager = await sign_in("cat", Role.CATALOG_MANAGER)
    answer = await api.post("/api/v1/stock/MUG/adjustments", json=adjustment, headers=manager)
    assert answer.status_code == 422
    assert len((await api.get("/api/v1/stock/MUG/ledger", headers=manager)).json()["items"]) == 1


async def test_the_ledger_names_nobodys_cart(api: httpx.AsyncClient) -> None:
    """Whoever knows the id of a guest's cart can open it."""
    await stock_shop(MUG=5)
    cart = await cart_with(api, MUG=2)
    assert (await api.post("/api/v1/orders", json=order_for(cart), headers=key())).status_code == 201
    manager = await sign_in("cat", Role.CATALOG_MANAGER)
    told = await api.get("/api/v1/stock/MUG/ledger", headers=manager)
    assert [entry["reason"] for entry in told.json()["items"]] == ["sold", "held", "initial"]
    assert cart not in told.text


async def manage(api: httpx.AsyncClient) -> dict[str, str]:
    """Headers of a catalogue manager, and a second location."""
    manager = await sign_in("cat", Role.CATALOG_MANAGER)
    leeds = {"code": "leeds-store", "name": "Leeds store", "country": "GB"}
    made = await api.post("/api/v1/stock-locations", json=leeds, headers=manager)
    assert (made.status_code, made.headers["location"]) == (201, "/api/v1/stock-locations/leeds-store")
    return manager


async def test_units_are_counted_adjusted_and_carried_in_a_location(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    manager = await manage(api)
    there = {"on_hand": 4, "location": "leeds-store"}
    counted = await api.put("/api/v1/stock/MUG", json=there, headers=manager)
    assert (counted.json()["on_hand"], counted.json()["available"]) == (9, 9)
    broken = {"delta": -1, "reason": "damaged", "location": "leeds-store"}
    assert (await api.post("/api/v1/stock/MUG/adjustments", json=broken, headers=manager)).status_code == 201
    carried = {"units": 3, "source": "leeds-store", "target": "workshop"}
    assert (await api.post("/api/v1/stock/MUG/transfers", json=carried, headers=manager)).status_code == 201
    level = await api.get("/api/v1/stock/MUG", headers=manager)
    assert level.json()["locations"] == [{"location": "workshop", "on_hand": 8}]
    again = await api.get("/api/v1/stock/MUG", headers={**manager, "if-none-match": level.headers["etag"]})
    assert again.status_code == 304
    refused = await api.put("/api/v1/stock/MUG", json={"on_hand": 4, "location": "hull"}, headers=manager)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "location")
    assert (await api.get("/api/v1/stock/UNKNOWN", headers=manager)).status_code == 404


async def test_a_shopper_sees_what_is_made_to_order_and_when_it_ships(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=1)
    manager = await manage(api)
    allowed = await api.put("/api/v1/stock/MUG/backorder", json={"limit": 5, "days": 12}, headers=manager)
    assert (allowed.json()["available"], allowed.json()["backorder_limit"]) == (6, 5)
    stock = (await api.get("/api/v1/products/mug")).json()["variants"][0]["stock"]
    assert stock == {"available": 6, "status": "in_stock", "backorder": 5, "ships_in_days": 12}
    cart = await cart_with(api, MUG=3)
    assert (await api.get(f"/api/v1/carts/{cart}")).json()["items"][0]["ships_in_days"] == 12
    order = await api.post("/api/v1/orders", json=order_for(cart), headers=key())
    assert order.json()["items"][0]["ships_in_days"] == 12
    lowered = await api.put("/api/v1/stock/MUG/backorder", json={"limit": 1, "days": 12}, headers=manager)
    assert (lowered.status_code, lowered.json()["errors"][0]["field"]) == (422, "limit")


async def test_a_program_is_told_what_is_owed_and_that_a_count_does_not_settle_it(
    api: httpx.AsyncClient,
) -> None:
    await stock_shop(MUG=0)
    manager = await sign_in("cat", Role.CATALOG_MANAGER)
    await api.put("/api/v1/stock/MUG/backorder", json={"limit": 5, "days": 12}, headers=manager)
    cart = await cart_with(api, MUG=2)
    assert (await api.post("/api/v1/orders", json=order_for(cart), headers=key())).status_code == 201
    assert (await api.get("/api/v1/stock/MUG", headers=manager)).json()["owed"] == 2
    counted = await api.put("/api/v1/stock/MUG", json={"on_hand": 5}, headers=manager)
    assert (counted.status_code, counted.json()["code"]) == (422, "units_owed")
    assert counted.json()["errors"][0]["field"] == "on_hand"
    received = {"delta": 5, "reason": "received"}
    level = (await api.post("/api/v1/stock/MUG/adjustments", json=received, headers=manager)).json()
    assert (level["on_hand"], level["owed"]) == (3, 0)


async def test_locations_are_listed_renamed_put_in_order_and_closed(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    manager = await manage(api)
    path = "/api/v1/stock-locations"
    listed = (await api.get(path, headers=manager)).json()
    assert [(each["code"], each["priority"]) for each in listed["items"]] == [
        ("workshop", 1),
        ("leeds-store", 2),
    ]
    first = {"codes": ["leeds-store", "workshop"]}
    ordered = (await api.put(path, json=first, headers=manager)).json()
    assert [each["code"] for each in ordered["items"]] == first["codes"]
    renamed = await api.patch(f"{path}/leeds-store", json={"name": "Leeds shop"}, headers=manager)
    assert renamed.json()["name"] == "Leeds shop"
    closed = await api.patch(f"{path}/workshop", json={"active": False}, headers=manager)
    assert (closed.status_code, closed.json()["code"]) == (409, "location_in_use")
    twice = {"code": "workshop", "name": "Another", "country": "GB"}
    assert (await api.post(path, json=twice, headers=manager)).json()["code"] == "code_taken"
    assert (await api.get(f"{path}/hull", headers=manager)).status_code == 404
