"""What all pages of the store have: header, cart button, account menu, messages."""

from __future__ import annotations

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect


class StorePage:
    """A page of the store. `path` is where it lives; `places` matches the paths of those that are reached by links."""

    path = "/"
    places = ""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, path: str = "") -> Self:
        """Load the page anew and wait until it is filled."""
        self.page.goto(path or self.path)
        return self.arrived()

    def arrived(self) -> Self:
        """Wait until the page before has gone and this one has its content; what it shows before that is a skeleton."""
        if self.places:
            expect(self.page).to_have_url(re.compile(rf"^https?://[^/]+/({self.places})([?#]|$)"))
        expect(self.heading).to_be_visible()
        expect(self.page.get_by_test_id("loading").filter(visible=True)).to_have_count(0)
        return self

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("main").get_by_role("heading", level=1)

    def pay_in(self, code: str) -> Self:
        """Choose a currency in the header: the page loads anew."""
        self.page.get_by_test_id("currency-button").click()
        with self.page.expect_navigation():
            self.page.get_by_test_id(f"currency-{code}").filter(visible=True).click()
        expect(self.page.get_by_test_id("currency-button")).to_have_text(code)
        return self.arrived()

    @property
    def cart_button(self) -> Locator:
        return self.page.get_by_test_id("cart-button")

    def expect_cart_count(self, count: int) -> None:
        """The number on the bag, as it is spoken."""
        name = "Cart, 1 item" if count == 1 else f"Cart, {count} items"
        expect(self.page.get_by_role("button", name=name, exact=True)).to_be_visible()

    @property
    def messages(self) -> Locator:
        """The toasts one can see."""
        return self.page.get_by_test_id("toast").filter(visible=True)

    def expect_message(self, text: str | re.Pattern[str]) -> None:
        expect(self.messages.filter(has_text=text).first).to_be_visible()

    def open_account_menu(self) -> None:
        self.page.get_by_role("button", name="Account").click()

    def go_to_sign_in(self) -> None:
        """Through the account menu to the identity provider."""
        self.open_account_menu()
        self.page.get_by_test_id("sign-in").filter(visible=True).click()

    def go_to_registration(self) -> None:
        self.open_account_menu()
        self.page.get_by_test_id("register").filter(visible=True).click()

    def sign_out(self) -> None:
        self.open_account_menu()
        with self.page.expect_navigation(url=re.compile(r"^[^?]+:\d+/$")):
            self.page.get_by_test_id("sign-out").filter(visible=True).click()

    def expect_signed_in_as(self, name: str) -> None:
        self.open_account_menu()
        expect(self.page.get_by_test_id("account-name").filter(visible=True)).to_contain_text(name)
        self.page.keyboard.press("Escape")
