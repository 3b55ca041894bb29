"""A product's page."""

from __future__ import annotations

from typing import Self

from playwright.sync_api import Locator, expect

from tests.e2e.pages.cart import CartDrawer
from tests.e2e.pages.frame import StorePage


class ProductPage(StorePage):
    """`/product/<slug>`; `?sku=` chooses a variant."""

    places = "product/[^/?]+"

    @classmethod
    def path_of(cls, slug: str, sku: str = "") -> str:
        return f"/product/{slug}?sku={sku}" if sku else f"/product/{slug}"

    def arrived(self) -> Self:
        super().arrived()
        expect(self.page.get_by_test_id("product-title")).to_be_visible()
        return self

    @property
    def add_button(self) -> Locator:
        return self.page.get_by_test_id("add-to-cart")

    @property
    def quantity(self) -> Locator:
        return self.page.get_by_role("spinbutton", name="Quantity", exact=True)

    @property
    def price(self) -> Locator:
        return self.page.get_by_test_id("product-price")

    @property
    def stock(self) -> Locator:
        return self.page.get_by_test_id("stock-status")

    def choose_option(self, option: str, value: str) -> None:
        group = self.page.get_by_role("group", name=option)
        group.get_by_role("radio", name=value).check(force=True)

    def add_to_cart(self, quantity: int = 1) -> CartDrawer:
        if quantity != 1:
            self.quantity.fill(str(quantity))
        self.add_button.click()
        return CartDrawer(self.page).arrived()
