"""Prices in a chosen currency: the one way from what a product costs in the store's own to what somebody pays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.catalog import Product, Variant
from models.currency import charge_step, chargeable, digits
from models.money import CurrencyMismatch, Money

RATE_UNIT = 1_000_000
"""Rates are whole millionths, so that no price ever depends on a binary fraction."""
_AMOUNTS = range(2**62)
"""Amounts of the store's currency among which an inverse is looked for, in minor units."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """From the store's currency (`home`) into `currency`: `rate` millionths of it for one of ours.

    A price is the nearest of those that end in `ending` above a multiple of `step`, both in minor units: step 100 and
    ending 99 give 11.99, 12.99 …; step 5 and ending 0 give 12.05, 12.10 … Where a card can't be charged such a price,
    it is the nearest that it can; of two, the one on the side of what was rounded.
    """

    home: str
    currency: str
    rate: int = RATE_UNIT
    step: int = 1
    ending: int = 0

    def __post_init__(self) -> None:
        if self.rate < 1 or not 0 <= self.ending < self.step:
            raise ValueError(f"{self} converts nothing")

    @property
    def is_home(self) -> bool:
        return self.currency == self.home

    def convert(self, amount: int) -> int:
        """Minor units of `currency` for those of `home`, half rounded up. Nothing stays nothing; something never
        becomes it. A higher amount never gives a lower one. Raises ValueError for a negative amount."""
        if amount < 0:
            raise ValueError("prices are never negative")
        if self.is_home or amount == 0:
            return amount
        numerator = amount * self.rate * _minor_units(self.currency)
        denominator = RATE_UNIT * _minor_units(self.home)
        above = 2 * (numerator - self.ending * denominator) + self.step * denominator
        steps = above // (2 * self.step * denominator)
        price = max(steps * self.step + self.ending, self.ending or self.step)
        if charge_step(self.currency) > 1 and numerator < price * denominator:
            price = max(price - 1, 1)
        return chargeable(price, self.currency)

    def least(self, converted: int) -> int:
        """The smallest amount of `home` that converts to `converted` or more."""
        return converted if self.is_home else bisect_left(_AMOUNTS, converted, key=self.convert)

    def most(self, converted: int) -> int:
        """The largest amount of `home` that converts to `converted` or less."""
        return converted if self.is_home else bisect_right(_AMOUNTS, converted, key=self.convert) - 1


@dataclass(frozen=True, slots=True)
class PriceByHand:
    """What staff wrote down for a SKU, in minor units of a currency; it is taken as it is."""

    price: int
    compare_at: int | None = None


@dataclass(frozen=True, slots=True)
class Prices:
    """All prices in one currency: converted, or by hand where `by_hand` has the SKU."""

    conversion: Conversion
    by_hand: Mapping[str, PriceByHand] = field(default_factory=dict)

    @classmethod
    def of_home(cls, currency: str) -> Prices:
        """The prices as they stand in the catalogue."""
        return cls(Conversion(currency, currency))

    @property
    def currency(self) -> str:
        return self.conversion.currency

    @property
    def is_home(self) -> bool:
        return self.conversion.is_home

    def money(self, amount: Money) -> Money:
        """What isn't goods: a delivery, a threshold. Raises CurrencyMismatch unless it is in the store's currency."""
        if amount.currency != self.conversion.home:
            raise CurrencyMismatch(f"{amount.currency} is not {self.conversion.home}, the store's currency")
        return Money(self.conversion.convert(amount.amount), self.currency)

    def amount_of(self, sku: str, amount: int) -> int:
        """The price of one unit whose price in the store's currency is `amount`."""
        known = self.by_hand.get(sku)
        return known.price if known else self.conversion.convert(amount)

    def product(self, product: Product) -> Product:
        """The product as somebody sees it who pays in this currency. Raises CurrencyMismatch for one that is priced in
        neither this nor the store's currency."""
        if self.is_home or product.variants[0].price.currency == self.currency:
            return product
        return product.model_copy(update={"variants": [self._variant(each) for each in product.variants]})

    def _variant(self, variant: Variant) -> Variant:
        """A reduction that rounding leaves nothing of is none."""
        known = self.by_hand.get(variant.sku)
        if known:
            price = Money(known.price, self.currency)
            before = Money(known.compare_at, self.currency) if known.compare_at else None
        else:
            price = self.money(variant.price)
            before = self.money(variant.compare_at_price) if variant.compare_at_price else None
        reduced = before is not None and price < before
        return variant.model_copy(update={"price": price, "compare_at_price": before if reduced else None})


def _minor_units(currency: str) -> int:
    """How many of them make one of the currency."""
    units: int = 10 ** digits(currency)
    return units
