"""Taxes by country and region as staff see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.address_form import form_of, is_known
from models.countries import country_name
from models.pricing.tax import TaxClass
from models.taxes import TaxRate, TaxRegion


@dataclass(frozen=True, slots=True)
class TaxRow:
    """`region` is empty for a whole country, `coming` are rates that begin later."""

    id: str
    place: str
    region: str
    name: str
    how: str
    standard: str
    reduced: str
    zero: str
    coming: str


@dataclass(frozen=True, slots=True)
class TaxForm:
    """`id` is empty for a new region; `rates` are written one a line."""

    id: str = ""
    country: str = "GB"
    region: str = ""
    name: str = "VAT"
    included: str = "included"
    rates: str = ""


def of_region(region: TaxRegion, today: date) -> TaxRow:
    return TaxRow(
        id=str(region.id),
        place=place_of(region),
        region=region_of(region),
        name=region.name,
        how="in prices" if region.included else "on top",
        standard=_rate(region.rate(TaxClass.STANDARD, today)),
        reduced=_rate(region.rate(TaxClass.REDUCED, today)),
        zero=_rate(region.rate(TaxClass.ZERO, today)),
        coming="; ".join(
            f"{each.tax_class.value} {percent(each.basis_points)} from {each.valid_from.day} {each.valid_from:%B %Y}"
            for each in region.rates
            if each.valid_from > today
        ),
    )


def place_of(region: TaxRegion) -> str:
    """Ontario, Canada"""
    return ", ".join(filter(None, (region_of(region), country_name(region.country))))


def region_of(region: TaxRegion) -> str:
    """Ontario; empty for a whole country."""
    if not region.region or not is_known(region.country):
        return ""
    return form_of(region.country).region_label_of(region.region)


def percent(basis_points: int) -> str:
    return f"{basis_points / 100:g}%"


def _rate(rate: TaxRate | None) -> str:
    return percent(rate.basis_points) if rate else "as standard"
