"""The shape of the catalogue's TOML files: what an entry must hold, and within which bounds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Sku = Annotated[str, Field(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)+$")]
Line = Annotated[str, Field(min_length=1, pattern=r"^\S([^\n]*\S)?$")]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(gt=0)]


class Entry(BaseModel):
    """A misspelt key or a number in quotes is a mistake, never a default."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CategoryEntry(Entry):
    slug: Slug
    name: Line
    parent: Slug | None = None
    position: Positive
    description: Line


class OptionEntry(Entry):
    name: Line
    values: Annotated[list[Line], Field(min_length=1)]


class VariantEntry(Entry):
    """``options`` gives one value for each of the product's options, in their order."""

    sku: Sku
    options: list[Line]
    price: Positive
    compare_at_price: Positive | None = None
    on_hand: Count
    weight_g: Positive
    colour_art: Line | None = None


class RatingEntry(Entry):
    average: Annotated[float, Field(ge=1, le=5)]
    count: Positive


class ProductEntry(Entry):
    """``art_colour`` is drawn for variants with neither a Colour option nor a ``colour_art`` of their own."""

    slug: Slug
    title: Annotated[Line, Field(max_length=48)]
    subtitle: Annotated[Line, Field(max_length=70)]
    brand: Line
    art_type: Line
    art_colour: Line | None = None
    tags: list[Literal["featured", "new"]]
    tax_class: Literal["standard", "reduced", "zero"] = "standard"
    published_days_ago: Count
    sold: Count
    rating: RatingEntry
    description: str
    details: Annotated[list[Line], Field(min_length=3, max_length=5)]
    care: Line
    attributes: dict[Line, Line]
    options: Annotated[list[OptionEntry], Field(min_length=1, max_length=3)]
    variants: Annotated[list[VariantEntry], Field(min_length=1)]


class CategoryFile(Entry):
    category: list[CategoryEntry]


class ProductFile(Entry):
    product: list[ProductEntry]


class FacetFile(RootModel[dict[Line, list[Line]]]):
    """Attribute names, each with the values it may have."""
