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
    assert counted.json() == {"sku": "MUG", "on_hand": 8, "reserved": 0, "available": 8, "status": "in_stock"}
    broken = {"delta": -6, "reason": "damaged"}
    adjusted = await api.post("/api/v1/stock/MUG/adjustments", json=broken, headers=manager)
    assert (adjusted.status_code, adjusted.json()["status"]) == (201, "low_stock")
    ledger = (await api.get("/api/v1/stock/MUG/ledger", headers=manager)).json()["items"]
    assert [(entry["on_hand_delta"], entry["reason"]) for entry in ledger] == [
        (-6, "damaged"),
        (3, "counted"),
        (5, "initial"),
    ]
    assert ledger[0]["actor"] == "Cat"


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
