"""What the REST API takes and gives for products and suggestions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from models.catalog import Image, Option, Product, ProductDraft, ProductStatus, Rating, Variant
from models.money import Money
from models.pricing import TaxClass
from models.stock import StockLevel, StockStatus
from services.catalog.service import Facet, ProductPage, Suggestions
from services.inventory.service import MAX_ON_HAND

Levels = Mapping[str, StockLevel]


class Stock(BaseModel):
    """`backorder` of the units available are made to order, and ship in `ships_in_days`."""

    available: int
    status: StockStatus
    backorder: int
    ships_in_days: int | None


class VariantResource(BaseModel):
    sku: str
    options: dict[str, str]
    price: Money
    compare_at_price: Money | None
    weight_grams: int
    stock: Stock


class ProductResource(BaseModel):
    id: UUID
    slug: str
    title: str
    subtitle: str
    brand: str
    category: str
    description: str
    details: list[str]
    care: str
    options: list[Option]
    attributes: dict[str, str]
    variants: list[VariantResource]
    images: list[Image]
    tags: list[str]
    tax_class: TaxClass
    status: ProductStatus
    price_from: Money
    on_sale: bool
    rating: Rating
    version: int
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None

    @classmethod
    def of(cls, product: Product, levels: Levels) -> ProductResource:
        variants = [
            VariantResource(**dict(variant), stock=_stock(levels[variant.sku]))
            for variant in product.variants
        ]
        fields = {name: value for name, value in product if name in cls.model_fields}
        derived = {"variants": variants, "price_from": product.price_from, "on_sale": product.on_sale}
        return cls.model_validate(fields | derived)


def _stock(level: StockLevel) -> Stock:
    offer = level.offer()
    return Stock(
        available=level.available,
        status=level.status,
        backorder=offer.made_to_order,
        ships_in_days=level.backorder_days if offer.made_to_order else None,
    )


KEPT_BY_STORE = frozenset(
    {*ProductResource.model_fields, *Product.model_fields} - ProductDraft.model_fields.keys()
)
"""Fields of the answer that a client may send back with the rest; they are passed over."""


class VariantInput(Variant):
    on_hand: Annotated[int, Field(ge=0, le=MAX_ON_HAND)] | None = Field(
        default=None, description="Units in the warehouse. Left out: the stock stays as it is."
    )

    @model_validator(mode="before")
    @classmethod
    def _without_kept_fields(cls, data: Any) -> Any:
        return without(data, frozenset({"stock"}))


class ProductInput(ProductDraft):
    """A product as it is written; what GET answers can be sent back changed."""

    variants: list[VariantInput] = Field(min_length=1, max_length=250)  # type: ignore[assignment]

    @model_validator(mode="before")
    @classmethod
    def _without_kept_fields(cls, data: Any) -> Any:
        return without(data, KEPT_BY_STORE)

    def draft(self) -> ProductDraft:
        return ProductDraft.model_validate(self.model_dump(exclude={"variants": {"__all__": {"on_hand"}}}))

    def stock(self) -> dict[str, int]:
        """The units on hand of the SKUs that name them."""
        return {variant.sku: variant.on_hand for variant in self.variants if variant.on_hand is not None}


def without(data: Any, names: frozenset[str]) -> Any:
    """A JSON object without these members; anything else as it is."""
    if not isinstance(data, dict):
        return data
    return {name: value for name, value in data.items() if name not in names}


class FacetValueResource(BaseModel):
    value: str
    count: int
    selected: bool


class FacetResource(BaseModel):
    """`name` is what follows `attr.` in the query."""

    name: str
    label: str
    values: list[FacetValueResource]

    @classmethod
    def of(cls, facet: Facet) -> FacetResource:
        values = [
            FacetValueResource(value=value.value, count=value.count, selected=value.selected)
            for value in facet.values
        ]
        return cls(name=facet.name, label=facet.label, values=values)


class ProductList(BaseModel):
    items: list[ProductResource]
    next_cursor: str | None
    total: int
    facets: list[FacetResource] | None = Field(default=None, description="Only with facets=true.")
    corrected_query: str | None = Field(default=None, description="For a search that finds nothing.")

    @classmethod
    def of(cls, page: ProductPage, levels: Levels, *, facets: bool) -> ProductList:
        return cls(
            items=[ProductResource.of(product, levels) for product in page.items],
            next_cursor=page.next_cursor,
            total=page.total,
            facets=[FacetResource.of(facet) for facet in page.facets] if facets else None,
            corrected_query=page.corrected or None,
        )


class SuggestedProduct(BaseModel):
    slug: str
    title: str
    price_from: Money
    image_url: str


class SuggestedCategory(BaseModel):
    slug: str
    name: str


class SuggestionList(BaseModel):
    """`corrected_query` is a search that finds something when this one does not."""

    products: list[SuggestedProduct]
    categories: list[SuggestedCategory]
    corrected_query: str | None

    @classmethod
    def of(cls, suggestions: Suggestions) -> SuggestionList:
        products = [
            SuggestedProduct(
                slug=product.slug,
                title=product.title,
                price_from=product.price_from,
                image_url=product.images[0].url if product.images else "",
            )
            for product in suggestions.products
        ]
        categories = [
            SuggestedCategory(slug=category.slug, name=category.name) for category in suggestions.categories
        ]
        return cls(products=products, categories=categories, corrected_query=suggestions.corrected or None)
