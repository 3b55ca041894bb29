"""What the model and the services refuse, brought to the field of the product form that it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from services.errors import Conflict
from store_app.admin.view_models.product_form import ProductForm

GENERAL = "form"
"""The name under which an error stands that belongs to no single field."""

_FIELDS_OF_ROWS: Mapping[str, Mapping[str, str]] = {
    "variants": {
        "sku": "sku",
        "price": "price",
        "compare_at_price": "compare_at",
        "weight_grams": "weight",
        "options": "sku",
        "": "sku",
    },
    "images": {"alt": "alt", "options": "shows", "": "alt"},
    "options": {"name": "name", "values": "name", "": "name"},
}
_PLAIN = frozenset(ProductForm.__dataclass_fields__)
_SKU = re.compile(r"[A-Z0-9-]+")
_LENGTH = re.compile(r"at (most|least) (\d+)")


def placed(form: ProductForm, error: ValidationError) -> dict[str, str]:
    """Errors of the model by the name of their field."""
    return {
        field_name(form, [str(part) for part in found["loc"]]): _words(found["msg"])
        for found in error.errors()
    }


def placed_names(form: ProductForm, errors: Mapping[str, str]) -> dict[str, str]:
    """Errors of a service, whose names are paths like "variants.2.price.currency", by the name of their field."""
    return {field_name(form, name.split(".")): text for name, text in errors.items()}


def placed_conflict(form: ProductForm, conflict: Conflict) -> dict[str, str]:
    """A slug or SKU that another product has."""
    if conflict.code == "slug_taken":
        return {"slug": conflict.detail}
    if conflict.code == "sku_taken":
        row = next((row for row in form.variants if row.sku.strip() in _SKU.findall(conflict.detail)), None)
        return {f"variants.{row.key}.sku" if row else GENERAL: conflict.detail}
    return {GENERAL: conflict.detail}


def field_name(form: ProductForm, path: Sequence[str]) -> str:
    """("variants", "2", "sku") → "variants.<key of the third row>.sku"; what has no field goes to GENERAL."""
    kind, place, part = (*path, "", "", "")[:3]
    keys = {
        "variants": [row.key for row in form.variants],
        "images": [row.key for row in form.pictures],
        "options": [row.key for row in form.options],
    }.get(kind, [])
    if place.isdigit() and int(place) < len(keys):
        field = _FIELDS_OF_ROWS[kind].get(part, _FIELDS_OF_ROWS[kind][""])
        return f"{'pictures' if kind == 'images' else kind}.{keys[int(place)]}.{field}"
    if kind == "attributes":
        row = next((row for row in form.attributes if row.name.strip() == place), None)
        return f"attributes.{row.key}.value" if row else GENERAL
    return kind if kind in _PLAIN else GENERAL


def _words(message: str) -> str:
    """A sentence of the model as a person reads it."""
    length = _LENGTH.search(message)
    if length and "character" in message:
        return f"At {length[1]} {length[2]} characters."
    text = message.removeprefix("Value error, ")
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
