"""Between the models and their stored documents, with the fields that are computed for finding products.

| field | for |
|---|---|
| `category_path` | listing a category with all below it; every path starts at the ROOT of the tree |
| `facets` | `[{n: "made-in", l: "Made in", k: "portugal", v: "Portugal"}]`: filters and their counts |
| `price_min`, `listed_at` | sorting |
| `on_sale`, `in_stock` | filters |
| `search` | words of the `title`; `words` of title, brand, tags, category and facets; `body`: of the rest |
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from models.catalog import Category, Product, ProductDraft, slugify
from models.ids import now
from services.catalog.words import words
from services.document_store import Document

ROOT = ""
"""The first entry of every category path, so that one index serves a category as well as the whole store."""

FIELDS_FOR_FINDING = ("category_path", "facets", "price_min", "listed_at", "on_sale", "in_stock", "search")
_PRODUCT_FIELDS = frozenset(Product.model_fields) - {"id"}


def current_time() -> datetime:
    """Now, in the milliseconds that the document store keeps."""
    time = now()
    return time.replace(microsecond=time.microsecond // 1000 * 1000)


def document_of(product: Product, path: Sequence[Category], *, in_stock: bool) -> Document:
    """A whole product. `path` leads from the upper category to the product's own."""
    kept = {"rating", "sold", "version", "created_at", "updated_at", "published_at"}
    return {
        "_id": product.id,
        **product.model_dump(include=kept),
        **written_fields(product, path, listed_at=product.published_at or product.created_at),
        "in_stock": in_stock,
    }


def written_fields(draft: ProductDraft, path: Sequence[Category], *, listed_at: datetime) -> Document:
    """What a write of the draft sets: its own fields and all that is computed from them."""
    return {
        **draft.model_dump(include=set(ProductDraft.model_fields)),
        "status": draft.status.value,
        "tax_class": draft.tax_class.value,
        "facets": facets_of(draft),
        "price_min": min(variant.price.amount for variant in draft.variants),
        "listed_at": listed_at,
        "on_sale": any(variant.on_sale for variant in draft.variants),
        **category_fields(draft, path),
    }


def category_fields(draft: ProductDraft, path: Sequence[Category]) -> Document:
    """What depends on the names and places of the product's categories."""
    category_names = " ".join(category.name for category in path)
    values = [facet["v"] for facet in facets_of(draft)]
    return {
        "category_path": [ROOT, *(category.slug for category in path)],
        "search": {
            "category": category_names,
            "title": words(draft.title),
            "words": words(draft.title, draft.brand, *draft.tags, category_names, *values),
            "body": words(draft.subtitle, draft.description, *draft.details, draft.care),
        },
    }


def facets_of(draft: ProductDraft) -> list[dict[str, str]]:
    """The options its variants have, its attributes and its brand, each value once."""
    named = [(name, value) for variant in draft.variants for name, value in variant.options.items()]
    named += draft.attributes.items()
    if draft.brand:
        named.append(("Brand", draft.brand))
    entries = {
        (slugify(name), facet_key(value)): {
            "n": slugify(name),
            "l": name,
            "k": facet_key(value),
            "v": value.strip(),
        }
        for name, value in reversed(named)
    }
    return list(reversed(entries.values()))


def facet_key(value: str) -> str:
    """What a facet's value is compared by."""
    return value.strip().casefold()


def product_of(document: Document) -> Product:
    fields: dict[str, Any] = {name: value for name, value in document.items() if name in _PRODUCT_FIELDS}
    return Product.model_validate({"id": document["_id"], **fields})


def category_document(category: Category) -> Document:
    return {"_id": category.slug, **category.model_dump(exclude={"slug"})}


def category_of(document: Document) -> Category:
    fields = {name: value for name, value in document.items() if name in Category.model_fields}
    return Category.model_validate({"slug": document["_id"], **fields})
