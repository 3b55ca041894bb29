"""Staff with orders: finding them, moving them along, and meeting colleagues on the way."""

from __future__ import annotations

from typing import Any

import pytest

from models.address import Address
from models.identity import STORE
from models.money import Money
from models.permissions import Role
from services.account import service as accounts
from services.cart import service as carts
from services.checkout.service import Checkout, check_out
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from store_app.admin.states.home import StaffHomeState
from store_app.admin.states.order import StaffOrderState
from store_app.admin.states.orders import StaffOrdersState
from store_app.states.order import OrderState
from tests.shop_samples import ADDRESS, DETAILS, GOOD_CARD, guest, level, owner, sign_in, stock_shop, user
from tests.states.purchases import buy
from tests.states.tab import Tab

pytestmark = pytest.mark.usefixtures("resources")


async def staff_tab(name: str = "maya", role: Role = Role.ORDER_MANAGER) -> Tab:
    return Tab(cookie=(await sign_in(name, role))["cookie"])


async def shown(tab: Tab, order_id: Any) -> StaffOrderState:
    tab.go(f"/admin/orders/{order_id}")
    state = await tab.state(StaffOrderState)
    await state.load()
    return state


async def listed(tab: Tab, query: str) -> StaffOrdersState:
    tab.go(f"/admin/orders?{query}")
    state = await tab.state(StaffOrdersState)
    await state.load()
    return state


async def test_orders_are_found_by_status_number_and_address() -> None:
    await stock_shop(MUG=5)
    first, second = await buy(guest("ada")), await buy(guest("ben"))
    tab = await staff_tab()
    await (await shown(tab, first.order.id)).ship({"tracking": "RM1"})

    everything = await listed(tab, "status=nonsense&page=zero")
    assert [row.number for row in everything.rows] == [second.order.number, first.order.number]
    assert {chip.label: chip.count for chip in everything.chips if chip.count} == {
        "All": 2,
        "To ship": 1,
        "Shipped": 1,
    }
    assert [row.number for row in (await listed(tab, "status=shipped")).rows] == [first.order.number]
    assert [row.number for row in (await listed(tab, f"q={second.order.number}")).rows] == [
        second.order.number
    ]
    assert (await listed(tab, "q=nobody%25")).rows == ()


async def test_a_tax_that_is_in_the_prices_stands_below_the_total() -> None:
    await stock_shop(MUG=5)
    order = (await shown(await staff_tab(), (await buy(guest("ada"))).order.id)).order
    assert [each.label for each in order.included] == ["VAT 20% included"]
    assert [each.label for each in order.amounts] == ["Goods", "Delivery (Standard)"]


async def test_an_order_goes_its_way_under_the_name_of_who_moved_it() -> None:
    await stock_shop(MUG=5)
    bought = await buy(guest())
    state = await shown(await staff_tab(), bought.order.id)
    assert (state.order.label, state.order.can_ship, state.order.can_deliver) == ("To ship", True, False)
    await state.ship({"tracking": "  RM123  "})
    assert (state.order.label, state.order.tracking) == ("Shipped", "RM123")
    await state.deliver()
    assert state.order.label == "Delivered"
    assert [row.label for row in state.order.timeline] == ["Delivered", "Shipped", "Paid", "Placed"]
    assert state.order.timeline[1].detail == "Tracking RM123, by Maya"


async def test_a_tracking_number_that_is_too_long_is_said_beside_its_field() -> None:
    await stock_shop(MUG=5)
    state = await shown(await staff_tab(), (await buy(guest())).order.id)
    await state.ship({"tracking": "R" * 121})
    assert state.tracking_error
    assert state.order.label == "To ship"


async def test_the_slower_of_two_sees_what_the_quicker_did() -> None:
    await stock_shop(MUG=5)
    bought = await buy(guest())
    quick = await shown(await staff_tab("maya"), bought.order.id)
    slow = await shown(await staff_tab("iris"), bought.order.id)
    await quick.ship({"tracking": "RM1"})
    await slow.cancel({"reason": "Asked to"})
    assert "shipped" in slow.conflict
    assert (slow.order.label, slow.order.tracking, slow.cancelling) == ("Shipped", "RM1", False)


async def test_cancelling_needs_a_reason_gives_the_money_back_and_the_goods_to_the_shelf() -> None:
    await stock_shop(MUG=5)
    state = await shown(await staff_tab(), (await buy(guest())).order.id)
    await state.ask_cancel()
    await state.cancel({"reason": " "})
    assert state.reason_error
    assert state.order.label == "To ship"
    await state.cancel({"reason": "Customer changed their mind"})
    assert (state.order.label, state.cancelling) == ("Cancelled", False)
    assert state.order.refunds == ("£16.50 refund under way",)
    assert await level("MUG") == (5, 0)


@pytest.mark.parametrize("order_id", ["nonsense", "0190a9f0-7b1a-7c00-8000-000000000000"])
async def test_an_unknown_order_gets_its_own_page(order_id: str) -> None:
    state = await shown(await staff_tab(), order_id)
    assert (state.missing, state.shown) == (True, order_id)


async def test_the_day_is_summed_up() -> None:
    await stock_shop(MUG=4, BOWL=9)
    await buy(guest("ada"))
    await buy(guest("ben"))
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "MUG", 1, by=STORE)
    state = await (await staff_tab()).state(StaffHomeState)
    await state.load()
    assert (state.home.orders_today, state.home.awaiting_shipment) == (2, 2)
    assert state.home.revenue_today == Money(3300, "GBP").format()
    assert len(state.home.bars) == 14
    assert (state.home.bars[-1].amount, state.home.bars[-1].today) == ("£33.00", True)
    assert [(row.sku, row.label) for row in state.low_stock] == [("MUG", "1 left")]
    assert len(state.latest) == 2


BERLIN = ADDRESS.model_copy(update={"city": "Berlin", "postal_code": "10115", "country": "DE"})


@pytest.mark.parametrize(
    ("address", "method", "country"),
    [(ADDRESS, "standard", "United Kingdom"), (BERLIN, "europe", "Germany")],
)
async def test_an_order_of_a_deleted_account_is_still_an_order(
    address: Address, method: str, country: str
) -> None:
    await stock_shop(MUG=5)
    robin = await user("robin")
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(robin), "MUG")
    details = DETAILS.model_copy(update={"shipping_address": address, "shipping_method": method})
    bought = await check_out(robin, Checkout(details, GOOD_CARD))
    tab = await staff_tab()
    await (await shown(tab, bought.order.id)).ship({"tracking": "RM1"})
    async with unit_of_work() as uow:
        await accounts.delete_account(uow, robin)
    staffs = (await shown(tab, bought.order.id)).order
    assert (staffs.email, staffs.account) == ("", "Account deleted by the customer")
    assert (staffs.address, staffs.phone, staffs.card) == (("Deleted customer", country), "", "")
    assert (staffs.total, staffs.label, staffs.tracking) == (bought.order.total.format(), "Shipped", "RM1")
    (row,) = (await listed(tab, "")).rows
    assert (row.number, row.email) == (bought.order.number, "Deleted customer")
    tab.go(f"/order/{bought.order.id}")
    page = await tab.state(OrderState)
    await page.load()
    assert (page.order.email, page.order.address) == ("Deleted customer", ("Deleted customer", country))
