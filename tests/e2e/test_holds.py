"""What the checkout holds for a shopper, as they see it: the countdown, its end, other tabs, other buyers."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.flows import MUG, order_id, someone, to_checkout
from tests.e2e.pages.card import ACCEPTED, DECLINED
from tests.e2e.pages.cart import CartPage
from tests.e2e.pages.checkout import CheckoutPage
from tests.e2e.pages.product import ProductPage
from tests.e2e.world import Gateway, Holds, Warehouse

BLUEBELLS_SKU = "BUL-WOO-BLU-50"
BLUEBELLS = ProductPage.path_of("woodland-corner-bulbs", BLUEBELLS_SKU)


def held(page: Page, product: str = MUG, quantity: int = 1) -> CheckoutPage:
    """At the checkout, and the countdown has begun."""
    checkout = to_checkout(page, product, quantity)
    expect(checkout.hold).to_contain_text("Held for you for")
    return checkout


def test_the_countdown_runs_and_a_reload_goes_on_with_it(page: Page, holds: Holds) -> None:
    checkout = held(page)
    assert 540 < checkout.seconds_held <= 600
    expect(checkout.hold).not_to_contain_text(checkout.hold.inner_text())

    holds.end_in(page.context, 200)
    page.reload()
    checkout.arrived()

    expect(checkout.hold).to_contain_text(re.compile(r"\b[23]:\d\d"))
    assert 150 < checkout.seconds_held <= 200


def test_doing_something_begins_the_time_anew_and_looking_at_the_shop_does_not(
    page: Page, holds: Holds
) -> None:
    checkout = held(page)
    holds.end_in(page.context, 235)
    page.get_by_role("link", name="Back to cart").click()
    CartPage(page).arrived().check_out()
    checkout.arrived()
    expect(checkout.hold).to_contain_text("Held for you for 3:")

    checkout.give_contact(someone())
    page.get_by_label("Country").select_option(label="France")

    expect(checkout.hold).to_contain_text("Held for you for 9:")


def test_the_end_is_told_and_the_items_are_held_again_and_paid(page: Page, holds: Holds) -> None:
    checkout = to_checkout(page).fill(someone())
    holds.end_in(page.context, -1)
    checkout.count_to_the_end()

    expect(checkout.hold).to_contain_text("Your items are no longer held. They are still in your cart.")
    assert page.locator("#hold [role=status]", has_text="no longer held").count() == 1
    checkout.hold_again.click()

    expect(checkout.hold).to_contain_text("Held for you for")
    expect(checkout.hold).to_be_focused()
    confirmation = checkout.place_order(ACCEPTED)
    expect(confirmation.heading).to_have_text("Thank you. Your order is in.")


def test_paying_when_the_time_is_over_pays_if_nobody_was_quicker(
    page: Page, holds: Holds, gateway: Gateway
) -> None:
    checkout = to_checkout(page).fill(someone())
    holds.end_in(page.context, -1)
    checkout.count_to_the_end()
    expect(checkout.hold_again).to_be_visible()

    checkout.place_order(ACCEPTED)

    assert gateway.charges_of(order_id(page)) == 1


def test_a_clock_that_is_set_back_meanwhile_lengthens_nothing(page: Page) -> None:
    checkout = held(page)
    page.evaluate("const now = Date.now; Date.now = () => now() - 3_600_000")
    expect(checkout.hold).not_to_contain_text(checkout.hold.inner_text())
    assert 540 < checkout.seconds_held <= 600


def test_two_minutes_before_the_end_it_is_said_and_under_one_minute_it_looks_urgent(page: Page) -> None:
    checkout = held(page)
    told = page.locator("[data-hold-told]")
    expect(told).to_be_empty()
    checkout.count_from(121)
    expect(told).to_have_text("Your items are held for 2 more minutes.")
    expect(checkout.hold).not_to_have_attribute("data-hold-urgent", "")
    checkout.count_from(61)
    expect(checkout.hold).to_have_attribute("data-hold-urgent", "")


def test_two_tabs_count_the_same_hold_and_the_end_in_one_is_the_end_in_both(page: Page, holds: Holds) -> None:
    first = held(page)
    holds.end_in(page.context, 235)
    second = CheckoutPage(page.context.new_page()).open()
    expect(second.hold).to_contain_text("Held for you for 3:")

    holds.end_in(page.context, -1)
    for tab in (first, second):
        tab.count_to_the_end()
        expect(tab.hold_again).to_be_visible()
    first.hold_again.click()
    expect(first.hold).to_contain_text("Held for you for")
    second.page.reload()
    expect(second.arrived().hold).to_contain_text("Held for you for 9:")


def test_back_from_the_shop_finds_the_same_time(page: Page, holds: Holds) -> None:
    checkout = held(page)
    holds.end_in(page.context, 295)
    page.reload()
    checkout.arrived()
    page.goto("/")

    page.go_back()

    checkout.arrived()
    expect(checkout.hold).to_contain_text("Held for you for 4:")


def test_a_declined_card_leaves_the_items_held_for_the_order(page: Page) -> None:
    checkout = to_checkout(page).fill(someone())
    checkout.pay(DECLINED)
    expect(checkout.problem).to_contain_text("declined")
    expect(checkout.hold).to_have_text("Held for you while your order waits for its payment.")
    checkout.place_order(ACCEPTED)


def test_fewer_in_another_tab_are_at_once_for_others_and_the_last_goes_to_who_comes_after_the_end(
    page: Page, new_context: Callable[..., BrowserContext], warehouse: Warehouse, holds: Holds
) -> None:
    warehouse.set_on_hand(BLUEBELLS_SKU, 2)
    try:
        mine = held(page, BLUEBELLS, quantity=2)
        theirs = ProductPage(new_context().new_page()).open(BLUEBELLS)
        expect(theirs.stock).to_contain_text("out", ignore_case=True)

        cart = CartPage(page.context.new_page()).open()
        cart.lines.set_quantity("Woodland corner bulbs", 1)
        expect(cart.subtotal).to_have_text("£24.00")
        theirs.open(BLUEBELLS).add_to_cart()

        holds.end_in(page.context, -1)
        other = theirs.page
        CartPage(other).open().lines.set_quantity("Woodland corner bulbs", 2)
        CartPage(other).check_out()
        expect(CheckoutPage(other).arrived().hold).to_contain_text("Held for you for")

        mine.page.reload()
        expect(mine.arrived().changes).to_contain_text("Sold out since you added it.")
        expect(mine.hold).to_contain_text("no longer held")
    finally:
        warehouse.set_on_hand(BLUEBELLS_SKU, 18)


def test_the_drawer_of_the_shop_says_nothing_of_holds(page: Page) -> None:
    held(page)
    page.goto(MUG)
    expect(ProductPage(page).arrived().heading).to_be_visible()
    expect(page.get_by_text("Held for you")).to_have_count(0)
