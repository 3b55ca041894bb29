"""Looking for things: the home page, a department, search results."""

from __future__ import annotations

from typing import Self

from playwright.sync_api import Locator, expect

from tests.e2e.pages.frame import StorePage
from tests.e2e.pages.product import ProductPage


class ListingPage(StorePage):
    """Products in a grid, with an order, filters and pages. `/c/<slug>` and `/search`."""

    path = "/search"
    places = "search|c/[^?]+"

    @property
    def cards(self) -> Locator:
        return self.page.get_by_test_id("product-card").filter(visible=True)

    @property
    def titles(self) -> list[str]:
        return self.cards.get_by_test_id("product-link").all_inner_texts()

    def sort_by(self, label: str) -> None:
        self.page.get_by_label("Sort by").select_option(label=label)

    def narrow_to(self, value: str) -> None:
        """Choose a value of a facet in the column beside the grid."""
        self.filter_link(value).click()

    def filter_link(self, value: str) -> Locator:
        return self.page.get_by_role("complementary", name="Filters").get_by_role("link", name=value).first

    @property
    def active_filters(self) -> Locator:
        return self.page.get_by_role("list", name="Active filters").get_by_role("link")

    def expect_page(self, number: int) -> None:
        expect(self.page.get_by_text(f"Page {number} of ")).to_be_visible()

    def next_page(self) -> None:
        self.page.get_by_role("link", name="Next", exact=True).click()

    def link(self, title: str) -> Locator:
        return self.cards.get_by_role("link", name=title, exact=True)

    def choose(self, title: str) -> ProductPage:
        self.link(title).click()
        return ProductPage(self.page).arrived()


class HomePage(StorePage):
    """The front page."""

    def arrived(self) -> Self:
        super().arrived()
        expect(self.page.get_by_test_id("product-card").first).to_be_visible()
        return self

    def go_to_department(self, name: str) -> ListingPage:
        self.page.get_by_role("navigation", name="Departments").get_by_role(
            "link", name=name, exact=True
        ).click()
        expect(self.heading).to_have_text(name)
        return ListingPage(self.page).arrived()

    def search_for(self, text: str) -> ListingPage:
        field = self.page.get_by_test_id("search-input").filter(visible=True)
        field.fill(text)
        field.press("Enter")
        results = ListingPage(self.page).arrived()
        expect(results.heading).to_contain_text(text)
        return results
