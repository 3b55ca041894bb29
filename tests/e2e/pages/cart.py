"""The cart, in its drawer and on its page."""

from __future__ import annotations

from typing import Self

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages.frame import StorePage


class CartLines:
    """The lines in one place."""

    def __init__(self, place: Locator) -> None:
        self._place = place

    @property
    def all(self) -> Locator:
        return self._place.get_by_test_id("cart-line")

    def of(self, title: str) -> Locator:
        return self.all.filter(has=self._place.page.get_by_role("link", name=title, exact=True))

    def quantity(self, title: str) -> Locator:
        return self._place.get_by_role("spinbutton", name=f"Quantity of {title}")

    def set_quantity(self, title: str, quantity: int | str) -> None:
        field = self.quantity(title)
        field.fill(str(quantity))
        field.blur()

    def remove(self, title: str) -> None:
        self._place.get_by_role("button", name=f"Remove {title}").click()


class CartDrawer:
    """The sheet that opens when something was added."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sheet = page.get_by_role("dialog", name="Your cart")
        self.lines = CartLines(self.sheet)

    def arrived(self) -> Self:
        expect(self.sheet).to_be_visible()
        return self

    @property
    def subtotal(self) -> Locator:
        return self.sheet.get_by_test_id("drawer-subtotal")

    def check_out(self) -> None:
        self.sheet.get_by_role("link", name="Checkout").click()

    def view_cart(self) -> CartPage:
        self.sheet.get_by_role("link", name="View cart").click()
        return CartPage(self.page).arrived()

    def close(self) -> None:
        self.sheet.get_by_role("button", name="Close").click()
        expect(self.sheet).to_be_hidden()


class CartPage(StorePage):
    path = "/cart"
    places = "cart"

    @property
    def lines(self) -> CartLines:
        return CartLines(self.page.get_by_role("main"))

    @property
    def subtotal(self) -> Locator:
        return self.page.get_by_test_id("cart-subtotal")

    @property
    def empty(self) -> Locator:
        return self.page.get_by_role("main").get_by_test_id("cart-empty")

    def check_out(self) -> None:
        self.page.get_by_role("main").get_by_role("link", name="Checkout").click()

    def enter_code(self, code: str) -> None:
        """Send a promotion code, without waiting for what comes of it."""
        main = self.page.get_by_role("main")
        main.get_by_label("Promotion code").fill(code)
        main.get_by_role("button", name="Apply").click()

    @property
    def savings(self) -> Locator:
        """What is taken off, in the summary."""
        return self.page.get_by_role("main").get_by_test_id("saving")

    @property
    def lost_promotions(self) -> Locator:
        return self.page.get_by_role("main").get_by_test_id("lost-promotions")

    def save_for_later(self, title: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=f"Save for later: {title}").click()
