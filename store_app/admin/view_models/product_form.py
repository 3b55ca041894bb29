"""A product while it is edited: texts as they are typed, rows with keys that don't change when their texts do.

Options, values, variants and pictures refer to each other by those keys, so that renaming a value keeps its variants.
"""

from __future__ import annotations

from dataclasses import dataclass

from store_app.admin.view_models.filters import Choice

NEW = "new"
"""Stands in the address in place of a slug while a product isn't stored yet."""


@dataclass(frozen=True, slots=True)
class ValueRow:
    key: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class OptionRow:
    key: str
    name: str = ""
    value_rows: tuple[ValueRow, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributeRow:
    key: str
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class VariantRow:
    """`choices` holds the key of one value of each option. `known_sku` and `known_stock` are as they were stored."""

    key: str
    choices: tuple[str, ...] = ()
    label: str = ""
    sku: str = ""
    price: str = ""
    compare_at: str = ""
    weight: str = "0"
    stock: str = "0"
    reserved: int = 0
    known_sku: str = ""
    known_stock: str = ""


@dataclass(frozen=True, slots=True)
class PictureRow:
    """`shows` is the keys of the values it shows, joined with "+"; empty when it shows every variant."""

    key: str
    url: str
    alt: str = ""
    width: int = 0
    height: int = 0
    shows: str = ""


@dataclass(frozen=True, slots=True)
class ProductForm:
    """`id`, `slug_now` and `status_now` are what is stored, empty for a new product. `keys_given` counts new rows.

    `missing` holds the first combinations of values without a variant, `missing_count` says how many there are.
    """

    id: str = ""
    slug_now: str = ""
    status_now: str = ""
    title: str = ""
    slug: str = ""
    subtitle: str = ""
    brand: str = ""
    category: str = ""
    description: str = ""
    details: str = ""
    care: str = ""
    tags: str = ""
    tax_class: str = "standard"
    status: str = "draft"
    options: tuple[OptionRow, ...] = ()
    attributes: tuple[AttributeRow, ...] = ()
    variants: tuple[VariantRow, ...] = ()
    pictures: tuple[PictureRow, ...] = ()
    picture_choices: tuple[Choice, ...] = ()
    missing: tuple[Choice, ...] = ()
    missing_count: int = 0
    keys_given: int = 0
