"""Countries by their ISO 3166-1 alpha-2 codes, named as British English names them (Unicode CLDR)."""

from __future__ import annotations

from typing import Annotated

from babel import Locale
from pydantic import StringConstraints

CountryCode = Annotated[
    str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z]{2}$")
]
_NAMES = Locale("en", "GB").territories
_SHORT = {"GB": "the UK", "US": "the US"}
_WITH_ARTICLE = frozenset({"AE", "BS", "CF", "CD", "CG", "DO", "FO", "GM", "KY", "MH", "NL", "PH", "SB"})


def country_name(country: str) -> str:
    """The code itself for one that nobody knows."""
    return str(_NAMES.get(country, country))


def within(country: str) -> str:
    """As it stands in a sentence: the UK, the Netherlands, Ireland."""
    return _SHORT.get(country) or (
        f"the {country_name(country)}" if country in _WITH_ARTICLE else country_name(country)
    )


def by_name(countries: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Codes and names in the order of the names."""
    return tuple(sorted(((code, country_name(code)) for code in countries), key=lambda each: each[1]))
