"""Tax regions: which tax applies where, at which rates and since when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from models.address import Destination
from models.countries import CountryCode
from models.pricing.tax import BASIS_POINTS, TaxClass, TaxRules
from models.text import PlainText


class TaxRate(BaseModel):
    """Hundredths of a per cent of a class of goods, from a day on until the next rate of this class."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tax_class: TaxClass
    basis_points: Annotated[int, Field(ge=0, le=BASIS_POINTS)]
    valid_from: date


class TaxRegionDraft(BaseModel):
    """A country, or a region of it by its code, as staff write it. `included`: prices there contain the tax, else it is
    added to them. `name` is what the tax is called: VAT, GST, Sales tax."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    country: CountryCode
    region: Annotated[PlainText, StringConstraints(max_length=60)] = ""
    name: Annotated[PlainText, StringConstraints(min_length=1, max_length=40)]
    included: bool
    rates: tuple[TaxRate, ...] = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _unambiguous(self) -> Self:
        if len({(rate.tax_class, rate.valid_from) for rate in self.rates}) != len(self.rates):
            raise ValueError("two rates of one class begin on the same day")
        if all(rate.tax_class is not TaxClass.STANDARD for rate in self.rates):
            raise ValueError("a rate of the standard class is needed: it counts for classes without one")
        return self


class TaxRegion(TaxRegionDraft):
    id: UUID
    version: int = 1

    def rate(self, tax_class: TaxClass, on: date) -> TaxRate | None:
        """The one in force on a day: the latest that has begun."""
        begun = [rate for rate in self.rates if rate.tax_class is tax_class and rate.valid_from <= on]
        return max(begun, key=lambda rate: rate.valid_from, default=None)

    def rules(self, on: date) -> TaxRules:
        found = {tax_class: self.rate(tax_class, on) for tax_class in TaxClass}
        rates = {tax_class.value: rate.basis_points for tax_class, rate in found.items() if rate}
        return TaxRules(self.included, rates, self.name)


def region_of(regions: Iterable[TaxRegion], destination: Destination) -> TaxRegion | None:
    """The region where something is delivered to, else its country; None where no tax is known."""
    covering = [
        each
        for each in regions
        if each.country == destination.country and each.region in ("", destination.region)
    ]
    return max(covering, key=lambda each: bool(each.region), default=None)
