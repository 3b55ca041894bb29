"""Paying in another currency."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.flows import MUG, MUG_TITLE, order_id, someone, to_checkout
from tests.e2e.pages.card import ACCEPTED
from tests.e2e.pages.cart import CartPage
from tests.e2e.pages.mailbox import Mailbox
from tests.e2e.pages.product import ProductPage
from tests.e2e.pages.shop import HomePage
from tests.e2e.pages.staff import StaffPage
from tests.e2e.world import Gateway


@pytest.mark.parametrize(("code", "sign"), [("EUR", "€"), ("JPY", "JP¥")])
def test_a_guest_pays_in(page: Page, gateway: Gateway, mailbox: Mailbox, code: str, sign: str) -> None:
    email = someone()
    HomePage(page).open().pay_in(code)
    checkout = to_checkout(page).fill(email)
    expect(checkout.total).to_contain_text(sign)
    total = checkout.total.inner_text()
    number = checkout.place_order(ACCEPTED).number
    (intent,) = gateway.intents_of(order_id(page))
    figures = "".join(character for character in total if character.isdigit())
    assert (intent["currency"].upper(), str(intent["amount"])) == (code, figures)
    assert total in mailbox.wait_for(email, number)["text"]


def test_a_filled_cart_follows_the_choice_and_asks_nothing(page: Page) -> None:
    ProductPage(page).open(MUG).add_to_cart().close()
    cart = CartPage(page).open()
    expect(cart.subtotal).to_contain_text("£")
    cart.pay_in("EUR")
    expect(cart.subtotal).to_contain_text("€")
    expect(cart.lines.of(MUG_TITLE)).to_have_count(1)
    expect(page.get_by_text("The price was")).to_have_count(0)
    cart.pay_in("GBP")
    expect(cart.subtotal).to_contain_text("£")


def test_staff_see_what_a_rate_does_before_they_save_it(page_of: Callable[..., Page]) -> None:
    page = page_of("tom")
    StaffPage(page).open("/admin/price-lists/USD")
    preview = page.get_by_test_id("price-preview")
    before = preview.inner_text()
    page.get_by_label("USD for 1 GBP").fill("2")
    expect(preview).not_to_have_text(before)
    page.reload()
    expect(page.get_by_label("USD for 1 GBP")).to_have_value("1.34")
