"""Bad input: each has a designed answer, and nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.complaints import Complaints
from tests.e2e.flows import MUG, MUG_TITLE, someone, to_checkout
from tests.e2e.pages.cart import CartPage
from tests.e2e.pages.frame import StorePage
from tests.e2e.pages.orders import OrderPage
from tests.e2e.pages.product import ProductPage


@pytest.mark.parametrize(
    "path",
    ["/product/unknown-thing", "/product/%00", "/product/..%2F..%2Fetc", "/c/nowhere", "/nowhere/at/all"],
)
def test_an_address_that_leads_nowhere_offers_a_way_on(page: Page, complaints: Complaints, path: str) -> None:
    complaints.expect(r"status of 40[04]")
    StorePage(page).open(path)
    expect(page.get_by_test_id("not-found")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Search the shop")).to_be_visible()


@pytest.mark.parametrize("order_id", ["not-an-id", "0190a9f0-7b1a-7c00-8000-000000000000", "1%27%20OR%201=1"])
def test_an_order_nobody_has_is_not_found(page: Page, order_id: str) -> None:
    expect(OrderPage(page).open(f"/order/{order_id}").missing).to_be_visible()


@pytest.mark.parametrize(
    "query", ["page=0", "page=-3", "page=1e9", "page=99999999999999999999", "sort=;drop", "min=abc&max=-1"]
)
def test_a_meddled_listing_address_still_shows_a_listing(page: Page, query: str) -> None:
    StorePage(page).open(f"/search?{query}")
    expect(page.get_by_test_id("product-card").or_(page.get_by_test_id("no-results")).first).to_be_visible()


@pytest.mark.parametrize("quantity", ["0", "-1", "1000000000", "1.5", "1e3"])
def test_a_quantity_no_cart_can_hold_never_reaches_it(page: Page, quantity: str) -> None:
    product = ProductPage(page).open(MUG)
    product.quantity.fill(quantity)
    product.add_button.click()
    expect(product.quantity).to_have_js_property("validity.valid", False)
    product.expect_cart_count(0)


@pytest.mark.parametrize("quantity", ["-1", "1000000000", "1.5"])
def test_a_wrong_quantity_in_the_cart_is_told_and_put_right(page: Page, quantity: str) -> None:
    ProductPage(page).open(MUG).add_to_cart(2).close()
    cart = CartPage(page).open()
    cart.lines.set_quantity(MUG_TITLE, quantity)
    cart.expect_message("Please")
    expect(cart.lines.quantity(MUG_TITLE)).to_have_value("2")
    cart.expect_cart_count(2)


def test_an_emptied_quantity_field_changes_nothing(page: Page) -> None:
    ProductPage(page).open(MUG).add_to_cart(2).close()
    cart = CartPage(page).open()
    cart.lines.set_quantity(MUG_TITLE, "")
    expect(cart.lines.quantity(MUG_TITLE)).to_have_value("2")


def test_a_quantity_of_nothing_removes_the_line_which_can_be_put_back(page: Page) -> None:
    ProductPage(page).open(MUG).add_to_cart(2).close()
    cart = CartPage(page).open()
    cart.lines.set_quantity(MUG_TITLE, 0)
    expect(cart.empty).to_be_visible()
    cart.messages.get_by_role("button", name="Undo").click()
    expect(cart.lines.quantity(MUG_TITLE)).to_have_value("2")


def test_a_removed_line_can_be_put_back(page: Page) -> None:
    ProductPage(page).open(MUG).add_to_cart(3).close()
    cart = CartPage(page).open()
    cart.lines.remove(MUG_TITLE)
    expect(cart.empty).to_be_visible()
    cart.messages.get_by_role("button", name="Undo").click()
    expect(cart.lines.quantity(MUG_TITLE)).to_have_value("3")


def test_a_form_with_gaps_names_each_and_goes_to_the_first(page: Page) -> None:
    checkout = to_checkout(page)
    checkout.email.fill("not an address")
    page.get_by_role("button", name="Continue to address").click()
    expect(checkout.email).to_be_focused()
    expect(checkout.email).to_have_attribute("aria-invalid", "true")

    checkout.give_contact(someone())
    page.get_by_label("Full name").fill("Ada Fern")
    page.get_by_role("button", name="Continue to delivery").click()
    expect(page.get_by_label("Street and number")).to_be_focused()
    expect(page.get_by_label("Street and number")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Full name")).to_have_value("Ada Fern")


def test_a_slow_press_after_a_field_was_mended_still_counts(page: Page) -> None:
    checkout = to_checkout(page)
    checkout.email.fill("not an address")
    onwards = page.get_by_role("button", name="Continue to address")
    onwards.click()
    expect(checkout.email).to_have_attribute("aria-invalid", "true")
    checkout.email.fill(someone())
    onwards.hover()
    page.mouse.down()
    page.wait_for_timeout(400)
    page.mouse.up()
    expect(page.get_by_label("Full name")).to_be_visible()


def test_card_fields_with_a_slip_are_marked_and_nothing_is_ordered(page: Page) -> None:
    checkout = to_checkout(page).fill(someone())
    checkout.card.frame.get_by_label("Card number").fill("4242 4242 4242 4241")
    checkout.pay_button.click()
    expect(checkout.card.frame.get_by_text("Check your card number.")).to_be_visible()
    expect(checkout.pay_button).to_be_enabled()


def test_an_empty_checkout_offers_a_way_on(page: Page) -> None:
    StorePage(page).open("/checkout")
    expect(page.get_by_test_id("checkout-empty")).to_be_visible()
