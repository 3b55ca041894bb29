"""From counted facet values to the facets of a page, in the order people expect."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.catalog import slugify
from services.catalog import criteria
from services.catalog.listing import Facet, FacetValue, ProductQuery
from services.catalog.projection import facet_key
from services.document_store import Document

_SIZES = ("xxs", "xs", "s", "small", "m", "medium", "l", "large", "xl", "extra large", "xxl", "xxxl")
_MEASURE = re.compile(r"(\d+(?:\.\d+)?)(?:\s*[×x]\s*[\d.]+)*\s*([a-z]*)")
_UNITS = {"cl": 10, "l": 1000, "kg": 1000, "cm": 10, "m": 1000}
"""In millilitres, grams and millimetres; anything else counts as it is."""


def facets_of_page(counts: Iterable[Document], query: ProductQuery) -> list[Facet]:
    """Facets with something to choose, the widest first; a chosen value stays even when it finds nothing."""
    chosen = criteria.chosen_facets(query)
    labels: dict[str, str] = {}
    values: dict[str, list[FacetValue]] = {}
    for entry in counts:
        name, key = entry["_id"]["n"], entry["_id"]["k"]
        labels.setdefault(name, entry["l"])
        selected = key in chosen.get(name, set())
        values.setdefault(name, []).append(FacetValue(entry["v"], entry["count"], selected))
    for written, texts in query.attributes.items():
        name = slugify(written)
        if name in values:
            values[name] += _chosen_in_vain(texts, values[name])
    usable = [name for name in values if len(values[name]) > 1 or name in chosen]
    usable.sort(key=lambda name: (-sum(value.count for value in values[name]), name))
    return [Facet(name, labels[name], tuple(_in_order(values[name]))) for name in usable]


def _chosen_in_vain(texts: Iterable[str], found: list[FacetValue]) -> list[FacetValue]:
    known = {facet_key(value.value) for value in found}
    missing = {facet_key(text): text.strip() for text in map(criteria.storable, texts) if text.strip()}
    return [FacetValue(text, 0, True) for key, text in missing.items() if key not in known]


def _in_order(values: list[FacetValue]) -> list[FacetValue]:
    """Sizes and measures from small to large, anything else with the most products first."""
    sizes = {value.value: _size(value.value.casefold()) for value in values}
    if all(sizes.values()):
        return sorted(values, key=lambda value: (*sizes[value.value], value.value))
    return sorted(values, key=lambda value: (-value.count, value.value.casefold()))


def _size(value: str) -> tuple[float, ...]:
    """Where a value stands among sizes; empty when it is none. Worded sizes come before measured ones."""
    if value in _SIZES:
        return (0, _SIZES.index(value))
    measure = _MEASURE.match(value)
    return (1, float(measure[1]) * _UNITS.get(measure[2], 1)) if measure else ()
