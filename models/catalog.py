"""Products, variants and categories, as they stand in the document store."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from models.ids import new_id, now
from models.money import Money
from models.pricing.tax import TaxClass

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Sku = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$", max_length=48)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
MAX_PRICE_AMOUNT = 100_000_000
"""Highest price of one unit, in minor units."""


def slugify(title: str) -> str:
    """A title as a URL segment: "Harbour mug, large" → "harbour-mug-large"."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:80].strip("-")


class ProductStatus(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    ARCHIVED = "archived"


class Option(BaseModel):
    """A choice a shopper makes, with its values in display order: Colour: Chalk, Moss."""

    model_config = ConfigDict(extra="forbid")

    name: Text
    values: list[Text] = Field(min_length=1, max_length=50)


class Image(BaseModel):
    """A picture of a product. `options` names the variants it shows, e.g. {"Colour": "Moss"}; empty means all."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(max_length=500, pattern=r"^(/media/|https://)")
    alt: str = Field(max_length=200)
    width: int = Field(gt=0, le=10_000)
    height: int = Field(gt=0, le=10_000)
    options: dict[str, str] = Field(default_factory=dict)


class Variant(BaseModel):
    """What is sold: one SKU with its price. Stock is kept in the inventory, not here."""

    model_config = ConfigDict(extra="forbid")

    sku: Sku
    options: dict[str, str] = Field(default_factory=dict)
    price: Money
    compare_at_price: Money | None = None
    weight_grams: int = Field(default=0, ge=0, le=1_000_000)

    @model_validator(mode="after")
    def _sensible_prices(self) -> Self:
        if not 0 < self.price.amount <= MAX_PRICE_AMOUNT:
            raise ValueError(f"{self.sku}: the price must be above zero")
        if self.compare_at_price and self.compare_at_price.amount <= self.price.amount:
            raise ValueError(f"{self.sku}: the compare-at price must be above the price")
        return self

    @property
    def on_sale(self) -> bool:
        return self.compare_at_price is not None

    def label(self) -> str:
        """The chosen options in one line: "Moss / Large"."""
        return " / ".join(self.options.values())


class Rating(BaseModel):
    average: float = Field(default=0, ge=0, le=5)
    count: int = Field(default=0, ge=0)


class ProductDraft(BaseModel):
    """What staff write: a product without the fields the store itself keeps."""

    model_config = ConfigDict(extra="forbid")

    slug: Slug
    title: Text
    subtitle: str = Field(default="", max_length=160)
    brand: str = Field(default="", max_length=80)
    category: Slug
    description: str = Field(default="", max_length=10_000)
    details: list[str] = Field(default_factory=list, max_length=30)
    care: str = Field(default="", max_length=500)
    options: list[Option] = Field(default_factory=list, max_length=3)
    attributes: dict[str, str] = Field(default_factory=dict)
    variants: list[Variant] = Field(min_length=1, max_length=250)
    images: list[Image] = Field(default_factory=list, max_length=100)
    tags: list[Slug] = Field(default_factory=list, max_length=30)
    tax_class: TaxClass = TaxClass.STANDARD
    status: ProductStatus = ProductStatus.DRAFT

    @model_validator(mode="after")
    def _variants_fit_options(self) -> Self:
        skus = [variant.sku for variant in self.variants]
        if len(set(skus)) != len(skus):
            raise ValueError("two variants have the same SKU")
        combinations = [tuple(sorted(variant.options.items())) for variant in self.variants]
        if len(set(combinations)) != len(combinations):
            raise ValueError("two variants have the same options")
        allowed = {option.name: set(option.values) for option in self.options}
        for variant in self.variants:
            if variant.options.keys() != allowed.keys():
                raise ValueError(
                    f"{variant.sku}: give one value for each option ({', '.join(allowed) or 'none'})"
                )
            for name, value in variant.options.items():
                if value not in allowed[name]:
                    raise ValueError(f"{variant.sku}: “{value}” is not a value of {name}")
        if len({variant.price.currency for variant in self.variants}) > 1:
            raise ValueError("all variants must be priced in one currency")
        return self


class Product(ProductDraft):
    """A product. `version` counts its writes and is its ETag.

    `category_path` leads from the top of the tree to its category, as it was found; empty where that was not asked for.
    """

    id: UUID = Field(default_factory=new_id)
    rating: Rating = Field(default_factory=Rating)
    sold: int = Field(default=0, ge=0)
    version: int = 1
    created_at: datetime = Field(default_factory=now)
    updated_at: datetime = Field(default_factory=now)
    published_at: datetime | None = None
    category_path: list[str] = Field(default_factory=list, exclude=True)

    def variant(self, sku: str) -> Variant | None:
        return next((variant for variant in self.variants if variant.sku == sku), None)

    def name_of(self, variant: Variant) -> str:
        """What a variant is called where nothing else is known of it: "Harbour mug, Moss / Large"."""
        return ", ".join(filter(None, (self.title, variant.label())))

    def images_for(self, options: dict[str, str]) -> list[Image]:
        """The pictures that show a variant with these options; all of them if none is marked for it."""
        fitting = [image for image in self.images if image.options.items() <= options.items()]
        return fitting or self.images

    @property
    def price_from(self) -> Money:
        return min((variant.price for variant in self.variants), key=lambda price: price.amount)

    @property
    def on_sale(self) -> bool:
        return any(variant.on_sale for variant in self.variants)


class CategoryDraft(BaseModel):
    model_config = ConfigDict(extra="forbid")

    slug: Slug
    name: Text
    parent: Slug | None = None
    position: int = Field(default=0, ge=0, le=10_000)
    description: str = Field(default="", max_length=500)
    image_url: str = Field(default="", max_length=500)


class Category(CategoryDraft):
    """A node of the two-level tree; `parent` is None for the upper level."""

    version: int = 1
