"""What a listing is asked for, what it answers, and the cursor that continues it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

import bson
from bson.codec_options import CodecOptions
from bson.errors import BSONError

from models.catalog import Category, Product, ProductStatus
from models.prices import Prices
from services.errors import Invalid

MAX_LIMIT = 100
MAX_OFFSET = 10_000
MAX_CURSOR_LENGTH = 500
_BSON_OPTIONS: CodecOptions[dict[str, Any]] = CodecOptions(tz_aware=True, uuid_representation=4)


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    PRICE = "price"
    PRICE_DESCENDING = "-price"
    RATING = "rating"
    BESTSELLING = "bestselling"


@dataclass(frozen=True, slots=True)
class ProductQuery:
    """`attributes` maps a facet's name ("made-in") to the values of which a product has any; all must fit.

    Prices are minor units of the currency of `prices`, in which the products come back too; None means as they stand in
    the catalogue. An empty `sort` means relevance for a search, else bestselling.
    """

    q: str = ""
    category: str = ""
    sort: str = ""
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool = False
    on_sale: bool = False
    tags: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limit: int = 24
    offset: int = 0
    cursor: str = ""
    facets: bool = False
    statuses: frozenset[ProductStatus] = frozenset({ProductStatus.ACTIVE})
    prices: Prices | None = None

    def ordering(self) -> Sort:
        """Raises Invalid for an unknown sort."""
        searching = bool(self.q.strip())
        try:
            sort = Sort(self.sort) if self.sort else Sort.RELEVANCE
        except ValueError:
            choices = ", ".join(Sort)
            raise Invalid("That order is not known.", {"sort": f"Use one of {choices}."}) from None
        return Sort.BESTSELLING if sort is Sort.RELEVANCE and not searching else sort


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow a listing. `name` goes into a query ("made-in"), `label` is for people ("Made in")."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class ProductPage:
    """`corrected` is a search text that does find something, when this one finds nothing."""

    items: list[Product]
    total: int
    next_cursor: str | None
    facets: list[Facet]
    corrected: str = ""


@dataclass(frozen=True, slots=True)
class CategoryNode:
    """A category with the number of active products in it and below it."""

    category: Category
    children: tuple[CategoryNode, ...]
    product_count: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """`corrected` is a search text that does find something, empty when there is no need for one."""

    products: list[Product]
    categories: list[Category]
    corrected: str = ""


TYPES_OF_KEY: dict[str, tuple[type, ...]] = {
    "_id": (UUID,),
    "listed_at": (datetime,),
    "price_min": (int,),
    "price_place": (int,),
    "rating.average": (int, float),
    "rating.count": (int,),
    "sold": (int,),
}
"""The sortable fields of a stored product, and what a cursor may hold for each."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a listing continues: after the product with these sort values, or else at an offset. `scale` is the
    currency whose prices by hand the values are about, if they are about any."""

    sort: Sort
    after: tuple[Any, ...] = ()
    offset: int = 0
    scale: str = ""

    def encode(self) -> str:
        document = {"s": self.sort.value, "a": list(self.after), "o": self.offset, "c": self.scale}
        return (
            base64.urlsafe_b64encode(bson.encode(document, codec_options=_BSON_OPTIONS)).decode().rstrip("=")
        )

    @classmethod
    def decode(cls, text: str, sort: Sort, keys: list[str], scale: str = "") -> Self:
        """Read a cursor of a listing with this sort. Raises Invalid for anything else."""
        try:
            raw = base64.urlsafe_b64decode(text[:MAX_CURSOR_LENGTH].encode("ascii") + b"==")
            document = bson.decode(raw, codec_options=_BSON_OPTIONS)
            after, offset = tuple(document["a"]), document["o"]
            usable = document["s"] == sort.value and isinstance(offset, int) and 0 <= offset <= MAX_OFFSET
            usable = usable and document["c"] == scale and (not after or _fits(after, keys))
        except (BSONError, binascii.Error, ValueError, KeyError, TypeError, OverflowError):
            usable = False
        if not usable:
            raise Invalid(
                "This page of the list can't be found.",
                {
                    "cursor": "Use the next_cursor of the page before, with its sort and currency, or leave it out."
                },
            )
        return cls(sort, after, int(offset), scale)


def _fits(values: tuple[Any, ...], keys: list[str]) -> bool:
    return len(values) == len(keys) and all(
        isinstance(value, TYPES_OF_KEY[key]) for value, key in zip(values, keys, strict=True)
    )
