"""Codes in a tab: on the cart page and in the checkout."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.ids import now
from models.pricing.effects import AmountOff, BuyXGetY, FreeDelivery
from store_app.states.cart import CartState
from store_app.states.checkout import CheckoutState
from store_app.states.coupons import CouponState
from store_app.states.toasts import ToastState
from store_app.states.visit import VisitState
from store_app.view_models.promotions import LineSaving, LostRow, SavingRow
from tests.promotion_samples import change, offer
from tests.shop_samples import stock_shop
from tests.states.tab import Tab, goes_to

pytestmark = pytest.mark.usefixtures("resources")


async def tab_with(*skus: str) -> tuple[Tab, CartState, CouponState]:
    tab = Tab()
    cart = await tab.state(CartState)
    for sku in skus:
        await cart.add_item(sku)
    return tab, cart, await tab.state(CouponState)


async def test_a_code_shows_what_it_takes_off_by_name_in_the_line_and_in_the_total() -> None:
    await stock_shop(MUG=5)
    await offer("SPRING10", name="Spring")
    tab, cart, coupons = await tab_with("MUG")
    await coupons.enter({"code": " spring10 ", "place": "cart"})
    assert cart.cart.promotions.goods == (SavingRow("Spring", "SPRING10", "−£1.20"),)
    assert cart.cart.lines[0].savings == (SavingRow("Spring", "SPRING10", "−£1.20"),)
    assert (cart.cart.subtotal, cart.cart.total) == ("£12.00", "£10.80")
    assert (await tab.state(ToastState)).toasts[0].text == "“Spring” takes £1.20 off."
    await coupons.remove("SPRING10")
    assert cart.cart.total == "£12.00"
    assert not cart.cart.promotions.goods


@pytest.mark.parametrize("typed", ["NOPE", "", None, {"$ne": 1}, "x" * 5000, "SPRING\x00"], ids=str)
async def test_a_refused_code_stays_in_the_field_with_the_reason(typed: Any) -> None:
    await stock_shop(MUG=5)
    _, cart, coupons = await tab_with("MUG")
    await coupons.enter({"code": typed, "place": "cart"})
    assert coupons.error
    assert coupons.entered == 0
    assert cart.cart.promotions.lost == ()
    assert await goes_to(coupons) == "cart-code"


async def test_a_page_that_is_loaded_has_an_empty_field_and_no_reason_below_it() -> None:
    await stock_shop(MUG=5)
    tab, _, coupons = await tab_with("MUG")
    await coupons.enter({"code": "NOPE", "place": "cart"})
    await (await tab.state(VisitState)).load()
    assert coupons.error == ""


async def test_a_code_for_the_delivery_says_what_it_waits_for() -> None:
    await stock_shop(MUG=5)
    await offer(name="Small", effect=AmountOff(100), currency="GBP")
    await offer("POST", FreeDelivery(), exclusive=True)
    tab, cart, coupons = await tab_with("MUG")
    await coupons.enter({"code": "post", "place": "cart"})
    assert (coupons.error, coupons.entered) == ("", 1)
    (lost,) = cart.cart.promotions.lost
    told = (await tab.state(ToastState)).toasts[0].text
    assert told
    assert told in lost.reason


async def test_a_code_for_an_empty_cart_waits_for_something_to_buy() -> None:
    _, _, coupons = await tab_with()
    await coupons.enter({"code": "SPRING10", "place": "elsewhere"})
    assert coupons.error == "Put something in your cart first."


async def test_an_outdone_code_is_explained_where_it_stands() -> None:
    await stock_shop(MUG=5)
    await offer("ALONE", exclusive=True, name="Members")
    _, cart, coupons = await tab_with("MUG", "MUG")
    await coupons.enter({"code": "ALONE", "place": "cart"})
    await offer(name="3 for 2", effect=BuyXGetY(2, 1))
    await cart.refresh()
    assert cart.cart.promotions.hint == "One more for “3 for 2”."
    await cart.add_item("MUG")
    assert cart.cart.promotions.goods == (SavingRow("3 for 2", "", "−£12.00"),)
    assert cart.cart.promotions.lost == (
        LostRow("Members", "ALONE", "It can't be combined with other offers, and “3 for 2” saves you more."),
    )


async def test_free_delivery_is_promised_in_the_cart_and_kept_at_the_checkout() -> None:
    await stock_shop(MUG=5)
    await offer("POST", FreeDelivery(), name="Free delivery")
    tab, cart, coupons = await tab_with("MUG")
    await coupons.enter({"code": "POST", "place": "cart"})
    assert cart.cart.promotions.delivery == (SavingRow("Free delivery", "POST", "at checkout"),)
    checkout = await tab.state(CheckoutState)
    await checkout.load()
    assert (checkout.totals.delivery, checkout.totals.total) == ("Free", "£12.00")
    assert checkout.totals.promotions.delivery == (SavingRow("Free delivery", "POST", "−£4.50"),)


async def test_a_code_entered_or_taken_off_in_the_checkout_changes_what_is_paid() -> None:
    await stock_shop(MUG=5)
    spring = await offer("SPRING")
    tab, _, coupons = await tab_with("MUG")
    checkout = await tab.state(CheckoutState)
    await checkout.load()
    assert checkout.totals.total == "£16.50"
    await coupons.enter({"code": "SPRING", "place": "aside"})
    await checkout.reprice()
    assert checkout.totals.total == "£15.30"
    assert checkout.totals.promotions.lines == (LineSaving("MUG", "SPRING", "−£1.20"),)
    await change(spring, ends_at=now() - timedelta(hours=1))
    await checkout.reprice()
    assert checkout.totals.total == "£16.50"
    (lost,) = checkout.totals.promotions.lost
    assert lost.reason.startswith("It ended on")
