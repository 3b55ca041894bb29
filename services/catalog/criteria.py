"""From a product query to the filters and orders of the document store. Pure: asks the database nothing.

Whatever comes from outside goes into a filter as a value or, in a pattern, as escaped word characters;
never as a key.
"""

from __future__ import annotations

import re
from typing import Any

from bson.regex import Regex

from models.catalog import slugify
from services.catalog import priced
from services.catalog.listing import ProductQuery, Sort
from services.catalog.projection import ROOT, facet_key
from services.catalog.words import forms, search_terms
from services.document_store import Document

Keys = list[tuple[str, int]]

SORT_KEYS: dict[Sort, Keys] = {
    Sort.NEWEST: [("listed_at", -1), ("_id", -1)],
    Sort.PRICE: [("price_min", 1), ("_id", 1)],
    Sort.PRICE_DESCENDING: [("price_min", -1), ("_id", -1)],
    Sort.RATING: [("rating.average", -1), ("rating.count", -1), ("_id", -1)],
    Sort.BESTSELLING: [("sold", -1), ("_id", -1)],
}
"""Each order ends in the id, so that no two products are equal and a page can continue exactly after one.
Relevance is not among them: it is no field, and a page of it continues at an offset."""


def storable(text: str) -> str:
    """The text as the database takes it: JSON can carry half of a surrogate pair, UTF-8 can't (RFC 8259, 8.2)."""
    return text.encode("utf-8", "replace").decode()


def scope(query: ProductQuery) -> Document:
    """What all facets of a query have in common: everything but its attributes and its search text."""
    statuses = sorted(status.value for status in query.statuses)
    found: Document = {
        "status": statuses[0] if len(statuses) == 1 else {"$in": statuses},
        "category_path": storable(query.category) or ROOT,
    }
    if query.in_stock:
        found["in_stock"] = True
    if query.tags:
        found["tags"] = {"$all": [storable(tag) for tag in query.tags]}
    if query.on_sale:
        found = both(found, priced.reduced(query.prices))
    if query.price_min is not None or query.price_max is not None:
        found = both(found, priced.in_bounds(query.prices, query.price_min, query.price_max))
    return found


def sort_keys(query: ProductQuery, sort: Sort) -> Keys | None:
    """The fields a listing is sorted by, None for relevance."""
    keys = SORT_KEYS.get(sort)
    if keys is None or not priced.needs_places(query.prices):
        return keys
    return [(priced.PLACE if name == "price_min" else name, direction) for name, direction in keys]


def selection(query: ProductQuery, *, without: str = "") -> Document:
    """The chosen facet values: any of one facet, all of the facets; `without` leaves one facet out."""
    chosen = [
        {"facets": {"$elemMatch": {"n": name, "k": {"$in": sorted(keys)}}}}
        for name, keys in chosen_facets(query).items()
        if name != without
    ]
    return {"$and": chosen} if chosen else {}


def chosen_facets(query: ProductQuery) -> dict[str, set[str]]:
    """The facets a query narrows, each with the keys of its values."""
    chosen: dict[str, set[str]] = {}
    for name, values in query.attributes.items():
        keys = {facet_key(storable(value)) for value in values if value.strip()}
        if keys:
            chosen.setdefault(slugify(name), set()).update(keys)
    return chosen


def searches(q: str) -> list[Document]:
    """Filters for a search text, the strictest first; the first that finds something answers.

    All words in the text index's sense; all words as the beginnings of words, for what is still being typed;
    any word.
    """
    if not q.strip():
        return [{}]
    terms = search_terms(q)
    if not terms:
        return [{"_id": {"$in": []}}]
    text = {"$text": {"$search": " ".join(form for term in terms for form in forms(term))}}
    everywhere = [{"$or": [_begins("search.words", term), _begins("search.body", term)]} for term in terms]
    return [{**text, "$and": everywhere}, beginning_with(terms), text]


def beginning_with(terms: list[str], field: str = "search.words") -> Document:
    return {"$and": [_begins(field, term) for term in terms]}


def _begins(field: str, term: str) -> Document:
    """One anchored pattern for each form, because an index serves those and not an alternation."""
    known = forms(term)
    shortest = [
        form for form in known if not any(form != other and form.startswith(other) for other in known)
    ]
    return {field: {"$in": [Regex(f"^{re.escape(form)}") for form in shortest]}}


def uses_text_index(criteria: Document) -> bool:
    return "$text" in criteria


def following(keys: Keys, values: tuple[Any, ...]) -> Document:
    """What comes after a product with these sort values. The outer bound lets an index start there."""
    operator = {1: "$gt", -1: "$lt"}
    ties = [
        {
            **dict(zip([name for name, _ in keys[:depth]], values, strict=False)),
            name: {operator[direction]: values[depth]},
        }
        for depth, (name, direction) in enumerate(keys)
    ]
    first, direction = keys[0]
    return {"$and": [{first: {operator[direction] + "e": values[0]}}, {"$or": ties}]}


def both(*criteria: Document) -> Document:
    """All of the criteria. `$text` stays at the top, the only place where the server takes it."""
    merged: Document = {}
    conjuncts: list[Document] = []
    for document in criteria:
        rest = dict(document)
        conjuncts += rest.pop("$and", [])
        merged |= rest
    return {**merged, "$and": conjuncts} if conjuncts else merged
