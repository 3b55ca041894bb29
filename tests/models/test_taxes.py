"""Which taxes apply where, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models.address import Destination
from models.ids import new_id
from models.money import Money
from models.pricing import PricedLine, TaxClass, TaxLine, price
from models.taxes import TaxRate, TaxRegion, TaxRegionDraft, region_of


def rate(share: int, tax_class: TaxClass = TaxClass.STANDARD, since: str = "2020-01-01") -> TaxRate:
    return TaxRate(tax_class=tax_class, basis_points=share, valid_from=date.fromisoformat(since))


def region(country: str, code: str = "", *rates: TaxRate, included: bool = True) -> TaxRegion:
    return TaxRegion(
        id=new_id(),
        country=country,
        region=code,
        name="VAT",
        included=included,
        rates=rates or (rate(2000),),
    )


def test_a_rate_counts_from_its_first_day_until_the_next_of_its_class_begins() -> None:
    britain = region(
        "GB",
        "",
        rate(1750),
        rate(1500, since="2026-12-01"),
        rate(2000, since="2027-01-04"),
        rate(0, TaxClass.ZERO),
    )
    on = [date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 3), date(2027, 1, 4)]
    assert [britain.rules(day).rate("standard") for day in on] == [1750, 1500, 1500, 2000]
    assert {britain.rules(day).rate("zero") for day in on} == {0}


def test_a_class_without_a_rate_of_its_own_has_the_standard_one() -> None:
    assert region("DK", "", rate(2500)).rules(date(2026, 1, 1)).rate("reduced") == 2500


def test_a_region_goes_before_its_country_and_no_region_is_none() -> None:
    canada, ontario = region("CA"), region("CA", "ON")
    known = (canada, ontario, region("GB"))
    assert region_of(known, Destination("CA", "ON")) == ontario
    assert region_of(known, Destination("CA", "BC")) == canada
    assert region_of(known, Destination("CA")) == canada
    assert region_of(known, Destination("NZ")) is None


@pytest.mark.parametrize(
    "rates",
    [
        pytest.param((rate(1), rate(2)), id="two of one day"),
        pytest.param((rate(1, TaxClass.ZERO),), id="no standard rate"),
        pytest.param((), id="none"),
    ],
)
def test_rates_that_leave_a_doubt_are_refused(rates: tuple[TaxRate, ...]) -> None:
    fields: dict[str, Any] = {"country": "GB", "name": "VAT", "included": True, "rates": rates}
    with pytest.raises(ValidationError):
        TaxRegionDraft(**fields)


def test_each_rate_is_told_by_itself_and_they_sum_to_the_tax() -> None:
    lines = [
        PricedLine("POT", 1, Money(1999, "GBP")),
        PricedLine("BOOK", 3, Money(333, "GBP"), tax_class="reduced"),
        PricedLine("PEAS", 2, Money(250, "GBP"), tax_class="zero"),
    ]
    rates = (rate(2000), rate(550, TaxClass.REDUCED), rate(0, TaxClass.ZERO))
    found = price(lines, "GBP", tax=region("GB", "", *rates).rules(date(2026, 1, 1)))
    assert found.taxes == (TaxLine("VAT", 2000, Money(333, "GBP")), TaxLine("VAT", 550, Money(52, "GBP")))
    assert [each.label for each in found.taxes] == ["VAT 20%", "VAT 5.5%"]
    assert Money.sum((each.amount for each in found.taxes), "GBP") == found.tax
    assert TaxLine("Tax", 1355, Money(1, "GBP")).label == "Tax 13.55%"
