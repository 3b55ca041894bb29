"""What a search text may mean while it is being typed, and what was meant when it finds nothing."""

from __future__ import annotations

import asyncio
from difflib import get_close_matches

from models.catalog import Category, Product
from models.prices import Prices
from services.catalog import category_repository, criteria, repository
from services.catalog.listing import ProductQuery, Sort, Suggestions
from services.catalog.projection import product_of
from services.catalog.words import begins_with_all, search_terms, words
from services.unit_of_work import UnitOfWork

SUGGESTED_PRODUCTS = 5
SUGGESTED_CATEGORIES = 3
SHORTEST_CORRECTED = 4
"""Letters of a word below which a guess would be wrong more often than right."""
LIKENESS = 0.7
"""Of a word and its correction, as difflib measures it."""


async def suggest(uow: UnitOfWork, q: str, prices: Prices | None = None) -> Suggestions:
    """Products and categories for the beginning of a search text; names come before descriptions. The products come at
    `prices`, or as they stand in the catalogue."""
    terms = search_terms(q)
    if not terms:
        return Suggestions([], [])
    named, found, categories = await asyncio.gather(
        _beginning_with(uow, terms, "search.title"),
        _beginning_with(uow, terms, "search.words"),
        category_repository.find_all(uow.documents),
    )
    products = list({product.id: product for product in [*named, *found]}.values())[:SUGGESTED_PRODUCTS]
    fitting = [category for category in categories if _is_called(category, terms)][:SUGGESTED_CATEGORIES]
    products = [prices.product(product) for product in products] if prices else products
    return Suggestions(products, fitting, "" if products or fitting else await correct(uow, q))


async def correct(uow: UnitOfWork, q: str) -> str:
    """The text with each unknown word replaced by a known one like it; empty if that would find nothing."""
    terms = search_terms(q)
    vocabulary = await repository.find_words(uow.documents) if terms else []
    corrected: list[str] = []
    for term in terms:
        if begins_with_all(vocabulary, [term]):
            corrected.append(term)
        elif len(term) >= SHORTEST_CORRECTED:
            near = [word for word in vocabulary if abs(len(word) - len(term)) <= 2]
            corrected += get_close_matches(term, near, n=1, cutoff=LIKENESS)
    if len(corrected) < len(terms) or corrected == terms:
        return ""
    found = criteria.both(criteria.scope(ProductQuery()), criteria.beginning_with(corrected))
    return " ".join(corrected) if await repository.exists(uow.documents, found) else ""


async def _beginning_with(uow: UnitOfWork, terms: list[str], field: str) -> list[Product]:
    found = criteria.both(criteria.scope(ProductQuery()), criteria.beginning_with(terms, field))
    keys = criteria.SORT_KEYS[Sort.BESTSELLING]
    documents = await repository.find_page(uow.documents, found, keys, skip=0, limit=SUGGESTED_PRODUCTS)
    return [product_of(document) for document in documents]


def _is_called(category: Category, terms: list[str]) -> bool:
    return begins_with_all(words(category.name), terms)
