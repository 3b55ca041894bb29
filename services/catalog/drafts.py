"""What a product draft must meet before it is stored, beyond its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from models.catalog import MAX_PRICE_AMOUNT, Image, ProductDraft, slugify
from services.errors import Invalid

MAX_ATTRIBUTES = 30
MAX_NAME_LENGTH = 60
MAX_VALUE_LENGTH = 120


def require_sellable(draft: ProductDraft, currency: str) -> None:
    """Raises Invalid, naming each field, for texts, names and prices that cart and search can't work with."""
    errors = dict(_price_errors(draft, currency)) | dict(_text_errors(draft)) | dict(_name_errors(draft))
    if errors:
        raise Invalid("The product can't be saved as it is. Please correct the fields named.", errors)


def _price_errors(draft: ProductDraft, currency: str) -> Iterator[tuple[str, str]]:
    for position, variant in enumerate(draft.variants):
        if variant.price.currency != currency:
            yield f"variants.{position}.price.currency", f"The store sells in {currency}."
        elif variant.price != variant.price.chargeable():
            usable = variant.price.chargeable().format()
            yield f"variants.{position}.price.amount", f"A card can't be charged this. Use {usable}."
        compare_at = variant.compare_at_price
        if compare_at and compare_at.currency != currency:
            yield f"variants.{position}.compare_at_price.currency", f"The store sells in {currency}."
        if compare_at and compare_at.amount > MAX_PRICE_AMOUNT:
            yield f"variants.{position}.compare_at_price.amount", f"At most {MAX_PRICE_AMOUNT}."


def _text_errors(draft: ProductDraft) -> Iterator[tuple[str, str]]:
    """PostgreSQL stores no NUL character, and a title goes there with the order."""
    for name, value in draft.model_dump(mode="json").items():
        if any("\0" in text for text in _texts(value)):
            yield name, "Remove the NUL character."


def _name_errors(draft: ProductDraft) -> Iterator[tuple[str, str]]:
    """Names of options and attributes are the names of facets, so they need a letter or a digit."""
    if len(draft.attributes) > MAX_ATTRIBUTES:
        yield "attributes", f"At most {MAX_ATTRIBUTES}."
    if len({slugify(option.name) for option in draft.options}) < len(draft.options):
        yield "options", "Two options have the same name."
    for position, option in enumerate(draft.options):
        if not slugify(option.name):
            yield f"options.{position}.name", "Use at least one letter from a to z or a digit."
    for name, value in draft.attributes.items():
        if not slugify(name) or len(name) > MAX_NAME_LENGTH:
            yield (
                "attributes",
                f"A name has up to {MAX_NAME_LENGTH} characters, one of them a to z or a digit.",
            )
        if not value.strip() or len(value) > MAX_VALUE_LENGTH:
            yield (
                f"attributes.{name[:MAX_NAME_LENGTH]}",
                f"Give 1 to {MAX_VALUE_LENGTH} characters.",
            )
    for position, image in enumerate(draft.images):
        if not _image_fits(image, draft):
            yield f"images.{position}.options", "Name only options and values that the product has."


def _image_fits(image: Image, draft: ProductDraft) -> bool:
    allowed = {option.name: option.values for option in draft.options}
    return all(value in allowed.get(name, []) for name, value in image.options.items())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
