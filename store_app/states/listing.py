"""Category pages and search results. All that narrows them is in the address; nothing is remembered here."""

from __future__ import annotations

from dataclasses import replace

import reflex as rx

from models.prices import Prices
from services.catalog import service as catalog
from services.catalog.service import CategoryNode
from services.errors import Conflict, NotFound
from services.price_list import service as price_lists
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.states.card_view import cards_of
from store_app.states.currency import prices_of
from store_app.states.listing_query import ListingQuery
from store_app.states.listing_view import listing_of
from store_app.states.parsing import last_segment
from store_app.states.search_box import search_href
from store_app.view_models.catalog import Listing
from store_app.view_models.links import Link


class ListingState(rx.State):
    """`ready` is False until the first listing came; `missing` when there is no such category."""

    listing: Listing = Listing()
    ready: bool = False
    missing: bool = False

    @rx.event
    async def load_category(self) -> None:
        slug = last_segment(self.router.url.path)
        asked = replace(ListingQuery.parse(f"/c/{slug}", self.router.url.query), q="")
        try:
            async with unit_of_work() as uow:
                tree = await catalog.list_categories(uow)
                parent, node = _find(tree, slug)
                _, found = await self._found(uow, asked, slug)
        except NotFound:
            self.listing, self.missing, self.ready = Listing(key=slug), True, True
            return
        self.listing = replace(
            found,
            key=slug,
            title=node.category.name,
            description=node.category.description,
            crumbs=_crumbs(parent),
            chips=_chips(parent or node, slug),
        )
        self.missing, self.ready = False, True

    @rx.event
    async def load_search(self) -> None:
        asked = ListingQuery.parse("/search", self.router.url.query)
        async with unit_of_work() as uow:
            query, found = await self._found(uow, asked, "")
            hopeless = not found.total and not query.is_narrowed
            corrected = (await catalog.suggest(uow, query.q)).corrected if hopeless else ""
        title = f"Results for “{query.q}”" if query.q else _title_of(query)
        self.listing = replace(
            found,
            key=query.q,
            title=title,
            corrected=Link(corrected, search_href(corrected) if corrected else ""),
        )
        self.missing, self.ready = False, True

    async def _found(
        self, uow: UnitOfWork, asked: ListingQuery, category: str
    ) -> tuple[ListingQuery, Listing]:
        """The query in the visitor's currency, and what it finds."""
        prices = await prices_of(uow, self)
        query = await _in_currency(uow, asked, prices)
        page = await catalog.list_products(uow, query.product_query(category, prices))
        wanted = {name: {value.casefold() for value in values} for name, values in query.facets}
        cards = await cards_of(uow, page.items, wanted)
        return query, listing_of(query, page, cards, prices.currency)


async def _in_currency(uow: UnitOfWork, asked: ListingQuery, prices: Prices) -> ListingQuery:
    """A link may have been made by somebody who pays in another currency, or before this one was chosen."""
    own = "" if prices.is_home else prices.currency
    if not asked.has_bounds or asked.currency == own:
        return replace(asked, currency=own)
    try:
        known = await price_lists.prices(uow, asked.currency, skus=())
    except Conflict:
        return replace(asked, minimum="", maximum="", currency=own)
    return asked.restated(known, prices)


def _find(tree: list[CategoryNode], slug: str) -> tuple[CategoryNode | None, CategoryNode]:
    """A category and the one above it. Raises NotFound."""
    for top in tree:
        if top.category.slug == slug:
            return None, top
        for child in top.children:
            if child.category.slug == slug:
                return top, child
    raise NotFound("There is no such category.")


def _crumbs(parent: CategoryNode | None) -> tuple[Link, ...]:
    shop = Link("Shop", "/")
    return (shop, Link(parent.category.name, f"/c/{parent.category.slug}")) if parent else (shop,)


def _chips(top: CategoryNode, slug: str) -> tuple[Link, ...]:
    """The whole department and what is in it."""
    everything = Link("All", f"/c/{top.category.slug}", top.category.slug == slug)
    below = (
        Link(child.category.name, f"/c/{child.category.slug}", child.category.slug == slug)
        for child in top.children
    )
    return (everything, *below) if top.children else ()


def _title_of(query: ListingQuery) -> str:
    if query.on_sale:
        return "On sale"
    return "New" if query.sort == catalog.Sort.NEWEST else "Everything"
