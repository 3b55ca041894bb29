"""Options, their values and the variants made of them: adding and removing. All pure."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from models.catalog import slugify
from store_app.admin.states.product_rows import combinations, keyed, settled
from store_app.admin.view_models.product_form import (
    OptionRow,
    PictureRow,
    ProductForm,
    ValueRow,
    VariantRow,
)

MAX_OPTIONS = 3
MAX_VALUES = 50
MAX_VARIANTS = 250


def add_option(form: ProductForm) -> ProductForm:
    """An option with one value, which every variant there is then has."""
    if len(form.options) >= MAX_OPTIONS:
        return form
    form, option_key = keyed(form, "option")
    form, value_key = keyed(form, "value")
    return settled(
        replace(
            form,
            options=(*form.options, OptionRow(option_key, value_rows=(ValueRow(value_key),))),
            variants=tuple(replace(row, choices=(*row.choices, value_key)) for row in form.variants),
        )
    )


def remove_option(form: ProductForm, key: str) -> ProductForm:
    """Of variants that no longer differ, the first stays."""
    places = [place for place, option in enumerate(form.options) if option.key == key]
    if not places:
        return form
    gone = {value.key for value in form.options[places[0]].value_rows}
    kept: dict[tuple[str, ...], VariantRow] = {}
    for row in form.variants:
        choices = tuple(choice for choice in row.choices if choice not in gone)
        kept.setdefault(choices, replace(row, choices=choices))
    return settled(
        replace(
            form,
            options=tuple(option for option in form.options if option.key != key),
            variants=tuple(kept.values()),
            pictures=_without_values(form.pictures, gone),
        )
    )


def add_value(form: ProductForm, option_key: str) -> ProductForm:
    form, key = keyed(form, "value")
    options = tuple(
        replace(option, value_rows=(*option.value_rows, ValueRow(key))[:MAX_VALUES])
        if option.key == option_key
        else option
        for option in form.options
    )
    return settled(replace(form, options=options))


def remove_value(form: ProductForm, key: str) -> ProductForm:
    """With its variants. The last value of an option stays: without it the option itself is to be removed."""
    options = tuple(
        replace(
            option,
            value_rows=tuple(value for value in option.value_rows if value.key != key) or option.value_rows,
        )
        for option in form.options
    )
    if options == form.options:
        return form
    variants = tuple(row for row in form.variants if key not in row.choices)
    return settled(
        replace(form, options=options, variants=variants, pictures=_without_values(form.pictures, {key}))
    )


def add_variant(form: ProductForm, choices_text: str) -> ProductForm:
    """A variant of a combination that has none, priced like the one nearest to it."""
    choices = tuple(choices_text.split("+")) if choices_text else ()
    taken = any(row.choices == choices for row in form.variants)
    if taken or not _is_combination(form, choices) or len(form.variants) >= MAX_VARIANTS:
        return form
    form, key = keyed(form, "variant")
    nearest = max(
        form.variants,
        key=lambda row: len(set(row.choices) & set(choices)),
        default=VariantRow(key=""),
    )
    row = VariantRow(
        key,
        choices,
        sku=suggested_sku(form, choices),
        price=nearest.price,
        compare_at=nearest.compare_at,
        weight=nearest.weight,
    )
    return settled(replace(form, variants=_in_order(form, (*form.variants, row))))


def _is_combination(form: ProductForm, choices: tuple[str, ...]) -> bool:
    return len(choices) == len(form.options) and all(
        key in {value.key for value in option.value_rows}
        for key, option in zip(choices, form.options, strict=True)
    )


def _in_order(form: ProductForm, variants: tuple[VariantRow, ...]) -> tuple[VariantRow, ...]:
    """As the values stand in their options."""
    places = {value.key: place for option in form.options for place, value in enumerate(option.value_rows)}
    return tuple(sorted(variants, key=lambda row: [places.get(key, 0) for key in row.choices]))


def add_missing(form: ProductForm) -> ProductForm:
    """A variant for every combination without one, as far as the limit allows."""
    taken = {row.choices for row in form.variants}
    room = MAX_VARIANTS - len(taken)
    for choices in list(islice((each for each in combinations(form) if each not in taken), max(0, room))):
        form = add_variant(form, "+".join(choices))
    return form


def remove_variant(form: ProductForm, key: str) -> ProductForm:
    return settled(replace(form, variants=tuple(row for row in form.variants if row.key != key)))


def suggested_sku(form: ProductForm, choices: tuple[str, ...] = ()) -> str:
    """From title and values: "HARBOUR-MUG-MOSS"; with a number when another variant has it."""
    texts = {value.key: value.text for option in form.options for value in option.value_rows}
    words = [form.title, *(texts.get(key, "") for key in choices)]
    stem = "-".join(part for part in (slugify(word).upper() for word in words) if part)[:44].strip("-")
    taken = {row.sku for row in form.variants}
    numbered = (stem if number == 1 else f"{stem}-{number}" for number in range(1, MAX_VARIANTS + 2))
    return next(sku for sku in numbered if sku not in taken) if stem else ""


def with_suggested_skus(form: ProductForm, before: ProductForm) -> ProductForm:
    """SKUs that are empty or still as suggested for the form as it was before follow its new texts."""
    for row in form.variants:
        others = tuple(other for other in form.variants if other.key != row.key)
        if row.sku in ("", suggested_sku(replace(before, variants=others), row.choices)):
            sku = suggested_sku(replace(form, variants=others), row.choices)
            form = replace(
                form,
                variants=tuple(
                    replace(each, sku=sku) if each.key == row.key else each for each in form.variants
                ),
            )
    return form


def _without_values(pictures: tuple[PictureRow, ...], gone: set[str]) -> tuple[PictureRow, ...]:
    return tuple(
        replace(row, shows="+".join(key for key in row.shows.split("+") if key not in gone))
        for row in pictures
    )
