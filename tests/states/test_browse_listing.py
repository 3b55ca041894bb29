"""Listings: the address says what is shown."""

from __future__ import annotations

import pytest

from models.catalog import CategoryDraft, Option, ProductDraft, ProductStatus, Variant
from models.identity import STORE
from models.money import Money
from models.prices import Prices
from services.catalog import service as catalog
from services.unit_of_work import unit_of_work
from store_app.states.home import HomeState
from store_app.states.listing import ListingState
from store_app.states.listing_query import ListingQuery
from store_app.states.search_box import SearchBoxState
from tests.states.tab import Tab

on_databases = pytest.mark.usefixtures("resources")


async def shelve(
    slug: str, colours: list[str], price: int = 1200, category: str = "mugs", units: int = 5
) -> None:
    async with unit_of_work() as uow:
        if not await catalog.list_categories(uow):
            await catalog.create_category(uow, CategoryDraft(slug="table", name="Table"), by=STORE)
            for leaf in ("mugs", "bowls"):
                draft = CategoryDraft(slug=leaf, name=leaf.capitalize(), parent="table")
                await catalog.create_category(uow, draft, by=STORE)
        product = ProductDraft(
            slug=slug,
            title=slug.replace("-", " ").capitalize(),
            category=category,
            status=ProductStatus.ACTIVE,
            options=[Option(name="Colour", values=colours)],
            variants=[
                Variant(sku=f"{slug}-{colour}".upper(), options={"Colour": colour}, price=Money(price, "GBP"))
                for colour in colours
            ],
        )
        stock = {variant.sku: units for variant in product.variants}
        await catalog.create_product(uow, product, stock=stock, by=STORE)


async def listing_at(url: str) -> ListingState:
    tab = Tab()
    tab.go(url)
    state = await tab.state(ListingState)
    await (state.load_search() if url.startswith("/search") else state.load_category())
    return state


def test_an_address_survives_being_read_and_written() -> None:
    query = "q=mug&sort=price&min=5&max=20.50&stock=1&sale=1&colour=Sea&colour=Moss&made-in=Wales&page=3"
    read = ListingQuery.parse("/search", query)
    assert read.href == f"/search?{query}"
    asked = read.product_query("", Prices.of_home("GBP"))
    assert asked.price_max == 2050
    assert asked.attributes == {"colour": ("Sea", "Moss"), "made-in": ("Wales",)}


def test_what_cannot_be_used_in_an_address_is_left_out() -> None:
    read = ListingQuery.parse("/c/table", "sort=worst&min=cheap&max=-3&page=1e9&colour=&%00=x&min=NaN")
    assert read.href == "/c/table"


def test_choosing_a_value_again_takes_it_out_and_starts_at_the_first_page() -> None:
    read = ListingQuery.parse("/c/table", "colour=Sea&page=2")
    assert read.toggled("colour", "Moss").href == "/c/table?colour=Sea&colour=Moss"
    assert read.toggled("colour", "sea").href == "/c/table"


@on_databases
async def test_a_department_shows_what_is_in_all_its_categories() -> None:
    await shelve("harbour-mug", ["Sea", "Clay"])
    await shelve("kelp-bowl", ["Sea"], category="bowls")
    state = await listing_at("/c/table")
    assert state.listing.total_text == "2 products"
    assert [(chip.label, chip.current) for chip in state.listing.chips] == [
        ("All", True),
        ("Bowls", False),
        ("Mugs", False),
    ]
    below = await listing_at("/c/mugs")
    assert [crumb.label for crumb in below.listing.crumbs] == ["Shop", "Table"]
    assert [card.title for card in below.listing.cards] == ["Harbour mug"]


@on_databases
async def test_filtering_by_a_colour_shows_the_products_in_that_colour() -> None:
    await shelve("harbour-mug", ["Sea", "Clay"])
    await shelve("orchard-mug", ["Moss"])
    state = await listing_at("/c/table?colour=clay")
    assert [card.href for card in state.listing.cards] == ["/product/harbour-mug?sku=HARBOUR-MUG-CLAY"]
    assert [link.href for link in state.listing.active] == ["/c/table"]


@on_databases
async def test_a_page_beyond_the_last_leads_back() -> None:
    await shelve("harbour-mug", ["Sea"])
    state = await listing_at("/c/table?page=7")
    assert state.listing.cards == ()
    assert state.listing.pages.previous == "/c/table"


@on_databases
async def test_an_unknown_category_is_missing() -> None:
    state = await listing_at("/c/spaceships")
    assert state.missing
    assert state.listing.key == "spaceships"


@on_databases
async def test_a_misspelt_search_offers_a_better_one() -> None:
    await shelve("harbour-mug", ["Sea"])
    state = await listing_at("/search?q=harbuor")
    assert state.listing.total == 0
    assert state.listing.corrected.href == "/search?q=harbour"


@on_databases
async def test_suggestions_name_products_and_where_they_are() -> None:
    await shelve("harbour-mug", ["Sea"])
    state = await Tab().state(SearchBoxState)
    await state.suggest("mug")
    assert [(item.label, item.href) for item in state.suggestions] == [
        ("Mugs", "/c/mugs"),
        ("Harbour mug", "/product/harbour-mug"),
    ]
    await state.suggest("m")
    assert state.suggestions == []


@on_databases
async def test_sold_out_products_say_so_and_stay_off_the_front_page() -> None:
    await shelve("harbour-mug", ["Sea"], units=0)
    await shelve("orchard-mug", ["Moss"])
    cards = {card.slug: card.badge for card in (await listing_at("/c/table")).listing.cards}
    assert cards == {"harbour-mug": "Sold out", "orchard-mug": "New"}
    home = await Tab().state(HomeState)
    await home.load()
    assert [card.slug for card in home.home.new] == ["orchard-mug"]
