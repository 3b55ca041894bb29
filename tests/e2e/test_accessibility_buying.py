"""What a shopper's pages turn into on the way is as accessible as the pages as they open: lists that fill, messages,
menus, a countdown, other countries' addresses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.flows import MUG, SOCKS, SOCKS_TITLE, register, someone, to_checkout
from tests.e2e.looks import Look, examine
from tests.e2e.pages.card import ACCEPTED
from tests.e2e.pages.cart import CartPage
from tests.e2e.pages.checkout import CheckoutPage, Recipient
from tests.e2e.pages.frame import StorePage
from tests.e2e.pages.product import ProductPage
from tests.e2e.pages.sign_in import SignInPage
from tests.e2e.world import Holds, Warehouse

BULBS = ProductPage.path_of("spring-border-bulbs", "BUL-SPR-NAR-10")
SELLS_OUT_SKU = "MUG-BIL-RUS"
SELLS_OUT = ProductPage.path_of("billy-enamel-mug", SELLS_OUT_SKU)


def filled(page: Page) -> CartPage:
    """A cart with an offer that applies by itself."""
    ProductPage(page).open(BULBS).add_to_cart(6).close()
    ProductPage(page).open(MUG).add_to_cart(2).close()
    return CartPage(page).open()


def test_a_cart_with_codes_that_apply_and_one_that_does_not(page: Page) -> None:
    ProductPage(page).open(MUG).add_to_cart(2).close()
    cart = CartPage(page).open()
    cart.enter_code("no-such-code")
    expect(page.get_by_test_id("code-error").filter(visible=True)).to_be_visible()
    examine(cart)
    for code, name in (("welcome10", "Welcome"), ("staff25", "Staff price")):
        cart.enter_code(code)
        expect(cart.savings.filter(has_text=name)).to_be_visible()
    expect(cart.lost_promotions).to_contain_text("WELCOME10")
    examine(cart)


def test_a_cart_with_a_sold_out_line_and_things_saved_for_later(page: Page, warehouse: Warehouse) -> None:
    for article in (SOCKS, SELLS_OUT):
        ProductPage(page).open(article).add_to_cart().close()
    cart = filled(page)
    cart.save_for_later(SOCKS_TITLE)
    expect(page.get_by_test_id("saved-line")).to_have_count(1)
    warehouse.set_on_hand(SELLS_OUT_SKU, 0)
    try:
        cart.open()
        expect(page.get_by_test_id("line-problem").filter(visible=True)).to_be_visible()
        examine(cart)
        cart.cart_button.click()
        expect(page.get_by_role("dialog", name="Your cart").get_by_test_id("saved-hint")).to_be_visible()
        examine(cart)
    finally:
        warehouse.set_on_hand(SELLS_OUT_SKU, 34)


def test_a_wish_list_with_something_on_it(page: Page) -> None:
    listing = StorePage(page).open("/c/table")
    for heart in page.get_by_test_id("wish-heart").all()[:3]:
        heart.click()
        expect(heart).to_have_attribute("aria-pressed", "true")
    wishes = listing.open("/wishlist")
    expect(page.get_by_test_id("wish")).to_have_count(3)
    examine(wishes)
    page.get_by_test_id("drop-wish").first.click()
    expect(wishes.messages.get_by_role("button", name="Undo")).to_be_visible()
    examine(wishes)


def test_the_message_of_what_came_along_by_signing_in(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    newcomer = register(page)
    ProductPage(page).open(SOCKS).add_to_cart()
    guest = new_context().new_page()
    ProductPage(guest).open(MUG).add_to_cart().close()
    cart = CartPage(guest).open()
    cart.go_to_sign_in()
    SignInPage(guest).arrived().sign_in(newcomer.email, newcomer.password)
    guest.wait_for_url("**/cart")
    cart.arrived().expect_message("from before you signed in")
    examine(cart)


def test_the_choice_of_a_currency(page: Page) -> None:
    product = ProductPage(page).open(MUG)
    page.get_by_test_id("currency-button").click()
    expect(page.get_by_test_id("currency-EUR").filter(visible=True)).to_be_visible()
    examine(product)
    Look("light", 390).put_on(page)
    product.open(MUG)
    page.get_by_test_id("menu").click()
    expect(page.get_by_role("dialog", name="Menu").get_by_test_id("currency-EUR")).to_be_visible()
    examine(product)


def test_a_countdown_that_nears_its_end_and_its_end(page: Page, holds: Holds) -> None:
    checkout = to_checkout(page)
    expect(checkout.hold).to_contain_text("Held for you for")
    checkout.count_from(59)
    expect(checkout.hold).to_have_attribute("data-hold-urgent", "")
    examine(checkout)
    holds.end_in(page.context, -1)
    checkout.count_to_the_end()
    expect(checkout.hold_again).to_be_visible()
    examine(checkout)


@pytest.mark.parametrize("country", ["Germany", "United States"])
def test_an_address_as_it_is_written_elsewhere(page: Page, country: str) -> None:
    checkout = to_checkout(page)
    checkout.give_contact(someone())
    page.get_by_label("Country").select_option(label=country)
    expect(page.get_by_label("ZIP code" if country == "United States" else "Postal code")).to_be_visible()
    page.get_by_role("button", name="Continue to delivery").click()
    expect(page.get_by_label("Street and number")).to_have_attribute("aria-invalid", "true")
    examine(checkout)


def test_the_choice_of_a_delivery_and_the_order_with_what_was_taken_off(page: Page) -> None:
    cart = filled(page)
    cart.enter_code("onthehouse")
    expect(cart.savings.first).to_be_visible()
    cart.check_out()
    checkout = CheckoutPage(page).arrived()
    checkout.give_contact(someone())
    checkout.give_address(Recipient())
    examine(checkout)
    checkout.choose_delivery()
    confirmation = checkout.place_order(ACCEPTED)
    examine(confirmation)
    examine(confirmation.follow())
