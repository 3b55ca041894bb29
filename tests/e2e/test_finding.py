"""Looking for things: departments, search, filters, pages, and coming back to them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.e2e.pages.product import ProductPage
from tests.e2e.pages.shop import HomePage, ListingPage


def test_filters_order_and_page_survive_reload_and_back_with_the_scroll(page: Page) -> None:
    listing = ListingPage(page).open()
    listing.sort_by("Price, low to high")
    expect(listing.filter_link("In stock")).to_have_attribute("href", re.compile(r"sort=price"))
    listing.narrow_to("In stock")
    expect(listing.active_filters.filter(has_text="In stock")).to_have_count(1)
    listing.next_page()
    listing.expect_page(2)
    titles, address = listing.titles, page.url

    page.reload()
    listing.arrived().expect_page(2)
    expect(listing.cards.get_by_test_id("product-link")).to_have_text(titles)

    listing.link(titles[9]).scroll_into_view_if_needed()
    place = page.evaluate("window.scrollY")
    assert place > 0
    listing.choose(titles[9])
    page.go_back()
    expect(page).to_have_url(address)
    listing.arrived().expect_page(2)
    expect(listing.cards.get_by_test_id("product-link")).to_have_text(titles)
    page.wait_for_function("place => Math.abs(window.scrollY - place) < 5", arg=place)


def test_a_facet_narrows_the_list_and_its_chip_takes_it_away(page: Page) -> None:
    listing = ListingPage(page).open("/c/table")
    everything = listing.cards.count()
    listing.narrow_to("Glass")
    expect(listing.active_filters.filter(has_text="Glass")).to_have_count(1)
    assert 0 < listing.cards.count() < everything
    listing.active_filters.filter(has_text="Glass").click()
    expect(listing.cards).to_have_count(everything)


def test_searching_finds_by_a_word_of_the_title(page: Page) -> None:
    results = HomePage(page).open().search_for("mug")
    expect(results.link("Billy enamel mug")).to_be_visible()


def test_suggestions_lead_straight_to_a_product(page: Page) -> None:
    HomePage(page).open()
    field = page.get_by_test_id("search-input").filter(visible=True)
    field.press_sequentially("teap", delay=40)
    suggestion = page.get_by_role("option", name="Orchard teapot")
    expect(suggestion).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(ProductPage(page).heading).to_be_visible()


def test_a_search_without_results_offers_a_way_on(page: Page) -> None:
    ListingPage(page).open("/search?q=zzqxw")
    nothing = page.get_by_test_id("no-results")
    expect(nothing.get_by_role("link").first).to_be_visible()


def test_a_combination_that_is_not_made_cannot_be_chosen(page: Page) -> None:
    product = ProductPage(page).open(ProductPage.path_of("long-table-serving-platter", "PLT-LON-DEN-L"))
    size = page.get_by_role("group", name="Size")
    expect(size.get_by_role("radio", disabled=True)).to_have_count(1)
    expect(product.add_button).to_be_enabled()


def test_choosing_another_variant_changes_price_picture_and_address(page: Page) -> None:
    product = ProductPage(page).open(ProductPage.path_of("harbour-stoneware-mug", "MUG-HAR-CHA-S"))
    before = product.price.inner_text()
    product.choose_option("Size", "Large")
    expect(product.price).not_to_have_text(before)
    expect(page).to_have_url(re.compile(r"sku=MUG-HAR-CHA-L"))


def test_a_sold_out_product_says_so(page: Page) -> None:
    product = ProductPage(page).open(ProductPage.path_of("chestnut-garden-trug"))
    expect(product.add_button).to_be_disabled()
    expect(product.add_button).to_have_text("Sold out")
