"""Attributes and pictures of a product form: adding, removing, moving. All pure."""

from __future__ import annotations

from dataclasses import replace

from store_app.admin.states.product_rows import keyed, settled
from store_app.admin.view_models.product_form import AttributeRow, PictureRow, ProductForm

MAX_PICTURES = 100


def add_attribute(form: ProductForm) -> ProductForm:
    form, key = keyed(form, "attribute")
    return replace(form, attributes=(*form.attributes, AttributeRow(key)))


def remove_attribute(form: ProductForm, key: str) -> ProductForm:
    return replace(form, attributes=tuple(row for row in form.attributes if row.key != key))


def add_picture(form: ProductForm, url: str, width: int, height: int) -> ProductForm:
    """At the end, described by the title until somebody says it better."""
    if len(form.pictures) >= MAX_PICTURES or any(row.url == url for row in form.pictures):
        return form
    form, key = keyed(form, "picture")
    picture = PictureRow(key, url, alt=form.title.strip()[:200], width=width, height=height)
    return settled(replace(form, pictures=(*form.pictures, picture)))


def remove_picture(form: ProductForm, key: str) -> ProductForm:
    return settled(replace(form, pictures=tuple(row for row in form.pictures if row.key != key)))


def move_picture(form: ProductForm, key: str, by: int) -> ProductForm:
    """Towards the front with -1, towards the end with 1; the first picture is the one in lists."""
    rows = list(form.pictures)
    place = next((index for index, row in enumerate(rows) if row.key == key), -1)
    target = place + by
    if place < 0 or by not in (-1, 1) or not 0 <= target < len(rows):
        return form
    rows[place], rows[target] = rows[target], rows[place]
    return replace(form, pictures=tuple(rows))
