"""No page has an accessibility violation that axe can find, in either mode, on a phone and on a desktop.

Nor does a page scroll sideways or offer a finger less than 44 px, down to a width of 320 px, which is also what 400 %
zoom leaves of a desktop (WCAG 2.2, 1.4.10).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from store_app import admin
from store_app import pages as shop
from tests.e2e.complaints import Complaints
from tests.e2e.flows import MUG, buy, order_id, register, someone, to_checkout
from tests.e2e.looks import LOOKS, axe_problems, examine, overflowing
from tests.e2e.pages.account import AddressesPage, DataPage
from tests.e2e.pages.card import DECLINED
from tests.e2e.pages.checkout import Recipient
from tests.e2e.pages.frame import StorePage
from tests.e2e.pages.mailbox import Mailbox
from tests.e2e.pages.product import ProductPage
from tests.e2e.pages.staff import AuditPage, StaffCustomersPage, StaffKeysPage, StaffOrderPage, StaffPage

SHOP = (
    "/",
    "/c/table",
    "/search?q=mug",
    "/search?q=zzqxw",
    MUG,
    ProductPage.path_of("chestnut-garden-trug"),
    "/cart",
    "/wishlist",
    "/checkout",
    "/orders",
    "/order/not-an-id",
    "/account",
    "/account/deleted",
    "/sign-in-problem?reason=cancelled",
    "/sign-in-problem?reason=signed_out_unconfirmed",
    "/nowhere",
)
ACCOUNT = ("/account", "/account/addresses", "/account/sessions", "/account/data")
STAFF = (
    "/admin",
    "/admin/orders",
    "/admin/customers",
    "/admin/customers?q=zzqxw",
    "/admin/customers/not-an-id",
    "/admin/products",
    "/admin/products/new",
    "/admin/categories",
    *("/admin/stock", "/admin/stock?q=zzqxw", "/admin/stock/RUG-THR-OLI-120X180", "/admin/stock/NOBODYS"),
    "/admin/locations",
    "/admin/promotions",
    "/admin/promotions?q=zzqxw",
    "/admin/promotions/new",
    "/admin/promotions/not-an-id",
    "/admin/promotions/simulator",
    "/admin/price-lists",
    "/admin/price-lists/EUR",
    "/admin/price-lists/EUR?show=by-hand",
    "/admin/price-lists/XXX",
    "/admin/keys",
    "/admin/audit",
    "/admin/delivery",
    "/admin/taxes",
)
ON_THE_WAY = ("/checkout/return", "/order/an-id/thanks", "/admin/orders/an-id")


def test_every_page_of_the_site_map_is_looked_at() -> None:
    """One that opens with an order, or for a moment, is looked at where a test comes by it."""
    paths = [path.partition("?")[0] for path in (*SHOP, *ACCOUNT, *STAFF, *ON_THE_WAY)]
    routes = [page.route for page in (*shop.PAGES, *admin.PAGES) if page.route != "404"]
    patterns = {route: re.compile(re.sub(r"\[\w+\]", "[^/]+", route)) for route in routes}
    assert [route for route in routes if not any(map(patterns[route].fullmatch, paths))] == []


@pytest.mark.parametrize("path", SHOP)
def test_page(page: Page, complaints: Complaints, path: str) -> None:
    complaints.expect("status of 404")
    examine(StorePage(page).open(path))


def test_cart_with_something_in_it(page: Page) -> None:
    product = ProductPage(page).open(MUG)
    drawer = product.add_to_cart(2)
    examine(product)
    drawer.close()
    examine(StorePage(page).open("/cart"))


def test_checkout_from_contact_to_a_declined_card(page: Page) -> None:
    checkout = to_checkout(page)
    checkout.page.get_by_role("button", name="Continue to address").click()
    expect(checkout.email).to_have_attribute("aria-invalid", "true")
    examine(checkout)
    checkout.fill(someone())
    checkout.pay(DECLINED)
    expect(checkout.problem).to_be_visible()
    examine(checkout)


def test_confirmation_and_order(page: Page) -> None:
    confirmation = buy(page, someone())
    examine(confirmation)
    examine(confirmation.follow())
    examine(StorePage(page).open("/orders"))


@pytest.mark.parametrize("path", ACCOUNT)
def test_page_of_ones_account(page_of: Callable[..., Page], path: str) -> None:
    examine(StorePage(page_of("wilhelmina")).open(path))


def test_addresses_and_leaving(page: Page) -> None:
    register(page)
    book = AddressesPage(page).open()
    book.add_button.click()
    book.save()
    expect(page.get_by_label("Street and number")).to_have_attribute("aria-invalid", "true")
    examine(book)
    book.fill(Recipient())
    book.save()
    expect(book.cards).to_have_count(1)
    examine(book)
    leaving = DataPage(page).open()
    leaving.delete("no")
    examine(leaving)


@pytest.mark.parametrize("path", STAFF)
def test_staff_page(page_of: Callable[..., Page], path: str) -> None:
    examine(StaffPage(page_of("ada")).open(path))


def test_staff_pages_of_one_order_and_one_product(page: Page, page_of: Callable[..., Page]) -> None:
    buy(page, someone())
    staff = StaffPage(page_of("ada"))
    examine(staff.open(f"/admin/orders/{order_id(page)}"))
    examine(staff.open("/admin/products/harbour-stoneware-mug"))


def test_making_showing_and_revoking_an_api_key(page_of: Callable[..., Page]) -> None:
    keys = StaffKeysPage(page_of("iris")).open()
    keys.make("")
    expect(keys.form.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
    examine(keys)
    keys.page.keyboard.press("Escape")
    keys.make(someone(), "See orders")
    expect(keys.secret).to_be_visible()
    examine(keys)
    keys.done()
    examine(keys)
    keys.rows.first.get_by_role("button", name="Revoke").click()
    expect(keys.question).to_be_visible()
    examine(keys)


def test_audit_log_with_an_entry_open(page: Page, page_of: Callable[..., Page]) -> None:
    buy(page, someone())
    order = StaffOrderPage(page_of("ada")).open(f"/admin/orders/{order_id(page)}")
    order.ship("RM123456785GB")
    log = AuditPage(order.page).open(f"/admin/audit?object={order_id(page)}")
    log.unfold(log.rows)
    examine(log)


def test_staff_page_of_one_customer(page_of: Callable[..., Page]) -> None:
    customers = StaffCustomersPage(page_of("ada")).open("/admin/customers?q=shopper")
    customer = customers.follow("Robin Hale")
    customer.page.get_by_role("button", name="Add note").click()
    expect(customer.new_note).to_have_attribute("aria-invalid", "true")
    examine(customer)
    customer.new_note.fill("Prefers the telephone")
    customer.new_note.press("Control+Enter")
    expect(customer.notes.first).to_contain_text("telephone")
    customer.notes.first.get_by_test_id("remove-note").click()
    expect(customer.page.get_by_role("dialog")).to_be_visible()
    examine(customer)
    customer.page.get_by_test_id("confirm-remove-note").click()


@pytest.mark.parametrize("path", ["/admin", "/admin/orders"])
def test_staff_page_that_refuses(page: Page, page_of: Callable[..., Page], path: str) -> None:
    examine(StaffPage(page).open(path))
    examine(StaffPage(page_of("shopper")).open(path))


def test_card_fields(page: Page) -> None:
    to_checkout(page).fill(someone())
    page.goto(next(frame.url for frame in page.frames if "/elements/card" in frame.url))
    page.get_by_label("Card number").fill("1")
    page.get_by_label("Security code").focus()
    expect(page.get_by_text("Your card number is incomplete.")).to_be_visible()
    for look in LOOKS:
        look.put_on(page)
        assert axe_problems(page) == [], str(look)


def test_pages_of_the_world_around(page: Page, mailbox: Mailbox) -> None:
    """The identity provider's, the gateway's and the mailbox's, on a desktop and a phone."""
    email = someone()
    number = buy(page, email).number
    message = mailbox.wait_for(email, number)
    addresses = [
        f"{os.environ['PAYMENT_GATEWAY_URL']}/",
        f"{mailbox.url}/",
        f"{mailbox.url}/messages/{message['id']}",
        "/auth/login",
        "/auth/register",
    ]
    for address in addresses:
        page.goto(address)
        for look in LOOKS:
            look.put_on(page)
            assert axe_problems(page) == [], f"{address}, {look}"
        assert overflowing(page) == [], address


def test_nothing_moves_for_who_asked_for_that(page: Page) -> None:
    ProductPage(page).open(MUG).add_to_cart()
    moving = page.evaluate(
        """() => document.getAnimations()
          .filter(each => each.effect.getComputedTiming().duration > 1
            && (each.effect.getKeyframes().some(frame => frame.transform || frame.translate)))
          .map(each => each.effect.target?.outerHTML.slice(0, 120))"""
    )
    assert moving == []
