"""Nothing jumps while a page fills, and a page of twice the size still fits."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.flows import MUG, to_checkout
from tests.e2e.looks import Look, overflowing
from tests.e2e.pages.cart import CartPage
from tests.e2e.pages.checkout import CheckoutPage
from tests.e2e.pages.frame import StorePage
from tests.e2e.pages.product import ProductPage
from tests.e2e.pages.staff import StaffPage
from tests.e2e.world import Holds

MOST_SHIFT = 0.02
"""Cumulative layout shift; a fifth of what counts as good (https://web.dev/articles/cls)."""
COUNT_SHIFTS = """
  window.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
STAFF = (
    "/admin/stock",
    "/admin/stock/RUG-THR-OLI-120X180",
    "/admin/promotions",
    "/admin/promotions/new",
    "/admin/promotions/simulator",
    "/admin/delivery",
    "/admin/taxes",
    "/admin/price-lists",
    "/admin/price-lists/EUR",
)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["/", "/c/table", "/search?q=mug", MUG, "/cart", "/wishlist", "/orders"])
def test_nothing_jumps_while_a_page_fills(page: Page, path: str, width: int) -> None:
    page.add_init_script(COUNT_SHIFTS)
    Look("light", width).put_on(page)
    StorePage(page).open(path)
    assert shifted(page) < MOST_SHIFT


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", STAFF)
def test_nothing_jumps_while_a_staff_page_fills(page_of: Callable[..., Page], path: str, width: int) -> None:
    page = page_of("ada")
    page.add_init_script(COUNT_SHIFTS)
    Look("light", width).put_on(page)
    StaffPage(page).open(path)
    assert shifted(page) < MOST_SHIFT


@pytest.mark.parametrize("path", STAFF)
def test_a_staff_page_that_waits_for_its_content_says_so(page_of: Callable[..., Page], path: str) -> None:
    """And shows no figures or fields that aren't any yet."""
    page = page_of("ada")
    page.route_web_socket("**/_event/**", lambda socket: None)
    page.goto(path)
    expect(page.get_by_test_id("loading")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button", name=re.compile("Save|Write|Ask"))).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_jumps_while_a_filled_cart_and_its_checkout_come(page: Page, width: int) -> None:
    ProductPage(page).open(MUG).add_to_cart(2).close()
    page.add_init_script(COUNT_SHIFTS)
    Look("light", width).put_on(page)
    CartPage(page).open()
    assert shifted(page) < MOST_SHIFT
    CheckoutPage(page).open()
    assert shifted(page) < MOST_SHIFT


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_jumps_when_the_countdown_has_come_to_its_end(page: Page, holds: Holds, width: int) -> None:
    Look("light", width).put_on(page)
    checkout = to_checkout(page)
    expect(checkout.hold).to_contain_text("Held for you for")
    holds.end_in(page.context, -1)
    page.evaluate("document.fonts.ready.then(() => true)")
    below = checkout.section("contact").bounding_box()
    checkout.count_to_the_end()
    expect(checkout.hold_again).to_be_visible()
    assert checkout.section("contact").bounding_box() == below


@pytest.mark.parametrize("path", ["/", "/c/table", MUG, "/cart", "/wishlist", "/checkout"])
def test_at_twice_the_size_everything_fits(page: Page, path: str) -> None:
    """WCAG 2.2, 1.4.4: a laptop of 1280 px zoomed to 200 % has room for 640."""
    Look("light", 1280 // 2).put_on(page)
    StorePage(page).open(path)
    assert overflowing(page) == []


@pytest.mark.parametrize("path", STAFF)
def test_at_twice_the_size_a_staff_page_fits(page_of: Callable[..., Page], path: str) -> None:
    page = page_of("ada")
    Look("light", 1280 // 2).put_on(page)
    StaffPage(page).open(path)
    assert overflowing(page) == []


def shifted(page: Page) -> float:
    """How much of the page has jumped so far, once all has come."""
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("load")
    total: float = page.evaluate("window.layoutShift")
    return total
