"""From the form to the draft that is stored. What can't be stored is said beside the field it was typed in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pydantic import ValidationError

from models.catalog import Image, Option, ProductDraft, Variant, slugify
from models.money import Money
from services.errors import Invalid
from services.inventory.service import MAX_ON_HAND
from store_app.admin.states.prices import BadPrice, parse_price
from store_app.admin.states.product_errors import placed
from store_app.admin.view_models.product_form import NEW, ProductForm, VariantRow

PLEASE = "Some fields need another look. Nothing is saved yet."


def draft_of(form: ProductForm, currency: str) -> ProductDraft:
    """Raises Invalid; its errors are named like the fields of the form."""
    errors = {name: text for name, text in _problems(form, currency) if text}
    if errors:
        raise Invalid(PLEASE, errors)
    try:
        return _draft(form, currency)
    except ValidationError as error:
        raise Invalid(PLEASE, placed(form, error)) from error


def counted_stock(form: ProductForm) -> dict[str, tuple[str, int]]:
    """The SKUs whose units on hand were typed anew: their variant's key and the units.

    What nobody touched is left out, so that a sale meanwhile isn't undone by saving.
    """
    return {
        row.sku.strip(): (row.key, _units(row.stock))
        for row in form.variants
        if row.stock.strip() != row.known_stock or row.sku.strip() != row.known_sku
    }


def _problems(form: ProductForm, currency: str) -> Iterator[tuple[str, str]]:
    yield "title", "" if form.title.strip() else "Give the product a name."
    yield "slug", _slug_problem(form.slug.strip())
    yield "category", "" if form.category else "Choose a category."
    yield "variants", "" if form.variants else "At least one variant is needed: it is what gets sold."
    names = Counter(slugify(option.name) for option in form.options)
    for option in form.options:
        name = slugify(option.name)
        yield (
            f"options.{option.key}.name",
            _twice(names[name]) if name else "Give the option a name, like Colour.",
        )
        texts = Counter(value.text.strip() for value in option.value_rows)
        for value in option.value_rows:
            text = value.text.strip()
            yield f"values.{value.key}.text", _twice(texts[text]) if text else "Give the value a name."
    keys = Counter(row.name.strip() for row in form.attributes)
    for row in form.attributes:
        yield (
            f"attributes.{row.key}.name",
            _twice(keys[row.name.strip()]) if slugify(row.name) else "Name it.",
        )
        yield f"attributes.{row.key}.value", "" if row.value.strip() else "Say what it is."
    for picture in form.pictures:
        yield f"pictures.{picture.key}.alt", "" if picture.alt.strip() else "Say what the picture shows."
    skus = Counter(row.sku.strip() for row in form.variants)
    for variant in form.variants:
        yield from _variant_problems(variant, skus, currency)


def _slug_problem(slug: str) -> str:
    if slug == NEW:
        return f"“{NEW}” is taken by the store itself."
    fits = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    return "" if fits else "Use lower-case letters, digits and single hyphens, like harbour-mug."


def _variant_problems(row: VariantRow, skus: Counter[str], currency: str) -> Iterator[tuple[str, str]]:
    name = f"variants.{row.key}."
    fits = re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", row.sku.strip())
    yield name + "sku", _twice(skus[row.sku.strip()]) if fits else "Use capital letters, digits and hyphens."
    price, problem = _price(row.price, currency)
    yield name + "price", problem
    if row.compare_at.strip():
        before, problem = _price(row.compare_at, currency)
        too_low = price and before and before.amount <= price.amount
        yield name + "compare_at", "This must be above the price." if too_low else problem
    yield name + "weight", _whole_problem(row.weight, 1_000_000)
    yield name + "stock", _whole_problem(row.stock, MAX_ON_HAND)


def _twice(times: int) -> str:
    return "This is there twice." if times > 1 else ""


def _price(text: str, currency: str) -> tuple[Money | None, str]:
    try:
        return parse_price(text, currency), ""
    except BadPrice as problem:
        return None, str(problem)


def _whole_problem(text: str, most: int) -> str:
    bare = text.strip()
    fits = bare.isascii() and bare.isdigit() and len(bare) < 10 and int(bare) <= most
    return "" if fits else f"A whole number from 0 to {most:,}."


def _units(text: str) -> int:
    return int(text.strip())


def _draft(form: ProductForm, currency: str) -> ProductDraft:
    named = {
        value.key: (option.name.strip(), value.text.strip())
        for option in form.options
        for value in option.value_rows
    }
    return ProductDraft(
        slug=form.slug.strip(),
        title=form.title,
        subtitle=form.subtitle.strip(),
        brand=form.brand.strip(),
        category=form.category,
        description=form.description.strip(),
        details=[line.strip() for line in form.details.splitlines() if line.strip()],
        care=form.care.strip(),
        options=[
            Option(name=option.name, values=[value.text for value in option.value_rows])
            for option in form.options
        ],
        attributes={row.name.strip(): row.value.strip() for row in form.attributes},
        variants=[_variant(row, named, currency) for row in form.variants],
        images=[
            Image(
                url=row.url,
                alt=row.alt.strip(),
                width=row.width,
                height=row.height,
                options=dict(named[key] for key in row.shows.split("+") if key in named),
            )
            for row in form.pictures
        ],
        tags=list(dict.fromkeys(tag for tag in map(slugify, form.tags.split(",")) if tag)),
        tax_class=form.tax_class,
        status=form.status,
    )


def _variant(row: VariantRow, named: dict[str, tuple[str, str]], currency: str) -> Variant:
    return Variant(
        sku=row.sku.strip(),
        options=dict(named[key] for key in row.choices),
        price=parse_price(row.price, currency),
        compare_at_price=parse_price(row.compare_at, currency) if row.compare_at.strip() else None,
        weight_grams=_units(row.weight),
    )
