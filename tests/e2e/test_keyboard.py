"""The whole purchase without a mouse, and where the focus goes on the way."""

from __future__ import annotations

import re

from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.flows import MUG, MUG_TITLE, buy, someone, to_checkout
from tests.e2e.keyboard import Keyboard
from tests.e2e.pages.card import ACCEPTED
from tests.e2e.pages.cart import CartDrawer
from tests.e2e.pages.checkout import CheckoutPage, Recipient
from tests.e2e.pages.orders import Confirmation
from tests.e2e.pages.product import ProductPage
from tests.e2e.pages.shop import HomePage, ListingPage


def test_the_purchase_by_keyboard_alone(page: Page) -> None:
    keys, recipient = Keyboard(page), Recipient()
    home = HomePage(page).open()
    keys.press(page.get_by_role("navigation", name="Departments").get_by_role("link", name="The walk"))
    expect(home.heading).to_have_text("The walk")
    listing = ListingPage(page).arrived()
    keys.press(listing.link(MUG_TITLE))
    product = ProductPage(page).arrived()

    keys.go_to(page.get_by_role("radio", checked=True).first)
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"sku=MUG-BIL-SKY"))
    keys.press(product.add_button)
    drawer = CartDrawer(page).arrived()
    keys.press(drawer.sheet.get_by_role("link", name="Checkout"))

    checkout = CheckoutPage(page).arrived()
    keys.type_into(checkout.email, someone())
    page.keyboard.press("Enter")
    expect(checkout.section("address").locator(":focus")).to_be_visible()
    keys.type_into(page.get_by_label("Full name"), recipient.name)
    keys.type_into(page.get_by_label("Street and number"), recipient.line1)
    keys.type_into(page.get_by_label("Town or city"), recipient.city)
    keys.type_into(page.get_by_label("Postcode"), recipient.postal_code)
    page.keyboard.press("Enter")
    expect(checkout.section("delivery").locator(":focus")).to_be_visible()
    keys.go_to(page.get_by_role("radio", name="Standard"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Express")).to_be_checked()
    page.keyboard.press("Enter")

    checkout.card.arrived()
    frame = checkout.card.frame
    keys.type_into(frame.get_by_label("Card number"), ACCEPTED.number)
    keys.type_into(frame.get_by_label("Expiry date"), ACCEPTED.expiry)
    keys.type_into(frame.get_by_label("Security code"), ACCEPTED.code)
    keys.press(checkout.pay_button)

    confirmation = Confirmation(page).arrived()
    expect(confirmation.heading).to_be_focused()


class LateAnswers:
    """What the store says to a page, held back for as long as one likes."""

    def __init__(self, page: Page) -> None:
        self._held: list[tuple[WebSocketRoute, str | bytes]] | None = None
        page.route_web_socket("**/_event**", self._stand_between)

    def hold_back(self) -> None:
        self._held = []

    def let_through(self) -> None:
        held, self._held = self._held or [], None
        for browser, message in held:
            browser.send(message)

    def _stand_between(self, browser: WebSocketRoute) -> None:
        def answer(message: str | bytes) -> None:
            if self._held is None:
                browser.send(message)
            else:
                self._held.append((browser, message))

        browser.connect_to_server().on_message(answer)


DRAWS_SLOWLY = """
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (...message) { setTimeout(() => post.apply(this, message), 300); };
"""
"""React puts off what it draws by a message to itself."""


def test_a_confirmation_opened_in_a_new_tab_has_the_focus_also_on_a_device_that_draws_slowly(
    page: Page,
) -> None:
    buy(page, someone())
    other = page.context.new_page()
    other.add_init_script(DRAWS_SLOWLY)
    other.goto(page.url)
    expect(Confirmation(other).arrived().heading).to_be_focused()


def test_a_late_answer_does_not_take_the_keyboard_from_where_somebody_types(page: Page) -> None:
    answers = LateAnswers(page)
    checkout = to_checkout(page)
    answers.hold_back()
    checkout.email.fill(someone())
    page.get_by_role("button", name="Continue to address").click()
    code = page.get_by_label("Promotion code").filter(visible=True)
    code.press_sequentially("SPR")
    answers.let_through()
    expect(page.get_by_label("Street and number")).to_be_visible()
    code.press_sequentially("ING")
    expect(code).to_have_value("SPRING")
    expect(code).to_be_focused()


def test_the_first_tab_offers_to_skip_to_the_content(page: Page) -> None:
    HomePage(page).open()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_escape_closes_the_cart_and_the_focus_returns(page: Page) -> None:
    keys = Keyboard(page)
    product = ProductPage(page).open(MUG)
    keys.press(product.cart_button)
    drawer = CartDrawer(page).arrived()
    page.keyboard.press("Escape")
    expect(drawer.sheet).to_be_hidden()
    expect(product.cart_button).to_be_focused()


def test_after_a_navigation_the_focus_is_at_the_content(page: Page) -> None:
    home = HomePage(page).open()
    Keyboard(page).press(
        page.get_by_role("navigation", name="Departments").get_by_role("link", name="Garden")
    )
    expect(home.heading).to_have_text("Garden")
    expect(page.get_by_role("main")).to_be_focused()
