"""A product form as its texts are typed: taking them over, and what follows from them. All pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product
from math import prod
from typing import Any

from store_app.admin.view_models.filters import Choice
from store_app.admin.view_models.product_form import ProductForm

MAX_TEXT = 12_000
SHOWN_MISSING = 8
_TEXTS = frozenset(
    (
        "title",
        "slug",
        "subtitle",
        "brand",
        "category",
        "description",
        "details",
        "care",
        "tags",
        "tax_class",
        "status",
    )
)
_ROW_TEXTS: Mapping[str, frozenset[str]] = {
    "options": frozenset({"name"}),
    "values": frozenset({"text"}),
    "attributes": frozenset({"name", "value"}),
    "variants": frozenset({"sku", "price", "compare_at", "weight", "stock"}),
    "pictures": frozenset({"alt", "shows"}),
}


def typed(form: ProductForm, texts: Mapping[str, Any]) -> ProductForm:
    """Take over what was typed: `title`, `variants.<key>.price`, `values.<key>.text` … Other names are ignored."""
    plain: dict[str, Any] = {}
    of_rows: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for name, given in texts.items():
        text = given.replace("\r\n", "\n")[:MAX_TEXT] if isinstance(given, str) else None
        kind, _, rest = name.partition(".")
        key, _, field = rest.rpartition(".")
        if text is not None and name in _TEXTS:
            plain[name] = text
        elif text is not None and field in _ROW_TEXTS.get(kind, ()):
            of_rows[kind, key][field] = text
    rows: dict[str, Any] = {
        kind: tuple(replace(row, **of_rows.get((kind, row.key), {})) for row in getattr(form, kind))
        for kind in ("options", "attributes", "variants", "pictures")
    }
    rows["options"] = tuple(
        replace(
            option,
            value_rows=tuple(
                replace(value, **of_rows.get(("values", value.key), {})) for value in option.value_rows
            ),
        )
        for option in rows["options"]
    )
    return settled(replace(form, **plain, **rows))


def settled(form: ProductForm) -> ProductForm:
    """Bring what follows from the rows up to date: labels, combinations without a variant, choices for pictures."""
    texts = {value.key: value.text.strip() or "…" for option in form.options for value in option.value_rows}
    variants = tuple(replace(row, label=_label(row.choices, texts)) for row in form.variants)
    taken = {row.choices for row in variants}
    free = (choices for choices in combinations(form) if choices not in taken)
    single = [
        Choice(value.key, f"{option.name.strip() or 'Option'}: {texts[value.key]}")
        for option in form.options
        for value in option.value_rows
    ]
    joined = dict.fromkeys(row.shows for row in form.pictures if "+" in row.shows)
    several = [Choice(shows, _label(tuple(shows.split("+")), texts)) for shows in joined]
    return replace(
        form,
        variants=variants,
        missing=tuple(
            Choice("+".join(choices), _label(choices, texts)) for choices in islice(free, SHOWN_MISSING)
        ),
        missing_count=_combination_count(form) - len(taken),
        picture_choices=(*single, *several),
    )


def _label(choices: tuple[str, ...], texts: Mapping[str, str]) -> str:
    return " / ".join(texts.get(key, "…") for key in choices)


def combinations(form: ProductForm) -> Iterator[tuple[str, ...]]:
    return product(*(tuple(value.key for value in option.value_rows) for option in form.options))


def _combination_count(form: ProductForm) -> int:
    return prod(len(option.value_rows) for option in form.options)


def keyed(form: ProductForm, kind: str) -> tuple[ProductForm, str]:
    """A key that no row has had."""
    return replace(form, keys_given=form.keys_given + 1), f"{kind}-new{form.keys_given + 1}"
