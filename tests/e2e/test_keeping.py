"""What people keep: saved for later, wished for, brought along by signing in; and a press counts once."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.flows import MUG, MUG_TITLE, SOCKS, SOCKS_TITLE, register
from tests.e2e.pages.cart import CartPage
from tests.e2e.pages.frame import StorePage
from tests.e2e.pages.product import ProductPage
from tests.e2e.pages.sign_in import SignInPage


def test_a_double_click_adds_one_and_leaves_the_cart_open(page: Page) -> None:
    product = ProductPage(page).open(MUG)
    product.add_button.dblclick()
    expect(page.get_by_role("dialog", name="Your cart")).to_be_visible()
    product.expect_cart_count(1)
    page.wait_for_timeout(500)
    product.expect_cart_count(1)


def test_two_presses_add_two(page: Page) -> None:
    product = ProductPage(page).open(MUG)
    for count in (1, 2):
        product.add_to_cart().close()
        product.expect_cart_count(count)


def test_a_press_that_is_sent_twice_adds_once(page: Page) -> None:
    """As after a connection was lost between the press and its answer."""
    product = ProductPage(page).open(MUG)
    page.evaluate(
        """() => document.getElementById("buy").addEventListener("submit", () => {
            const form = document.getElementById("buy");
            if (!form.dataset.again) { form.dataset.again = "yes"; setTimeout(() => form.requestSubmit(), 50); }
        })"""
    )
    product.add_button.click()
    page.wait_for_timeout(800)
    product.expect_cart_count(1)


def test_a_line_is_saved_for_later_and_comes_back(page: Page) -> None:
    ProductPage(page).open(MUG).add_to_cart(2).close()
    cart = CartPage(page).open()
    page.get_by_role("main").get_by_role("button", name=f"Save for later: {MUG_TITLE}").click()
    saved = page.get_by_test_id("saved-line")
    expect(saved).to_have_count(1)
    expect(cart.empty).to_be_visible()
    page.reload()
    expect(saved).to_contain_text("2 ×")
    saved.get_by_role("button", name="Move to cart").click()
    expect(cart.lines.quantity(MUG_TITLE)).to_have_value("2")
    expect(saved).to_have_count(0)


def test_a_removed_line_comes_back_where_it_was(page: Page) -> None:
    ProductPage(page).open(MUG).add_to_cart(2).close()
    ProductPage(page).open(SOCKS).add_to_cart().close()
    cart = CartPage(page).open()
    cart.lines.remove(MUG_TITLE)
    expect(cart.lines.all).to_have_count(1)
    cart.messages.get_by_role("button", name="Undo").click()
    expect(cart.lines.all).to_have_count(2)
    expect(cart.lines.all.first).to_contain_text(MUG_TITLE)
    expect(cart.lines.quantity(MUG_TITLE)).to_have_value("2")


def test_a_heart_on_a_card_fills_the_wish_list_from_which_one_buys(page: Page) -> None:
    listing = StorePage(page).open("/c/table")
    heart = page.get_by_test_id("wish-heart").first
    name = heart.get_attribute("aria-label") or ""
    expect(heart).to_have_attribute("aria-pressed", "false")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("link", name="Wish list, 1 thing")).to_be_visible()
    assert page.url.endswith("/c/table")
    page.reload()
    listing.arrived()
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Wish list, 1 thing").click()
    wish = page.get_by_test_id("wish")
    expect(wish).to_contain_text(name.removeprefix("Wish for "))
    wish.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("dialog", name="Your cart")).to_be_visible()
    listing.expect_cart_count(1)
    page.keyboard.press("Escape")
    page.get_by_test_id("drop-wish").click()
    expect(page.get_by_test_id("wish-list-empty")).to_be_visible()
    listing.messages.get_by_role("button", name="Undo").click()
    expect(wish).to_have_count(1)


def test_a_heart_that_is_refused_is_empty_again(page: Page) -> None:
    product = ProductPage(page).open(MUG)
    heart = page.get_by_role("main").get_by_test_id("wish-heart").first
    page.context.clear_cookies()
    page.reload()
    product.arrived()
    page.evaluate("document.querySelector('.buy-heart').click()")
    expect(heart).to_have_attribute("aria-pressed", "true")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "false")


def test_signing_in_says_what_came_along_and_undo_leaves_it_out(
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
    cart.expect_message("Added 2 items from before you signed in.")
    cart.messages.get_by_role("button", name="Undo").click()
    expect(guest.get_by_test_id("saved-line")).to_contain_text(MUG_TITLE)
    expect(cart.lines.all).to_have_count(1)
    expect(cart.lines.of(SOCKS_TITLE)).to_have_count(1)
    cart.expect_cart_count(1)
