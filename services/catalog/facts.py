"""What the audit log tells of products and categories: flat, named for people, without what is empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.catalog import CategoryDraft, ProductDraft, Variant

_PLAIN = (
    "slug",
    "title",
    "subtitle",
    "brand",
    "category",
    "status",
    "description",
    "details",
    "care",
    "tags",
    "tax_class",
)


def product_facts(product: ProductDraft | None) -> dict[str, Any]:
    """Each variant, option and attribute is told by itself: `variants.MUG-1.price`, `attributes.Made in`."""
    return {name: value for name, value in _product(product) if value} if product else {}


def category_facts(category: CategoryDraft | None) -> dict[str, Any]:
    """The position counts from 0, so that 0 is told too."""
    told = category.model_dump(include=set(CategoryDraft.model_fields)) if category else {}
    return {name: value for name, value in told.items() if value not in ("", None)}


def _product(product: ProductDraft) -> Iterator[tuple[str, Any]]:
    for name in _PLAIN:
        yield name, getattr(product, name)
    for option in product.options:
        yield f"options.{option.name}", option.values
    for name, value in product.attributes.items():
        yield f"attributes.{name}", value
    for variant in product.variants:
        yield from _variant(variant)
    yield "images", [f"{image.url} {image.alt}".strip() for image in product.images]


def _variant(variant: Variant) -> Iterator[tuple[str, Any]]:
    for name in ("options", "price", "compare_at_price", "weight_grams"):
        yield f"variants.{variant.sku}.{name}", getattr(variant, name)
