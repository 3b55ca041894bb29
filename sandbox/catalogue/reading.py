"""Reads the TOML files: one of products for each leaf category, named after it, and two for the shop."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from sandbox.catalogue.entries import (
    CategoryEntry,
    CategoryFile,
    FacetFile,
    ProductEntry,
    ProductFile,
    VariantEntry,
)
from sandbox.catalogue.rules import faults
from sandbox.catalogue.seeds import Catalogue, CategorySeed, OptionSeed, ProductSeed, VariantSeed
from sandbox.errors import SandboxError

_HERE: Final = Path(__file__).parent
_File = TypeVar("_File", bound=BaseModel)


class CatalogueError(SandboxError):
    """The catalogue's files contradict themselves; the message lists every fault found."""


def load(folder: Path = _HERE) -> Catalogue:
    """The whole catalogue, products in the order of their categories. Raises ``CatalogueError``."""
    entries = _validated(CategoryFile, folder / "categories.toml").category
    categories = tuple(_category(entry) for entry in entries)
    listed = _validated(FacetFile, folder / "facets.toml").root
    facets = {name: tuple(values) for name, values in listed.items()}
    products = tuple(
        _product(entry, category.slug)
        for category in categories
        if category.parent is not None
        for entry in _validated(ProductFile, folder / f"{category.slug}.toml").product
    )
    catalogue = Catalogue(categories, products, facets)
    if found := list(faults(catalogue)):
        raise CatalogueError("\n- ".join(["The demo catalogue needs correcting:", *found]))
    return catalogue


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogueError(
            f"{path.name} is missing: every leaf category has a file of products."
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path.name} is not valid TOML: {error}") from error


def _validated(shape: type[_File], path: Path) -> _File:
    try:
        return shape.model_validate(_table(path))
    except ValidationError as error:
        raise CatalogueError(f"{path.name} needs correcting: {error}") from error


def _category(entry: CategoryEntry) -> CategorySeed:
    return CategorySeed(entry.slug, entry.name, entry.parent, entry.position, entry.description)


def _product(entry: ProductEntry, category: str) -> ProductSeed:
    return ProductSeed(
        slug=entry.slug,
        title=entry.title,
        subtitle=entry.subtitle,
        brand=entry.brand,
        category=category,
        art_type=entry.art_type,
        description=_unwrapped(entry.description),
        details=tuple(entry.details),
        care=entry.care,
        options=tuple(OptionSeed(option.name, tuple(option.values)) for option in entry.options),
        attributes=entry.attributes,
        variants=tuple(_variant(variant, entry) for variant in entry.variants),
        rating_average=entry.rating.average,
        rating_count=entry.rating.count,
        tags=tuple(entry.tags),
        tax_class=entry.tax_class,
        published_days_ago=entry.published_days_ago,
        sold=entry.sold,
    )


def _variant(entry: VariantEntry, product: ProductEntry) -> VariantSeed:
    if len(entry.options) != len(product.options):
        raise CatalogueError(f"{entry.sku} must name one value for each option of {product.slug}.")
    chosen = {option.name: value for option, value in zip(product.options, entry.options, strict=True)}
    colour = entry.colour_art or chosen.get("Colour") or product.art_colour
    if colour is None:
        raise CatalogueError(f"{entry.sku} has no colour to be drawn in: give {product.slug} an art_colour.")
    return VariantSeed(
        sku=entry.sku,
        options=chosen,
        price=entry.price,
        compare_at_price=entry.compare_at_price,
        on_hand=entry.on_hand,
        weight_g=entry.weight_g,
        colour_art=colour,
    )


def _unwrapped(text: str) -> str:
    """Paragraphs as single lines: the files break lines for editors, not for readers."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))
