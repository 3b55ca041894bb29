"""What happens elsewhere is seen at once on open pages, also on those that another process serves."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.conftest import DATABASES, with_database
from tests.e2e.flows import someone, to_checkout
from tests.e2e.neighbour import neighbour
from tests.e2e.pages.card import ACCEPTED
from tests.e2e.pages.cart import CartPage
from tests.e2e.pages.checkout import CheckoutPage
from tests.e2e.pages.product import ProductPage
from tests.e2e.world import Warehouse

TROWEL_SKU = "TRO-TRA-STA"
TROWEL = ProductPage.path_of("transplanting-trowel", TROWEL_SKU)
TROWEL_TITLE = "Transplanting trowel"
NARROW_TROWEL_SKU = "TRO-TRA-NAR"
NARROW_TROWEL = ProductPage.path_of("transplanting-trowel", NARROW_TROWEL_SKU)
"""The one that checkouts hold, also after their test: of the other there are as many as was counted."""
GLOVES_SKU = "GLO-BRA-SAN-S"
GLOVES = ProductPage.path_of("bramble-gardening-gloves", GLOVES_SKU)
GLOVES_TITLE = "Bramble gardening gloves"


@pytest.fixture(scope="package")
def elsewhere() -> Iterator[str]:
    """The address of the same store in a second process."""
    databases = {name: with_database(os.environ[name], "larkspur_e2e") for name in DATABASES}
    with neighbour({**os.environ, **databases}) as url:
        yield url


@pytest.fixture(autouse=True)
def enough(warehouse: Warehouse) -> None:
    for sku in (TROWEL_SKU, NARROW_TROWEL_SKU, GLOVES_SKU):
        warehouse.set_on_hand(sku, 40)


def test_a_page_shows_how_many_are_left_while_somebody_chooses_and_leaves_them_alone(
    page: Page, elsewhere: str, warehouse: Warehouse
) -> None:
    product = ProductPage(page).open(elsewhere + TROWEL)
    expect(product.stock).to_have_text("In stock")
    product.quantity.fill("3")

    warehouse.set_on_hand(TROWEL_SKU, 3)
    expect(product.stock).to_have_text("Only 3 left")
    expect(product.quantity).to_have_value("3")
    expect(product.quantity).to_be_focused()

    warehouse.set_on_hand(TROWEL_SKU, 0)
    expect(product.stock).to_have_text("Sold out")
    expect(product.add_button).to_be_disabled()
    warehouse.set_on_hand(TROWEL_SKU, 40)
    expect(product.add_button).to_be_enabled()


def test_a_purchase_is_seen_by_those_who_look_at_the_same_thing(
    page: Page, elsewhere: str, warehouse: Warehouse, new_context: Callable[..., BrowserContext]
) -> None:
    warehouse.set_on_hand(GLOVES_SKU, 2)
    onlooker = ProductPage(new_context().new_page()).open(elsewhere + GLOVES)
    expect(onlooker.stock).to_have_text("Only 2 left")

    to_checkout(page, GLOVES).fill(someone()).place_order(ACCEPTED)

    expect(onlooker.stock).to_have_text("Only 1 left")


def test_the_cart_is_the_same_in_every_tab_of_a_person(page: Page, elsewhere: str) -> None:
    other = page.context.new_page()
    badge = ProductPage(other).open(elsewhere + GLOVES)

    drawer = ProductPage(page).open(TROWEL).add_to_cart()
    badge.expect_cart_count(1)

    cart = CartPage(other).open(elsewhere + "/cart")
    drawer.lines.set_quantity(TROWEL_TITLE, 3)
    expect(cart.lines.quantity(TROWEL_TITLE)).to_have_value("3")
    expect(cart.subtotal).to_have_text("£72.00")

    cart.lines.remove(TROWEL_TITLE)
    expect(drawer.lines.all).to_have_count(0)
    ProductPage(page).expect_cart_count(0)


def test_what_is_saved_and_wished_for_is_the_same_in_every_tab_of_a_person(
    page: Page, elsewhere: str
) -> None:
    ProductPage(page).open(TROWEL).add_to_cart().close()
    other = page.context.new_page()
    here, there = CartPage(page).open(), CartPage(other).open(elsewhere + "/cart")
    main = page.get_by_role("main")

    main.get_by_role("button", name=f"Save for later: {TROWEL_TITLE}").click()
    expect(other.get_by_test_id("saved-line")).to_contain_text(TROWEL_TITLE)
    expect(there.empty).to_be_visible()
    other.get_by_test_id("saved-line").get_by_role("button", name="Move to cart").click()
    expect(main.get_by_test_id("saved-line")).to_have_count(0)
    expect(here.lines.quantity(TROWEL_TITLE)).to_have_value("1")

    for tab, address in ((page, GLOVES), (other, elsewhere + GLOVES)):
        ProductPage(tab).open(address)
    hearts = [tab.get_by_role("main").get_by_test_id("wish-heart").first for tab in (page, other)]
    hearts[0].click()
    expect(hearts[1]).to_have_attribute("aria-pressed", "true")
    expect(other.get_by_role("link", name="Wish list, 1 thing")).to_be_visible()
    hearts[1].click()
    expect(hearts[0]).to_have_attribute("aria-pressed", "false")


def test_a_number_that_is_being_typed_stays_when_another_tab_sets_it(page: Page, elsewhere: str) -> None:
    drawer = ProductPage(page).open(TROWEL).add_to_cart()
    other = page.context.new_page()
    cart = CartPage(other).open(elsewhere + "/cart")
    field = cart.lines.quantity(TROWEL_TITLE)
    field.fill("7")

    drawer.lines.set_quantity(TROWEL_TITLE, 2)
    expect(cart.subtotal).to_have_text("£48.00")

    expect(field).to_have_value("7")
    expect(field).to_be_focused()
    field.blur()
    expect(cart.subtotal).to_have_text("£168.00")
    expect(drawer.lines.quantity(TROWEL_TITLE)).to_have_value("7")


def test_a_checkout_says_that_something_has_sold_out_and_keeps_what_was_typed(
    page: Page, elsewhere: str, warehouse: Warehouse
) -> None:
    ProductPage(page).open(elsewhere + NARROW_TROWEL).add_to_cart().check_out()
    checkout = CheckoutPage(page).arrived()
    email = someone()
    checkout.email.fill(email)

    warehouse.set_on_hand(NARROW_TROWEL_SKU, 0)

    expect(checkout.changes).to_contain_text("Sold out since you added it")
    expect(checkout.email).to_have_value(email)
    expect(checkout.email).to_be_focused()


def test_whoever_is_about_to_pay_is_told_when_the_total_moves(page: Page, elsewhere: str) -> None:
    checkout = to_checkout(page, NARROW_TROWEL).fill(someone())
    other = page.context.new_page()

    ProductPage(other).open(elsewhere + GLOVES).add_to_cart()

    expect(checkout.changes).to_contain_text("changed elsewhere")
    expect(checkout.pay_button).to_contain_text("£54.50")
