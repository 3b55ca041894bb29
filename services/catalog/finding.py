"""Finding products: lists with their facets, suggestions while typing, and what else one may like."""

from __future__ import annotations

import asyncio
from difflib import get_close_matches

from models.catalog import Category, Product, ProductStatus
from services.catalog import category_repository, criteria, repository
from services.catalog.facets import facets_of_page
from services.catalog.listing import (
    MAX_LIMIT,
    MAX_OFFSET,
    Cursor,
    ProductPage,
    ProductQuery,
    Sort,
    Suggestions,
)
from services.catalog.projection import product_of
from services.catalog.words import begins_with_all, forms, search_terms, words
from services.document_store import Document
from services.errors import Invalid
from services.unit_of_work import UnitOfWork

SUGGESTED_PRODUCTS = 5
SUGGESTED_CATEGORIES = 3
SHORTEST_CORRECTED = 4
"""Letters of a word below which a guess would be wrong more often than right."""


async def list_products(uow: UnitOfWork, query: ProductQuery) -> ProductPage:
    """One page of products. Raises Invalid, naming the field, for an unknown sort, cursor or a bad number."""
    _require_in_range(query)
    sort = query.ordering()
    keys = criteria.SORT_KEYS.get(sort)
    start = Cursor(sort, offset=query.offset)
    if query.cursor:
        start = Cursor.decode(query.cursor, sort, [name for name, _ in keys or []])
    for search in criteria.searches(query.q):
        found = criteria.both(search, criteria.scope(query))
        after = criteria.following(keys, start.after) if keys and start.after else {}
        page = criteria.both(found, criteria.selection(query), after)
        skip = 0 if after else start.offset
        documents, (total, counts) = await asyncio.gather(
            repository.find_page(uow.documents, page, keys, skip=skip, limit=query.limit + 1),
            _tally(uow, found, query),
        )
        anything = criteria.both(search, criteria.scope(ProductQuery(statuses=query.statuses)))
        if total or not query.q or await repository.exists(uow.documents, anything):
            break
    return ProductPage(
        items=[product_of(document) for document in documents[: query.limit]],
        total=total,
        next_cursor=_next_cursor(documents, sort, skip, query.limit),
        facets=facets_of_page(counts, query) if query.facets else [],
    )


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


async def _tally(uow: UnitOfWork, found: Document, query: ProductQuery) -> tuple[int, list[Document]]:
    chosen = criteria.selection(query)
    if not query.facets:
        return await repository.count(uow.documents, criteria.both(found, chosen)), []
    others = {name: criteria.selection(query, without=name) for name in criteria.chosen_facets(query)}
    return await repository.count_facets(uow.documents, found, chosen, others)


def _next_cursor(documents: list[Document], sort: Sort, skip: int, limit: int) -> str | None:
    if len(documents) <= limit:
        return None
    keys = criteria.SORT_KEYS.get(sort)
    if keys is None:
        return Cursor(sort, offset=skip + limit).encode() if skip + limit <= MAX_OFFSET else None
    return Cursor(sort, after=tuple(_field(documents[limit - 1], name) for name, _ in keys)).encode()


def _field(document: Document, path: str) -> object:
    value: object = document
    for name in path.split("."):
        value = value[name] if isinstance(value, dict) else None
    return value


async def related_products(uow: UnitOfWork, product: Product, limit: int = 4) -> list[Product]:
    """Active products that share most with this one."""
    return await repository.find_related(uow.documents, product, limit)


async def suggest(uow: UnitOfWork, q: str) -> Suggestions:
    """What a text that is still being typed may mean; products named so come before products described so."""
    terms = search_terms(q)
    if not terms:
        return Suggestions([], [])
    named, found, categories = await asyncio.gather(
        _beginning_with(uow, terms, "search.title"),
        _beginning_with(uow, terms, "search.words"),
        category_repository.find_all(uow.documents),
    )
    products = list({product.id: product for product in [*named, *found]}.values())[:SUGGESTED_PRODUCTS]
    fitting = [
        node.category for top in tree for node in (top, *top.children) if _is_called(node.category, terms)
    ]
    corrected = "" if products or fitting else await _corrected(uow, terms)
    return Suggestions(products, fitting[:SUGGESTED_CATEGORIES], corrected)


async def _beginning_with(uow: UnitOfWork, terms: list[str], field: str) -> list[Product]:
    found = criteria.both(criteria.scope(ProductQuery()), criteria.beginning_with(terms, field))
    keys = criteria.SORT_KEYS[Sort.BESTSELLING]
    documents = await repository.find_page(uow.documents, found, keys, skip=0, limit=SUGGESTED_PRODUCTS)
    return [product_of(document) for document in documents]


def _is_called(category: Category, terms: list[str]) -> bool:
    return begins_with_all(words(category.name), terms)


async def _corrected(uow: UnitOfWork, terms: list[str]) -> str:
    """The text with each unknown word replaced by a known one close to it; empty when that finds nothing."""
    vocabulary = await repository.find_words(uow.documents)
    corrected: list[str] = []
    for term in terms:
        if any(word.startswith(prefix(term)) for word in vocabulary):
            corrected.append(term)
            continue
        near = [word for word in vocabulary if abs(len(word) - len(term)) <= 2]
        corrected += get_close_matches(term, near, n=1, cutoff=0.7)
    if len(corrected) < len(terms) or corrected == terms:
        return ""
    found = criteria.both({"status": ProductStatus.ACTIVE.value}, criteria.beginning_with(corrected))
    return " ".join(corrected) if await repository.exists(uow.documents, found) else ""
