"""Signing in and out, and what belongs to whom."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.complaints import Complaints
from tests.e2e.conftest import PATIENCE_MS
from tests.e2e.flows import MUG, MUG_TITLE, SOCKS, SOCKS_TITLE, buy, order_id, register, someone, to_checkout
from tests.e2e.pages.card import ACCEPTED
from tests.e2e.pages.cart import CartPage
from tests.e2e.pages.checkout import Recipient
from tests.e2e.pages.orders import OrderPage
from tests.e2e.pages.product import ProductPage
from tests.e2e.pages.shop import HomePage
from tests.e2e.pages.sign_in import SignInPage


def test_the_guests_cart_is_there_after_signing_in(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    newcomer = register(page)
    ProductPage(page).open(SOCKS).add_to_cart()

    guest = new_context().new_page()
    ProductPage(guest).open(MUG).add_to_cart(2).close()
    cart = CartPage(guest).open()
    cart.go_to_sign_in()
    SignInPage(guest).arrived().sign_in(newcomer.email, newcomer.password)

    guest.wait_for_url("**/cart")
    cart.arrived()
    expect(cart.lines.quantity(MUG_TITLE)).to_have_value("2")
    expect(cart.lines.of(SOCKS_TITLE)).to_have_count(1)
    cart.expect_cart_count(3)


def test_signing_out_leaves_nothing_behind(page: Page) -> None:
    register(page)
    buy_page = ProductPage(page).open(MUG)
    buy_page.add_to_cart().close()

    buy_page.sign_out()

    home = HomePage(page).open()
    home.expect_cart_count(0)
    home.open_account_menu()
    expect(page.get_by_test_id("sign-in").filter(visible=True)).to_be_visible()


def test_signing_out_ends_the_session_at_the_provider_too(page: Page) -> None:
    newcomer = register(page)
    home = HomePage(page).open()
    home.sign_out()
    home.arrived().open_account_menu()
    page.get_by_test_id("sign-in").filter(visible=True).click()
    SignInPage(page).arrived().sign_in(newcomer.email, newcomer.password)
    home.arrived().expect_signed_in_as(newcomer.first_name)


def test_signing_out_at_the_provider_ends_the_session_here(page: Page) -> None:
    register(page)
    issuer = urlsplit(os.environ["OIDC_ISSUER"])
    provider = page.context.new_page()
    provider.goto(f"{issuer.scheme}://{issuer.netloc}/t/larkspur/myaccount")
    provider.get_by_role("button", name="Sign out everywhere").click()
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while page.request.get("/api/v1/me").ok and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    home = HomePage(page).open()
    home.open_account_menu()
    expect(page.get_by_test_id("sign-in").filter(visible=True)).to_be_visible()


def test_a_return_from_signing_out_that_nobody_asked_for_is_explained(page: Page) -> None:
    page.goto("/auth/signed-out?state=made-up")
    problem = page.get_by_test_id("sign-in-problem")
    expect(problem.get_by_role("heading")).to_have_text("You are signed out here")
    problem.get_by_role("link", name="To the front page").click()
    HomePage(page).arrived()


def test_a_wrong_password_is_told_and_the_way_back_leads_to_the_store(
    page: Page, complaints: Complaints
) -> None:
    complaints.expect("status of 422")
    CartPage(page).open().go_to_sign_in()
    provider = SignInPage(page).arrived()
    provider.sign_in("shopper", "not the password")
    expect(page.get_by_role("alert")).to_be_visible()

    provider.cancel()

    problem = page.get_by_test_id("sign-in-problem")
    expect(problem).to_be_visible()
    expect(problem.get_by_role("link", name="Try again")).to_have_attribute(
        "href", "/auth/login?return_to=%2Fcart"
    )


def test_a_callback_with_a_foreign_state_ends_on_a_page_that_explains(page: Page) -> None:
    page.goto("/auth/callback?state=not-ours&code=stolen")
    expect(page.get_by_test_id("sign-in-problem")).to_be_visible()
    HomePage(page).open().open_account_menu()
    expect(page.get_by_test_id("sign-in").filter(visible=True)).to_be_visible()


def test_an_order_of_an_account_is_shown_to_nobody_else(
    page: Page, page_of: Callable[..., Page], new_context: Callable[..., BrowserContext]
) -> None:
    register(page)
    checkout = to_checkout(page)
    checkout.give_address(Recipient())
    checkout.choose_delivery()
    checkout.place_order(ACCEPTED)
    address = f"/order/{order_id(page)}"

    for stranger in (new_context().new_page(), page_of("shopper")):
        expect(OrderPage(stranger).open(address).missing).to_be_visible()


def test_a_guest_who_lost_the_cookies_still_opens_the_order_by_its_address(
    page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    number = buy(page, someone()).number
    order = OrderPage(new_context().new_page()).open(f"/order/{order_id(page)}")
    expect(order.heading).to_contain_text(number)
