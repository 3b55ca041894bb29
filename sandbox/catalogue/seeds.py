"""The demo catalogue's nouns, as the seeder receives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CategorySeed:
    """A node of the two-level tree; ``parent`` is a slug, ``None`` at the top."""

    slug: str
    name: str
    parent: str | None
    position: int
    description: str


@dataclass(frozen=True, slots=True)
class OptionSeed:
    """A choice a shopper makes, with its values in the order a picker shows them."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VariantSeed:
    """One thing that can be bought. Prices are pence with VAT; ``colour_art`` is the colour to draw it in."""

    sku: str
    options: Mapping[str, str]
    price: int
    compare_at_price: int | None
    on_hand: int
    weight_g: int
    colour_art: str


@dataclass(frozen=True, slots=True)
class ProductSeed:
    """A product and every variant of it; a combination of ``options`` that has no variant is not made.

    ``category`` is a leaf's slug. ``description`` holds paragraphs parted by a blank line. ``sold`` is the
    number of units the bestseller order starts from.
    """

    slug: str
    title: str
    subtitle: str
    brand: str
    category: str
    art_type: str
    description: str
    details: tuple[str, ...]
    care: str
    options: tuple[OptionSeed, ...]
    attributes: Mapping[str, str]
    variants: tuple[VariantSeed, ...]
    rating_average: float
    rating_count: int
    tags: tuple[str, ...]
    tax_class: str
    published_days_ago: int
    sold: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the shop opens with. ``facets`` lists, for each attribute, its values in display order."""

    categories: tuple[CategorySeed, ...]
    products: tuple[ProductSeed, ...]
    facets: Mapping[str, tuple[str, ...]]

    def parent_of(self, category: str) -> str:
        """The top category a leaf belongs to, which also sets the ground its pictures stand on.

        Raises ``KeyError`` for a slug that is no leaf.
        """
        parents = {seed.slug: seed.parent for seed in self.categories if seed.parent is not None}
        return parents[category]
