"""What has been ordered: the confirmation, the list, one order."""

from __future__ import annotations

from typing import Self

from playwright.sync_api import Locator, expect

from tests.e2e.pages.card import Card, CardForm
from tests.e2e.pages.frame import StorePage


class Confirmation(StorePage):
    """`/order/<id>/thanks`"""

    def arrived(self) -> Self:
        expect(self.page.get_by_test_id("order-confirmation")).to_be_visible()
        return self

    @property
    def number(self) -> str:
        return self.page.get_by_test_id("order-number").inner_text()

    @property
    def total(self) -> Locator:
        return self.page.get_by_test_id("total")

    def follow(self) -> OrderPage:
        self.page.get_by_role("link", name="Follow this order").click()
        return OrderPage(self.page).arrived()


class OrderPage(StorePage):
    """`/order/<id>`"""

    places = "order/[^/?]+"

    @property
    def status(self) -> Locator:
        return self.page.get_by_test_id("order-status")

    @property
    def progress(self) -> Locator:
        return self.page.get_by_role("list", name="Progress of this order")

    @property
    def timeline(self) -> Locator:
        return self.page.get_by_test_id("order-timeline")

    @property
    def lines(self) -> Locator:
        return self.page.get_by_test_id("order-line")

    @property
    def missing(self) -> Locator:
        """The answer to an order that isn't there, or is somebody else's."""
        return self.page.get_by_test_id("order-missing")

    def complete_payment(self, card: Card) -> Confirmation:
        CardForm(self.page).fill(card)
        self.page.get_by_test_id("place-order").click()
        return Confirmation(self.page).arrived()


class OrdersPage(StorePage):
    """`/orders`"""

    path = "/orders"
    places = "orders"

    @property
    def cards(self) -> Locator:
        return self.page.get_by_test_id("order-card")

    def card(self, number: str) -> Locator:
        return self.cards.filter(has=self.page.get_by_role("link", name=number))

    def follow(self, number: str) -> OrderPage:
        self.page.get_by_role("link", name=number).click()
        order = OrderPage(self.page)
        expect(order.heading).to_contain_text(number)
        return order
