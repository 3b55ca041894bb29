"""Lists of products, a page at a time."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from models.catalog import Product
from services.catalog import criteria, priced, repository
from services.catalog.facets import facets_of_page
from services.catalog.listing import MAX_LIMIT, MAX_OFFSET, Cursor, ProductPage, ProductQuery
from services.catalog.projection import product_of
from services.catalog.suggesting import correct
from services.document_store import Document
from services.errors import Invalid
from services.unit_of_work import UnitOfWork


async def list_products(uow: UnitOfWork, query: ProductQuery) -> ProductPage:
    """One page of products. Raises Invalid, naming the field, for an unknown sort, cursor or a bad number."""
    _require_in_range(query)
    sort = query.ordering()
    names = [name for name, _ in criteria.sort_keys(query, sort) or []]
    scale = query.prices.currency if query.prices and priced.PLACE in names else ""
    start = Cursor(sort, offset=query.offset, scale=scale)
    if query.cursor:
        start = Cursor.decode(query.cursor, sort, names, scale)
    for search in criteria.searches(query.q):
        page = await _page(uow, query, search, start)
        if page.total or await _finds_anything(uow, query, search):
            return page
    return page if not query.q else replace(page, corrected=await correct(uow, query.q))


async def _page(uow: UnitOfWork, query: ProductQuery, search: Document, start: Cursor) -> ProductPage:
    keys = criteria.sort_keys(query, start.sort)
    found = criteria.both(search, criteria.scope(query))
    documents, (total, counts) = await asyncio.gather(
        _documents(uow, query, found, keys, start), _tally(uow, query, found)
    )
    products = [product_of(document) for document in documents[: query.limit]]
    return ProductPage(
        items=[query.prices.product(product) for product in products] if query.prices else products,
        total=total,
        next_cursor=_next_cursor(documents, keys, start, query.limit),
        facets=facets_of_page(counts, query) if query.facets else [],
    )


async def _documents(
    uow: UnitOfWork, query: ProductQuery, found: Document, keys: criteria.Keys | None, start: Cursor
) -> list[Document]:
    """Those of the page and one more, if there is one."""
    after = criteria.following(keys, start.after) if keys and start.after else {}
    wanted = criteria.both(found, criteria.selection(query))
    if query.prices and start.scale:
        places = {priced.PLACE: priced.places(query.prices)}
        return await repository.find_computed_page(
            uow.documents, wanted, places, after, keys or [], limit=query.limit + 1, skip=start.offset
        )
    return await repository.find_page(
        uow.documents, criteria.both(wanted, after), keys, skip=start.offset, limit=query.limit + 1
    )


async def _tally(uow: UnitOfWork, query: ProductQuery, found: Document) -> tuple[int, list[Document]]:
    chosen = criteria.selection(query)
    if not query.facets:
        return await repository.count(uow.documents, criteria.both(found, chosen)), []
    others = {name: criteria.selection(query, without=name) for name in criteria.chosen_facets(query)}
    return await repository.count_facets(uow.documents, found, chosen, others)


async def _finds_anything(uow: UnitOfWork, query: ProductQuery, search: Document) -> bool:
    """Whether the search alone would find something: then its filters are to blame, and it is not loosened."""
    unfiltered = criteria.scope(ProductQuery(statuses=query.statuses))
    return bool(search) and await repository.exists(uow.documents, criteria.both(search, unfiltered))


def _require_in_range(query: ProductQuery) -> None:
    errors: dict[str, str] = {}
    if not 1 <= query.limit <= MAX_LIMIT:
        errors["limit"] = f"Use 1 to {MAX_LIMIT}."
    if not 0 <= query.offset <= MAX_OFFSET:
        errors["offset"] = f"Use 0 to {MAX_OFFSET}."
    for name, amount in (("price_min", query.price_min), ("price_max", query.price_max)):
        if amount is not None and not 0 <= amount < 2**53:
            errors[name] = "Use an amount in minor units, zero or more."
    if errors:
        raise Invalid("The list can't be shown like that.", errors)


def _next_cursor(
    documents: list[Document], keys: criteria.Keys | None, start: Cursor, limit: int
) -> str | None:
    if len(documents) <= limit:
        return None
    if keys is None:
        offset = start.offset + limit
        return Cursor(start.sort, offset=offset).encode() if offset <= MAX_OFFSET else None
    after = tuple(_field(documents[limit - 1], name) for name, _ in keys)
    return Cursor(start.sort, after=after, scale=start.scale).encode()


def _field(document: Document, path: str) -> object:
    value: object = document
    for name in path.split("."):
        value = value[name] if isinstance(value, dict) else None
    return value


async def related_products(uow: UnitOfWork, product: Product, limit: int = 4) -> list[Product]:
    """Active products that share most with this one."""
    return await repository.find_related(uow.documents, product, limit)
