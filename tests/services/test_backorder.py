"""Units sold before they are made."""

from __future__ import annotations

import asyncio

import pytest

from models.ids import new_id
from models.stock import StockReason
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout.service import Checkout, check_out
from services.errors import InsufficientStock, Invalid
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from tests.services.test_checkout import fill_cart
from tests.shop_samples import DETAILS, GOOD_CARD, MAYA, guest, ledger_sums, level, owner, stock_shop

pytestmark = pytest.mark.usefixtures("resources")


async def allow(limit: int, days: int = 10, sku: str = "MUG") -> None:
    async with unit_of_work() as uow:
        await inventory.set_backorder(uow, sku, limit=limit, days=days, by=MAYA)


async def hold(**quantities: int) -> None:
    async with unit_of_work() as uow:
        await inventory.hold(uow, new_id(), quantities)


async def test_as_many_are_sold_as_the_merchant_allows_and_not_one_more() -> None:
    await stock_shop(MUG=2)
    await allow(3)
    results = await asyncio.gather(*(hold(MUG=1) for _ in range(12)), return_exceptions=True)
    assert results.count(None) == 5
    assert all(result is None or isinstance(result, InsufficientStock) for result in results)
    assert await level("MUG") == await ledger_sums("MUG") == (2, 5)


async def test_nothing_is_made_to_order_unless_it_is_allowed() -> None:
    await stock_shop(MUG=1)
    with pytest.raises(InsufficientStock):
        await hold(MUG=2)


async def test_the_units_of_a_paid_order_are_owed_and_come_off_what_is_made() -> None:
    await stock_shop(MUG=1)
    await allow(5)
    await fill_cart(MUG=3)
    await check_out(guest(), Checkout(DETAILS, GOOD_CARD))
    assert await level("MUG") == (-2, 0)
    async with unit_of_work() as uow:
        found = (await inventory.levels(uow, ["MUG"]))["MUG"]
        assert (found.available, found.owed, found.offer().on_shelf) == (3, 2, 0)
        assert (await inventory.shelves(uow, ["MUG"]))["MUG"] == {"workshop": -2}
        await inventory.adjust(uow, "MUG", 1, reason=StockReason.RECEIVED, by=MAYA)
        await inventory.adjust(uow, "MUG", 4, reason=StockReason.RECEIVED, by=MAYA)
    assert await level("MUG") == await ledger_sums("MUG") == (3, 0)


async def owe(**shelf: int) -> None:
    """Two units of what is sold have yet to be made."""
    await stock_shop(**shelf)
    for sku, units in shelf.items():
        await allow(5, sku=sku)
        buyer = new_id()
        async with unit_of_work() as uow:
            await inventory.hold(uow, buyer, {sku: units + 2})
            await inventory.sell(uow, buyer)


async def count(units: int, location: str | None = None) -> None:
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "MUG", units, by=MAYA, location=location)


@pytest.mark.parametrize("location", [None, "workshop"])
async def test_a_count_forgets_no_unit_that_is_owed(location: str | None) -> None:
    """Nor does it when somebody writes it down twice."""
    await owe(MUG=1)
    for _ in range(2):
        await count(0, location)
        assert await level("MUG") == (-2, 0)
        with pytest.raises(Invalid, match="2 units of MUG are sold and owed") as refused:
            await count(5, location)
        assert (refused.value.code, refused.value.errors) == ("units_owed", {"on_hand": "at most 0"})
    async with unit_of_work() as uow:
        await inventory.adjust(uow, "MUG", 5, reason=StockReason.RECEIVED, by=MAYA, location=location)
    for counted in (3, 3, 4):
        await count(counted, location)
        assert await level("MUG") == await ledger_sums("MUG") == (counted, 0)


async def test_what_lies_elsewhere_is_counted_while_the_first_location_owes() -> None:
    await owe(MUG=0)
    leeds = "leeds-store"
    async with unit_of_work() as uow:
        await inventory.add_location(uow, code=leeds, name="Leeds store", country="GB", by=MAYA)
    await count(6, leeds)
    assert await level("MUG") == (4, 0)
    await count(6)
    with pytest.raises(Invalid, match="owed to buyers"):
        await count(7)
    await count(5)
    async with unit_of_work() as uow:
        assert (await inventory.shelves(uow, ["MUG"]))["MUG"] == {"workshop": -2, leeds: 5}
    assert await level("MUG") == await ledger_sums("MUG") == (3, 0)


async def test_the_limit_does_not_fall_below_what_is_owed() -> None:
    await stock_shop(MUG=1)
    await allow(5)
    await hold(MUG=4)
    with pytest.raises(Invalid, match="3 units of MUG are owed to buyers already") as caught:
        await allow(2)
    assert caught.value.errors == {"limit": "at least 3"}
    await allow(3)
    with pytest.raises(Invalid, match="promised to open orders"):
        async with unit_of_work() as uow:
            await inventory.adjust(uow, "MUG", -1, reason=StockReason.DAMAGED, by=MAYA)


@pytest.mark.parametrize(
    ("limit", "days", "field"),
    [(-1, 5, "limit"), (10_001, 5, "limit"), (5, 0, "days"), (5, 366, "days"), (0, -1, "days")],
)
async def test_limits_without_sense_are_refused(limit: int, days: int, field: str) -> None:
    await stock_shop(MUG=1)
    with pytest.raises(Invalid) as caught:
        await allow(limit, days)
    assert list(caught.value.errors) == [field]


async def test_a_cart_says_when_the_shelf_does_not_cover_a_line_and_the_order_keeps_it() -> None:
    await stock_shop(MUG=2, BOWL=2)
    await allow(5, days=12)
    await fill_cart(MUG=2, BOWL=1)
    async with unit_of_work() as uow:
        lines = (await carts.view_cart(uow, owner(guest()))).lines
        assert {line.sku: line.ships_in_days for line in lines} == {"MUG": 0, "BOWL": 0}
        lines = (await carts.set_quantity(uow, owner(guest()), "MUG", 3)).lines
        assert {line.sku: line.ships_in_days for line in lines} == {"MUG": 12, "BOWL": 0}
    view = await check_out(guest(), Checkout(DETAILS, GOOD_CARD))
    assert {item.sku: item.ships_in_days for item in view.items} == {"MUG": 12, "BOWL": 0}


async def test_units_held_from_the_shelf_still_ship_at_once() -> None:
    await stock_shop(MUG=2)
    await allow(5)
    await fill_cart(MUG=2)
    async with unit_of_work() as uow:
        cart = (await carts.view_cart(uow, owner(guest()))).id
        assert cart
        await inventory.hold(uow, cart, {"MUG": 2})
        (line,) = (await carts.view_cart(uow, owner(guest()))).lines
        assert (line.available, line.ships_in_days) == (7, 0)
        (other,) = (await inventory.offers(uow, ["MUG"], new_id())).values()
    assert (other.available, other.on_shelf, other.made_to_order, other.wait(1)) == (5, 0, 5, 10)


async def test_allowing_it_brings_an_empty_shelf_back_among_what_can_be_bought() -> None:
    await stock_shop(MUG=0)
    await allow(5)
    async with unit_of_work() as uow:
        await catalog.refresh_availability(uow, ["MUG"])
        page = await catalog.list_products(uow, catalog.ProductQuery(in_stock=True))
    assert [product.slug for product in page.items] == ["mug"]
