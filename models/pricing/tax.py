"""Taxes on goods and delivery, by class of goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from models.currency import charge_step
from models.pricing.allocation import allocate, rounded_share


class TaxClass(StrEnum):
    """What kind of goods something is to the tax office; each tax region says what it asks of each."""

    STANDARD = "standard"
    REDUCED = "reduced"
    ZERO = "zero"


STANDARD = TaxClass.STANDARD
"""The tax class of whatever has no other."""
BASIS_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class TaxRules:
    """The taxes where something is delivered to. `rates` gives the hundredths of a per cent of each tax class; a class
    without a rate has that of `standard`. `included`: prices contain the tax, else it is added to them."""

    included: bool
    rates: Mapping[str, int] = field(default_factory=dict)
    name: str = "Tax"

    def rate(self, tax_class: str) -> int:
        return self.rates.get(tax_class, self.rates.get(STANDARD, 0))

    def taxes(self, amounts: Sequence[tuple[int, str]], currency: str) -> list[int]:
        """The tax of each amount (minor units, tax class). It is rounded half up once for all amounts of a rate, and
        divided among them exactly. One that is added comes to what a card can be charged."""
        taxes = [0] * len(amounts)
        step = 1 if self.included else charge_step(currency)
        for rate in sorted({self.rate(tax_class) for _, tax_class in amounts}):
            places = [index for index, (_, tax_class) in enumerate(amounts) if self.rate(tax_class) == rate]
            taxed = [amounts[index][0] for index in places]
            divisor = BASIS_POINTS + rate if self.included else BASIS_POINTS
            whole = rounded_share(sum(taxed), rate, divisor, step)
            for index, share in zip(places, allocate(whole, taxed, step), strict=True):
                taxes[index] = share
        return taxes

    def on_top(self, amounts: Sequence[tuple[int, str]], currency: str) -> int:
        """What is to be paid beside the amounts."""
        return 0 if self.included else sum(self.taxes(amounts, currency))


NO_TAX = TaxRules(included=True)
