"""The staff side, and that it is for staff only."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from store_app.admin.states.order import StaffOrderState
from tests.e2e.flows import buy, order_id, someone
from tests.e2e.pages.mailbox import Mailbox
from tests.e2e.pages.orders import OrderPage
from tests.e2e.pages.product import ProductPage
from tests.e2e.pages.sign_in import SignInPage
from tests.e2e.pages.staff import (
    ProductEditor,
    StaffOrderPage,
    StaffOrdersPage,
    StaffPage,
    StaffProductsPage,
    StaffStockPage,
)
from tests.e2e.wire import handshake, send_events
from tests.e2e.world import Gateway

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle r="12"/></svg>'
STAFF_PATHS = (
    "/admin",
    "/admin/orders",
    "/admin/orders/0190a9f0-7b1a-7c00-8000-000000000000",
    "/admin/customers",
    "/admin/customers/0190a9f0-7b1a-7c00-8000-000000000000",
    "/admin/products",
    "/admin/products/new",
    "/admin/products/billy-enamel-mug",
    "/admin/categories",
    *("/admin/stock", "/admin/stock/MUG-HAR-INK-L", "/admin/locations"),
    "/admin/keys",
    "/admin/audit",
    "/admin/delivery",
    "/admin/taxes",
)


def test_what_staff_do_with_an_order_the_shopper_sees(
    page: Page, page_of: Callable[..., Page], mailbox: Mailbox
) -> None:
    email = someone()
    number = buy(page, email).number
    orders = StaffOrdersPage(page_of("maya")).open()
    orders.search_for(email)
    expect(orders.rows).to_have_count(1)
    staff = orders.follow(number)

    staff.ship("RM123456785GB")
    shopper = OrderPage(page).open(f"/order/{order_id(page)}")
    expect(shopper.status).to_have_text("On its way")
    expect(shopper.timeline).to_contain_text("RM123456785GB")
    mailbox.wait_for(email, "on its way")

    staff.deliver()
    shopper.open(f"/order/{order_id(page)}")
    expect(shopper.status).to_have_text("Delivered")


def test_a_cancelled_order_is_paid_back(page: Page, page_of: Callable[..., Page], gateway: Gateway) -> None:
    buy(page, someone())
    identifier = order_id(page)
    StaffOrderPage(page_of("maya")).open(f"/admin/orders/{identifier}").cancel("Asked for by telephone")
    expect(OrderPage(page).open(f"/order/{identifier}").status).to_have_text("Cancelled")
    expect(page.get_by_test_id("order-cancelled")).to_contain_text("to the card you paid with")
    assert gateway.refunded_to(identifier, within=60) > 0


def test_two_members_of_staff_do_not_ship_twice(page: Page, page_of: Callable[..., Page]) -> None:
    buy(page, someone())
    path = f"/admin/orders/{order_id(page)}"
    first, second = StaffOrderPage(page_of("maya")).open(path), StaffOrderPage(page_of("iris")).open(path)
    first.ship("RM000000001GB")
    second.page.get_by_role("button", name="Mark as shipped").click()
    expect(second.page.get_by_test_id("conflict")).to_contain_text("quicker")
    expect(second.status).to_have_text("Shipped")


def test_support_sees_orders_and_changes_none(page: Page, page_of: Callable[..., Page]) -> None:
    buy(page, someone())
    staff = StaffOrderPage(page_of("sam")).open(f"/admin/orders/{order_id(page)}")
    expect(staff.status).to_have_text("To ship")
    expect(staff.next_step).to_have_count(0)


def test_a_product_made_by_staff_can_be_bought(page: Page, page_of: Callable[..., Page]) -> None:
    mark = uuid4().hex[:6]
    editor = StaffProductsPage(page_of("tom")).open().new_product()
    editor.fill("Title", f"Ash wood stool {mark}")
    expect(editor.field("Address")).to_have_value(f"ash-wood-stool-{mark}")
    editor.field("Category").select_option(label="Kitchen / Jars & storage")
    editor.field("Status").select_option(value="active")
    editor.variant_field("SKU").fill(f"STO-ASH-{mark.upper()}")
    editor.variant_field("Price").fill("128.50")
    editor.variant_field("Units on hand").fill("3")
    editor.save()
    editor.expect_message("Saved")

    product = ProductPage(page).open(ProductPage.path_of(f"ash-wood-stool-{mark}"))
    expect(product.price).to_contain_text("£128.50")
    drawer = product.add_to_cart()
    expect(drawer.subtotal).to_have_text("£128.50")


def test_stock_that_staff_write_down_is_what_the_shopper_reads(
    page: Page, page_of: Callable[..., Page]
) -> None:
    """An article that no other test buys."""
    sku = "CRO-TOL-PLU"
    shop = ProductPage.path_of("toll-road-crossbody-bag", sku)
    stock = StaffStockPage(page_of("tom")).open()
    stock.search_for("toll road crossbody")
    expect(stock.rows).to_have_count(3)
    article = stock.follow(sku)

    article.count("5")
    expect(article.on_hand).to_have_text("5")
    article.carry("3", source="Bristol workshop", target="Leeds store")
    expect(article.shelves).to_have_text(["Bristol workshop2", "Leeds store3"])
    article.count("2", reason="Damaged", location="Leeds store")
    expect(article.on_hand).to_have_text("3")
    expect(article.ledger).to_have_count(4)
    expect(article.ledger.first).to_contain_text("Damaged or lost")
    expect(ProductPage(page).open(shop).stock).to_have_text("Only 3 left")

    article.count("9", reason="Damaged", location="Leeds store")
    expect(article.counted).to_have_attribute("aria-invalid", "true")
    expect(article.counted).to_have_value("9")
    article.count("0", location="Leeds store")
    article.make_to_order("4", days="10")
    expect(article.available).to_have_text("6")
    article.count("0")
    expect(article.available).to_have_text("4")
    product = ProductPage(page).open(shop)
    expect(product.stock).to_have_text("Made to order: ships in about 10 days")
    drawer = product.add_to_cart()
    expect(drawer.page.get_by_test_id("line-wait").first).to_have_text(
        "Made to order: ships in about 10 days"
    )
    article.make_to_order("0", days="")
    expect(article.available).to_have_text("0")


def test_a_product_with_gaps_is_not_saved_and_says_where(page_of: Callable[..., Page]) -> None:
    editor = ProductEditor(page_of("tom")).open("/admin/products/new")
    editor.fill("Title", "")
    editor.save()
    expect(editor.page.locator("[aria-invalid=true]").first).to_be_focused()


def test_unsaved_changes_are_not_left_by_accident(page_of: Callable[..., Page]) -> None:
    editor = ProductEditor(page_of("tom")).open("/admin/products/orchard-teapot")
    editor.fill("Subtitle", "Something else")
    expect(editor.unsaved).to_have_text("Unsaved changes")
    editor.page.get_by_role("link", name="Categories").click()
    expect(editor.page.get_by_role("dialog", name="Leave without saving?")).to_be_visible()


@pytest.mark.parametrize("path", STAFF_PATHS)
def test_a_customer_and_a_guest_are_refused(page: Page, page_of: Callable[..., Page], path: str) -> None:
    expect(StaffPage(page).open(path).sign_in_needed).to_be_visible()
    expect(StaffPage(page_of("shopper")).open(path).not_allowed).to_be_visible()


def test_signing_in_from_a_staff_page_comes_back_to_it(page: Page) -> None:
    StaffPage(page).open("/admin/orders").page.get_by_role("link", name="Sign in").click()
    SignInPage(page).arrived().sign_in("maya", "larkspur-demo-1")
    page.wait_for_url("**/admin/orders")
    expect(StaffOrdersPage(page).arrived().heading).to_have_text("Orders")


def test_a_role_opens_only_its_own_pages(page_of: Callable[..., Page]) -> None:
    orders, catalogue = page_of("maya"), page_of("tom")
    expect(StaffPage(orders).open("/admin/products").not_allowed).to_be_visible()
    expect(StaffPage(catalogue).open("/admin/orders").not_allowed).to_be_visible()
    expect(StaffPage(catalogue).open("/admin/customers").not_allowed).to_be_visible()


def test_a_customers_staff_events_over_the_wire_do_nothing_and_tell_nothing(
    page: Page, page_of: Callable[..., Page]
) -> None:
    email = someone()
    buy(page, email)
    identifier = order_id(page)
    customer = page_of("shopper")
    StaffPage(customer).open("/")
    name = StaffOrderState.get_full_name()

    answers = send_events(
        customer,
        f"/admin/orders/{identifier}",
        [
            (f"{name}.load", {}),
            (f"{name}.setvar", {"var_name": "order", "value": {"id": identifier}}),
            (f"{name}.ship", {"form": {"tracking": "STOLEN"}}),
            (f"{name}.cancel", {"form": {"reason": "mine now"}}),
        ],
        "forbidden",
    )

    assert "forbidden" in answers
    assert email not in answers
    expect(OrderPage(page).open(f"/order/{identifier}").status).to_have_text("Paid")


@pytest.mark.parametrize(("origin", "status"), [("https://elsewhere.example", 403), (None, 101)])
def test_only_pages_of_the_store_may_open_its_socket(base_url: str, origin: str | None, status: int) -> None:
    assert handshake(base_url, origin or base_url) == status


def test_whoever_learns_the_name_of_a_tab_puts_no_pictures_into_it(page_of: Callable[..., Page]) -> None:
    """The tab's token stands in the address of its socket, and so in the logs of whatever is in between."""
    editor = ProductEditor(page_of("iris")).open("/admin/products/new")
    with editor.page.expect_request("**/_upload") as sent:
        editor.upload("mug.svg", DRAWING)
    expect(editor.pictures).to_have_count(1)
    asked = sent.value
    names = ("reflex-client-token", "reflex-event-handler")
    answer = httpx.post(
        asked.url,
        headers={name: asked.headers[name] for name in names},
        files={"files": ("other.svg", DRAWING.replace(b"12", b"13"), "image/svg+xml")},
    )
    assert answer.status_code == 200
    editor.upload("third.svg", DRAWING.replace(b"12", b"14"))
    expect(editor.pictures).to_have_count(2)


def test_on_a_phone_the_section_one_is_in_is_in_sight(page_of: Callable[..., Page]) -> None:
    page = page_of("ada")
    page.set_viewport_size({"width": 390, "height": 844})
    StaffPage(page).open("/admin/audit")
    sections = page.get_by_role("navigation", name="Staff pages")
    expect(sections.get_by_role("link", name="Audit log")).to_be_in_viewport(ratio=0.95)
    expect(sections.get_by_role("link", name="Today")).not_to_be_in_viewport(ratio=0.95)
