"""Payments that don't go straight through: reloads, closed and second tabs, sessions and stock that end meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.e2e.complaints import Complaints
from tests.e2e.conftest import PATIENCE_MS
from tests.e2e.flows import (
    MUG,
    MUG_TITLE,
    SOCKS,
    SOCKS_TITLE,
    buy,
    order_id,
    register,
    sign_in_with,
    someone,
    to_checkout,
)
from tests.e2e.pages.account import SessionsPage
from tests.e2e.pages.card import ACCEPTED, ASKS_THE_BANK, TAKES_TIME, BankPage
from tests.e2e.pages.cart import CartPage
from tests.e2e.pages.checkout import CheckoutPage
from tests.e2e.pages.orders import Confirmation, OrdersPage
from tests.e2e.pages.product import ProductPage
from tests.e2e.world import Gateway, Warehouse

EVENTS = re.compile("/_event/")
KETTLE_SKU = "KET-WHI-BUT"
KETTLE = ProductPage.path_of("whistling-hob-kettle", KETTLE_SKU)


def test_a_reload_in_the_middle_keeps_what_was_typed(page: Page) -> None:
    email = someone()
    checkout = to_checkout(page)
    checkout.give_contact(email)

    page.reload()

    checkout.arrived().edit("contact")
    expect(checkout.email).to_have_value(email)


def test_a_line_that_is_cut_leaves_what_is_being_typed(page: Page) -> None:
    lines: list[WebSocketRoute] = []

    def through(line: WebSocketRoute) -> None:
        line.connect_to_server()
        lines.append(line)

    page.route_web_socket(EVENTS, through)
    checkout = to_checkout(page)
    checkout.give_contact(someone())
    checkout.field("Full name").press_sequentially("Ada Fe")

    countdown = page.locator("[data-hold]")
    before = countdown.get_attribute("data-hold") or ""
    lines[-1].close()
    checkout.field("Full name").press_sequentially("rn")
    expect(countdown).not_to_have_attribute("data-hold", before)

    expect(checkout.field("Full name")).to_have_value("Ada Fern")
    expect(checkout.field("Full name")).to_be_focused()


def test_a_page_that_cannot_be_filled_says_so_and_fills_itself(page: Page, complaints: Complaints) -> None:
    away = True
    complaints.expect("status of 503")
    page.route("**/api/v1/health/ready", lambda asked: asked.fulfill(status=503 if away else 200))
    page.route_web_socket(EVENTS, lambda line: None if away else line.connect_to_server())
    for path in ("/orders", "/checkout"):
        page.goto(path)
        expect(page.get_by_test_id("out-of-reach")).to_be_visible()
        expect(page.get_by_test_id("loading")).to_be_visible()

    away = False

    expect(page.get_by_test_id("checkout-empty")).to_be_visible(timeout=3 * PATIENCE_MS)
    expect(page.get_by_test_id("out-of-reach")).to_be_hidden()


def test_a_tab_closed_while_the_bank_is_working_leaves_a_paid_order(
    page: Page, context: BrowserContext
) -> None:
    checkout = to_checkout(page).fill(someone())
    checkout.card.fill(TAKES_TIME)
    checkout.pay_button.click()
    expect(checkout.pay_button).to_be_disabled()
    page.close()

    later = OrdersPage(context.new_page())
    assert any(later.open().cards.count() for _ in range(20))
    number = later.cards.get_by_role("link").inner_text()
    order = later.follow(number)
    expect(order.status).to_have_text("Paid")


def test_an_order_left_at_the_banks_question_is_completed_from_my_orders(
    page: Page, context: BrowserContext, gateway: Gateway
) -> None:
    checkout = to_checkout(page).fill(someone())
    checkout.pay(ASKS_THE_BANK)
    BankPage(page).arrived()
    page.close()

    orders = OrdersPage(context.new_page()).open()
    orders.follow(orders.cards.get_by_role("link").inner_text()).complete_payment(ACCEPTED)
    assert gateway.charges_of(order_id(orders.page)) == 1


def test_two_tabs_share_the_cart(page: Page, context: BrowserContext) -> None:
    other = context.new_page()
    ProductPage(page).open(MUG).add_to_cart()
    drawer = ProductPage(other).open(SOCKS).add_to_cart()
    expect(drawer.lines.all).to_have_count(2)
    CartPage(page).open().lines.remove(SOCKS_TITLE)
    expect(CartPage(page).lines.all).to_have_count(1)
    expect(CartPage(other).open().lines.of(MUG_TITLE)).to_have_count(1)


def test_paying_in_two_tabs_pays_once(page: Page, context: BrowserContext, gateway: Gateway) -> None:
    email = someone()
    first = to_checkout(page).fill(email)
    second = CheckoutPage(context.new_page()).open().fill(email)
    for checkout in (first, second):
        checkout.card.fill(ACCEPTED)
        expect(checkout.pay_button).to_be_enabled()

    buttons = [checkout.pay_button.element_handle() for checkout in (first, second)]
    for button in buttons:  # the second may be gone by then
        button.evaluate("(button) => button.click()")

    Confirmation(page).arrived()
    expect(second.page.get_by_test_id("place-order")).to_be_hidden()
    expect(OrdersPage(page).open().cards).to_have_count(1)
    OrdersPage(page).cards.get_by_role("link").click()
    page.wait_for_url("**/order/*")
    assert gateway.charges_of(order_id(page)) == 1


def test_back_after_paying_offers_nothing_to_pay(page: Page) -> None:
    buy(page, someone())
    page.go_back()
    expect(page.get_by_test_id("place-order")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_what_sells_out_while_it_is_looked_at_can_be_added_no_more(page: Page, warehouse: Warehouse) -> None:
    product = ProductPage(page).open(KETTLE)
    warehouse.set_on_hand(KETTLE_SKU, 0)
    try:
        expect(product.add_button).to_be_disabled()
        expect(product.add_button).to_have_text("Sold out")
        expect(page.get_by_test_id("cart-count")).to_have_count(0)
    finally:
        warehouse.set_on_hand(KETTLE_SKU, 16)


def test_what_sells_out_during_the_checkout_is_explained_and_the_rest_can_be_bought(
    page: Page, warehouse: Warehouse
) -> None:
    sku, title = "TIN-CAD-PLU-125", "Caddy tea tin"
    ProductPage(page).open(ProductPage.path_of("caddy-tea-tin", sku)).add_to_cart().close()
    checkout = to_checkout(page).fill(someone())
    warehouse.set_on_hand(sku, 0)
    try:
        expect(checkout.pay_button).to_be_hidden()
        expect(checkout.changes).to_contain_text(title)
        expect(checkout.changes).to_contain_text("Nothing was charged")
        checkout.changes.get_by_role("button", name="Go on with what there is").click()
        expect(checkout.changes).to_be_hidden()
        checkout.place_order(ACCEPTED)
    finally:
        warehouse.set_on_hand(sku, 24)


def test_a_session_that_ends_during_the_checkout_says_so(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    who = register(page)
    checkout = to_checkout(page)
    elsewhere = SessionsPage(sign_in_with(new_context().new_page(), who)).open()
    elsewhere.sign_out_elsewhere()

    checkout.page.get_by_label("Country").select_option(label="France")

    expect(page.get_by_test_id("session-ended")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name="Sign in")).to_be_visible()
