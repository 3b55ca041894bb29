"""Several tabs of one browser, and a tab that outlives its session."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import APIRequestContext, BrowserContext, Page, expect

from tests.e2e.flows import MUG, register, someone, to_checkout
from tests.e2e.pages.orders import OrdersPage
from tests.e2e.pages.product import ProductPage
from tests.e2e.pages.shop import HomePage


def followed(page: Page, other: Page, kind: str) -> None:
    """Wait until both tabs know that they belong to the same session: a guest's (g) or a user's (u)."""
    mark = page.locator(f"#session-mark[data-session^={kind}]")
    expect(mark).to_be_attached()
    expect(other.locator("#session-mark")).to_have_attribute(
        "data-session", mark.get_attribute("data-session") or ""
    )


def test_other_tabs_follow_a_sign_in_and_a_sign_out_at_once(page: Page) -> None:
    other = page.context.new_page()
    other_home = HomePage(other).open()

    newcomer = register(page)
    followed(page, other, "u")
    other_home.arrived().open_account_menu()
    expect(other.get_by_test_id("account-name").filter(visible=True)).to_contain_text(newcomer.email)

    HomePage(page).sign_out()
    followed(page, other, "g")
    expect(other.get_by_test_id("account-name")).to_have_count(0)
    other_home.arrived().open_account_menu()
    expect(other.get_by_test_id("sign-in").filter(visible=True)).to_be_visible()


def test_a_page_of_ones_own_is_gone_from_every_tab_after_signing_out(page: Page) -> None:
    newcomer = register(page)
    other = page.context.new_page()
    ProductPage(other).open(MUG).add_to_cart()
    orders = OrdersPage(page).open()

    HomePage(other).open().sign_out()

    expect(page.locator("body")).not_to_contain_text(newcomer.email)
    orders.expect_cart_count(0)


def test_a_guest_in_the_middle_of_a_form_is_asked_before_the_page_is_loaded_again(page: Page) -> None:
    checkout = to_checkout(page)
    email = someone()
    checkout.email.fill(email)

    register(page.context.new_page())

    again = page.get_by_test_id("load-again")
    expect(again).to_be_visible()
    expect(checkout.email).to_have_value(email)
    again.click()
    checkout.arrived()
    expect(again).to_be_hidden()


def test_a_tab_whose_session_was_ended_elsewhere_shows_nothing_of_it_after_the_next_click(
    page: Page, new_context: Callable[..., BrowserContext], base_url: str
) -> None:
    newcomer = register(page)
    product = ProductPage(page).open(MUG)
    _end_session(page.request, base_url)

    page.get_by_role("button", name="Add to cart").filter(visible=True).first.click()

    expect(page.locator("body")).not_to_contain_text(newcomer.email)
    product.arrived().open_account_menu()
    expect(page.get_by_test_id("sign-in").filter(visible=True)).to_be_visible()
    product.expect_cart_count(0)


def _end_session(request: APIRequestContext, base_url: str) -> None:
    """The person signs out with these cookies, but no page of this browser hears of it."""
    request.post("/auth/logout", headers={"Origin": base_url}, max_redirects=0)
