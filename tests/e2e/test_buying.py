"""From the front page to a paid order."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.flows import SOCKS, order_id, register, someone, to_checkout
from tests.e2e.pages.card import ACCEPTED, ASKS_THE_BANK, DECLINED, INSUFFICIENT_FUNDS, BankPage
from tests.e2e.pages.checkout import CheckoutPage, Recipient
from tests.e2e.pages.mailbox import Mailbox
from tests.e2e.pages.orders import Confirmation, OrdersPage
from tests.e2e.pages.shop import HomePage
from tests.e2e.world import Gateway

TITLES = """
    window.titles = [];
    new MutationObserver(() => {
      const title = document.querySelector("main h1")?.textContent;
      if (location.pathname.startsWith("/product")) titles.length = 0;
      else if (title && titles.at(-1) !== title) titles.push(title);
    }).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""Remembers the headings of the pages after the product's."""


def test_a_guest_browses_buys_and_gets_a_mail(page: Page, mailbox: Mailbox) -> None:
    email = someone()
    department = HomePage(page).open().go_to_department("Table")
    title = "Harbour stoneware mug"
    product = department.choose(title)
    drawer = product.add_to_cart()
    expect(drawer.lines.of(title)).to_have_count(1)
    product.expect_cart_count(1)
    drawer.check_out()

    confirmation = CheckoutPage(page).arrived().fill(email).place_order(ACCEPTED)

    expect(confirmation.heading).to_have_text("Thank you. Your order is in.")
    confirmation.expect_cart_count(0)
    number = confirmation.number
    mail = mailbox.wait_for(email, number)
    assert title in mail["text"]
    expect(confirmation.follow().status).to_have_text("Paid")
    expect(OrdersPage(page).open().card(number)).to_be_visible()


def test_whoever_has_paid_is_at_no_moment_told_that_there_is_nothing(page: Page) -> None:
    page.add_init_script(TITLES)
    thanks = to_checkout(page).fill(someone()).place_order(ACCEPTED)
    expect(thanks.heading).to_have_text("Thank you. Your order is in.")
    assert set(page.evaluate("titles")) <= {"Checkout", "One moment", "Thank you. Your order is in."}

    page.reload()
    expect(thanks.heading).to_have_text("Thank you. Your order is in.")
    assert page.evaluate("titles") == ["Thank you. Your order is in."]


def test_a_newcomer_registers_buys_and_finds_the_order(page: Page) -> None:
    newcomer = register(page)
    HomePage(page).expect_signed_in_as("Juniper Ash")

    checkout = to_checkout(page, SOCKS)
    expect(checkout.section("contact")).to_contain_text(newcomer.email)
    checkout.give_address(Recipient())
    checkout.choose_delivery()
    number = checkout.place_order(ACCEPTED).number

    orders = OrdersPage(page).open()
    expect(orders.cards).to_have_count(1)
    order = orders.follow(number)
    expect(order.status).to_have_text("Paid")
    expect(order.lines).to_have_count(1)


def test_after_a_decline_another_card_pays_on_the_same_page(page: Page, gateway: Gateway) -> None:
    checkout = to_checkout(page).fill(someone())

    checkout.pay(DECLINED)

    expect(checkout.problem).to_contain_text("declined")
    expect(checkout.problem).to_be_focused()
    checkout.edit("delivery address")
    expect(checkout.field("Full name")).to_have_value("Ada Fern")
    checkout.page.get_by_role("button", name="Continue to delivery").click()
    checkout.place_order(ACCEPTED)
    assert gateway.charges_of(order_id(page)) == 1


def test_a_card_without_funds_is_told_apart_from_a_declined_one(page: Page) -> None:
    checkout = to_checkout(page).fill(someone())
    checkout.pay(INSUFFICIENT_FUNDS)
    expect(checkout.problem).to_contain_text("funds")
    checkout.place_order(ACCEPTED)


def test_the_bank_asks_and_the_shopper_confirms(page: Page) -> None:
    checkout = to_checkout(page).fill(someone())
    checkout.pay(ASKS_THE_BANK)
    BankPage(page).arrived().confirm()
    Confirmation(page).arrived()


def test_who_fails_the_banks_question_can_pay_with_another_card(page: Page) -> None:
    checkout = to_checkout(page).fill(someone())
    checkout.pay(ASKS_THE_BANK)
    BankPage(page).arrived().refuse()
    expect(checkout.problem).to_be_visible()
    checkout.place_order(ACCEPTED)


def test_pressing_pay_twice_pays_once(page: Page, gateway: Gateway) -> None:
    checkout = to_checkout(page).fill(someone())
    checkout.card.fill(ACCEPTED)
    checkout.pay_button.dblclick()
    Confirmation(page).arrived()
    assert gateway.charges_of(order_id(page)) == 1
