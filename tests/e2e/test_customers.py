"""Staff find a customer, read what there is to know, and leave notes for one another."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.flows import buy, order_id, register, to_checkout
from tests.e2e.pages.card import ACCEPTED
from tests.e2e.pages.checkout import Recipient
from tests.e2e.pages.sign_in import Newcomer
from tests.e2e.pages.staff import StaffCustomerPage, StaffCustomersPage, StaffOrderPage, StaffPage

NAME = "Juniper Ash"


@pytest.fixture
def newcomer(page: Page) -> Newcomer:
    """Somebody who is signed in at `page`."""
    return register(page)


def part_of(newcomer: Newcomer) -> str:
    """Of their e-mail address, from the middle of its name on."""
    return newcomer.email[4:-4]


def order_of(page: Page) -> str:
    """Buy something, as somebody who is signed in; the number of the order."""
    checkout = to_checkout(page)
    checkout.give_address(Recipient())
    checkout.choose_delivery()
    return checkout.place_order(ACCEPTED).number


def customer_of(page: Page, newcomer: Newcomer) -> StaffCustomerPage:
    """Their page, for whoever of staff is at `page`."""
    return StaffCustomersPage(page).open(f"/admin/customers?q={newcomer.email}").follow(NAME)


def test_support_finds_a_customer_by_part_of_the_email_and_reads_orders_and_addresses(
    page: Page, newcomer: Newcomer, page_of: Callable[..., Page], new_context: Callable[..., BrowserContext]
) -> None:
    own = order_of(page)
    as_guest = buy(new_context().new_page(), newcomer.email).number
    customers = StaffCustomersPage(page_of("sam")).open()
    customers.go_to("Customers")
    customers.type(part_of(newcomer))
    expect(customers.rows).to_have_count(1)
    expect(customers.search).to_be_focused()

    customer = customers.follow(NAME)
    expect(customer.page.get_by_test_id("customer-email")).to_have_text(newcomer.email)
    expect(customer.orders).to_contain_text([own])
    expect(customer.guest_orders).to_contain_text([as_guest])
    expect(customer.addresses).to_contain_text(Recipient().line1)
    customer.page.reload()
    expect(customer.heading).to_have_text(NAME)
    customer.page.go_back()
    expect(customers.search).to_have_value(part_of(newcomer))
    expect(customers.rows).to_have_count(1)


def test_what_is_typed_is_one_step_of_the_history(page_of: Callable[..., Page]) -> None:
    staff = page_of("sam")
    StaffPage(staff).open("/admin/orders").go_to("Customers")
    customers = StaffCustomersPage(staff)
    customers.type("robin hale")
    expect(customers.rows).to_have_count(1)
    expect(staff).to_have_url(re.compile(r"q=robin\+hale$"))
    staff.go_back()
    expect(staff).to_have_url(re.compile("/admin/orders$"))


def test_a_search_can_be_emptied_again_from_where_nobody_was_found(page_of: Callable[..., Page]) -> None:
    customers = StaffCustomersPage(page_of("sam")).open("/admin/customers?q=zzqxw")
    expect(customers.search).to_have_value("zzqxw")
    customers.page.get_by_role("link", name="Show all customers").click()
    expect(customers.search).to_have_value("")
    expect(customers.rows.first).to_be_visible()
    customers.page.go_back()
    expect(customers.search).to_have_value("zzqxw")


def test_rows_are_walked_by_the_arrow_keys(page_of: Callable[..., Page]) -> None:
    customers = StaffCustomersPage(page_of("sam")).open("/admin/customers?q=larkspur.example&sort=name")
    customers.page.keyboard.press("ArrowDown")
    first = customers.rows.first.get_by_role("link")
    expect(first).to_be_focused()
    name = first.inner_text()
    customers.page.keyboard.press("Enter")
    expect(StaffCustomerPage(customers.page).heading).to_have_text(name)


def test_a_note_of_one_member_of_staff_is_seen_by_another(
    newcomer: Newcomer, page_of: Callable[..., Page]
) -> None:
    sam = customer_of(page_of("sam"), newcomer)
    sam.new_note.fill("Prefers the telephone.")
    sam.new_note.press("Control+Enter")
    expect(sam.notes).to_have_count(1)
    expect(sam.new_note).to_have_value("")

    maya = customer_of(page_of("maya"), newcomer)
    expect(maya.notes).to_contain_text(["Prefers the telephone.Sam Okafor"])
    expect(maya.page.get_by_test_id("remove-note")).to_have_count(0)
    maya.new_note.fill("Sent a voucher.")
    maya.page.get_by_role("button", name="Add note").click()
    expect(maya.notes).to_have_count(2)
    maya.remove_note("Sent a voucher.")

    ada = customer_of(page_of("ada"), newcomer)
    ada.remove_note("Prefers the telephone.")
    expect(ada.notes).to_have_count(0)


def test_a_note_that_is_refused_stays_in_its_field(newcomer: Newcomer, page_of: Callable[..., Page]) -> None:
    sam = customer_of(page_of("sam"), newcomer)
    sam.new_note.fill("\n  \n")
    sam.page.get_by_role("button", name="Add note").click()
    expect(sam.page.get_by_text("Write something first.")).to_be_visible()
    expect(sam.new_note).to_be_focused()
    expect(sam.new_note).to_have_value("\n  \n")


def test_an_order_leads_to_the_customer_who_placed_it(
    page: Page, newcomer: Newcomer, page_of: Callable[..., Page]
) -> None:
    order_of(page)
    order = StaffOrderPage(page_of("sam")).open(f"/admin/orders/{order_id(page)}")
    order.page.get_by_role("link", name="Customer account").click()
    expect(StaffCustomerPage(order.page).heading).to_have_text(NAME)


def test_who_runs_the_catalogue_has_no_way_to_customers(page_of: Callable[..., Page]) -> None:
    tom = StaffPage(page_of("tom")).open()
    navigation = tom.page.get_by_role("navigation", name="Staff pages")
    expect(navigation.get_by_role("link", name="Products")).to_be_visible()
    expect(navigation.get_by_role("link", name="Customers")).to_have_count(0)
    expect(tom.open("/admin/customers").not_allowed).to_be_visible()
