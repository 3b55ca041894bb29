"""From a page of products to the listing that is shown."""

from __future__ import annotations

from dataclasses import replace

from models.currency import name, symbol
from services.catalog.service import Facet, FacetValue, ProductPage
from store_app.states.listing_query import PAGE_SIZE, ListingQuery
from store_app.view_models.catalog import Card, FacetChoice, FacetView, Listing
from store_app.view_models.links import Link, Pages
from store_app.view_models.swatches import swatch

SHOWN_FACETS = 7
SHOWN_CHOICES = 7


def listing_of(query: ListingQuery, found: ProductPage, cards: tuple[Card, ...], currency: str) -> Listing:
    """The part of a listing that categories and searches share."""
    return Listing(
        total=found.total,
        total_text="1 product" if found.total == 1 else f"{found.total} products",
        cards=cards,
        facets=tuple(_facet(query, facet) for facet in found.facets[:SHOWN_FACETS]),
        toggles=_toggles(query),
        active=_active(query, found.facets, symbol(currency)),
        clear_href=query.cleared().href,
        sort=query.sort,
        price_min=query.minimum,
        price_max=query.maximum,
        price_symbol=symbol(currency),
        price_words=name(currency),
        price_currency=query.currency,
        pages=_pages(query, found.total),
    )


def _facet(query: ListingQuery, facet: Facet) -> FacetView:
    choices = tuple(_choice(query, facet, value) for value in facet.values)
    return FacetView(
        name=facet.name,
        label=facet.label,
        chosen=sum(choice.chosen for choice in choices),
        choices=choices[:SHOWN_CHOICES],
        more=choices[SHOWN_CHOICES:],
    )


def _choice(query: ListingQuery, facet: Facet, value: FacetValue) -> FacetChoice:
    return FacetChoice(
        label=value.value,
        count=value.count,
        chosen=value.selected,
        href=query.toggled(facet.name, value.value).href,
        css=swatch(facet.label, value.value),
    )


def _toggles(query: ListingQuery) -> tuple[FacetChoice, ...]:
    stock = replace(query, in_stock=not query.in_stock, page=1)
    sale = replace(query, on_sale=not query.on_sale, page=1)
    return (
        FacetChoice("In stock", 0, query.in_stock, stock.href),
        FacetChoice("On sale", 0, query.on_sale, sale.href),
    )


def _active(query: ListingQuery, facets: list[Facet], sign: str) -> tuple[Link, ...]:
    """One link a filter; following it takes the filter away."""
    labels = {facet.name: facet.label for facet in facets}
    links = [
        Link(
            f"{labels.get(name, name.replace('-', ' ').capitalize())}: {value}",
            query.toggled(name, value).href,
        )
        for name, values in query.facets
        for value in values
    ]
    if query.minimum:
        links.append(Link(f"From {sign}{query.minimum}", replace(query, minimum="", page=1).href))
    if query.maximum:
        links.append(Link(f"Up to {sign}{query.maximum}", replace(query, maximum="", page=1).href))
    if query.in_stock:
        links.append(Link("In stock", replace(query, in_stock=False, page=1).href))
    if query.on_sale:
        links.append(Link("On sale", replace(query, on_sale=False, page=1).href))
    return tuple(links)


def _pages(query: ListingQuery, total: int) -> Pages:
    count = max(1, -(-total // PAGE_SIZE))
    return Pages(
        number=query.page,
        count=count,
        previous=replace(query, page=min(count, query.page - 1)).href if query.page > 1 else "",
        next=replace(query, page=query.page + 1).href if query.page < count else "",
    )
