"""Areas and price tables as staff write them: a line each. All pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from models.address_form import form_of, is_known
from models.delivery import MAX_GRAMS, Area, Basis, Rate
from models.money import Money
from store_app.admin.states.prices import BadPrice, parse_amount, price_text

NO_LIMIT = "more"
MOST_IN_RANGE = 100
_RANGE = re.compile(r"([A-Z]+)(\d{1,3})\s*[-–]\s*\1(\d{1,3})")
_PREFIX = re.compile(r"[A-Z0-9][A-Z0-9 -]{0,11}")
_GRAMS = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)\s*(kg|g)")


class BadText(ValueError):
    """A line can't be read; the message says which and why."""


def read_areas(text: str) -> tuple[Area, ...]:
    """ "FR" is a country, "US: NY, CA" regions of it, "GB: HS, PA20-PA49" where postal codes begin so.

    Raises BadText.
    """
    areas: list[Area] = []
    for line in _lines(text):
        country, colon, parts = line.partition(":")
        code = country.strip().upper()
        if not is_known(code):
            raise BadText(f"“{country.strip()}” is not a country’s code. Write GB, FR, US …")
        if not colon:
            areas.append(Area(country=code))
        for part in filter(None, (each.strip() for each in parts.split(","))):
            areas += _parts(code, part)
    if not areas:
        raise BadText("Name at least one country.")
    return tuple(dict.fromkeys(areas))


def areas_text(areas: Sequence[Area]) -> str:
    """What `read_areas` would read."""
    lines: list[str] = []
    for country in dict.fromkeys(area.country for area in areas):
        own = [area for area in areas if area.country == country]
        if any(not area.region and not area.postal_prefix for area in own):
            lines.append(country)
        named = [area.region for area in own if area.region and not area.postal_prefix]
        prefixes = [area.postal_prefix for area in own if area.postal_prefix and not area.region]
        if named or prefixes:
            lines.append(f"{country}: {', '.join([*named, *_runs(prefixes)])}")
    return "\n".join(lines)


def read_rates(text: str, basis: Basis, currency: str) -> tuple[Rate, ...]:
    """ "5 kg: 4.50" or, by what the goods come to, "50.00: 4.50"; "more: 9.50" has no limit. Raises BadText."""
    rates = []
    for line in _lines(text):
        limit, colon, price = line.partition(":")
        if not colon:
            raise BadText(f"“{line}” needs a colon between limit and price, as in {_example(basis)}.")
        try:
            rates.append(
                Rate(up_to=_limit(limit.strip(), basis, currency), amount=parse_amount(price, currency))
            )
        except BadPrice as problem:
            raise BadText(f"“{line}”: {problem}") from None
    if not rates:
        raise BadText(f"Write at least one step, as {_example(basis)}.")
    return tuple(rates)


def rates_text(rates: Iterable[Rate], basis: Basis, currency: str) -> str:
    """What `read_rates` would read."""
    return "\n".join(
        f"{_limit_text(rate.up_to, basis, currency)}: {price_text(Money(rate.amount, currency))}"
        for rate in rates
    )


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _parts(country: str, part: str) -> list[Area]:
    region = form_of(country).region_code(part) if form_of(country).regions else ""
    if region:
        return [Area(country=country, region=region)]
    found = _RANGE.fullmatch(part.upper())
    if found:
        first, last = int(found[2]), int(found[3])
        if not first <= last < first + MOST_IN_RANGE:
            raise BadText(f"“{part}” is not a range of postal districts.")
        return [Area(country=country, postal_prefix=f"{found[1]}{each}") for each in range(first, last + 1)]
    if not _PREFIX.fullmatch(part.upper()):
        raise BadText(f"“{part}” is neither a region nor the beginning of a postal code.")
    return [Area(country=country, postal_prefix=part)]


def _runs(prefixes: Sequence[str]) -> list[str]:
    """PA20, PA21, PA22 → PA20-PA22"""
    runs: list[list[str]] = []
    for prefix in prefixes:
        before = re.fullmatch(r"([A-Z]+)(\d+)", runs[-1][-1]) if runs else None
        follows = before is not None and prefix == f"{before[1]}{int(before[2]) + 1}"
        if follows:
            runs[-1].append(prefix)
        else:
            runs.append([prefix])
    return [each for run in runs for each in ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else run)]


def _limit(text: str, basis: Basis, currency: str) -> int | None:
    if text.casefold() == NO_LIMIT:
        return None
    if basis is Basis.GOODS:
        return parse_amount(text, currency)
    found = _GRAMS.fullmatch(text.casefold())
    grams = Decimal(found[1]) * (1000 if found[2] == "kg" else 1) if found else Decimal(0)
    if not 0 < grams <= MAX_GRAMS or grams != grams.to_integral_value():
        raise BadText(f"“{text}” is no weight. Write 500 g, 2.5 kg, or {NO_LIMIT} for no limit.")
    return int(grams)


def _limit_text(limit: int | None, basis: Basis, currency: str) -> str:
    if limit is None:
        return NO_LIMIT
    if basis is Basis.GOODS:
        return price_text(Money(limit, currency))
    return f"{limit / 1000:g} kg" if limit >= 1000 else f"{limit} g"


def _example(basis: Basis) -> str:
    return "5 kg: 4.50" if basis is Basis.WEIGHT else "50.00: 4.50"
