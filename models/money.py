"""Amounts of money in integer minor units (pence, cents) with their ISO 4217 currency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency

from models.currency import chargeable, digits


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies were added, subtracted or compared."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount. `amount` is in minor units of `currency`: Money(1299, "GBP") is £12.99."""

    amount: int
    currency: str

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    @classmethod
    def sum(cls, amounts: Iterable[Money], currency: str) -> Money:
        total = cls.zero(currency)
        for amount in amounts:
            total += amount
        return total

    def __add__(self, other: Money) -> Money:
        self._require_same_currency(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._require_same_currency(other)
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, quantity: int) -> Money:
        return Money(self.amount * quantity, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._require_same_currency(other)
        return self.amount < other.amount

    def __bool__(self) -> bool:
        return self.amount != 0

    def chargeable(self) -> Money:
        """The nearest amount that a card can be charged."""
        return Money(chargeable(self.amount, self.currency), self.currency)

    def format(self, locale: str = "en_GB") -> str:
        """The amount as a person reads it: £12.99."""
        return _format(self.amount, self.currency, locale)

    def _require_same_currency(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} can't be combined")


@lru_cache(maxsize=4096)
def _format(amount: int, currency: str, locale: str) -> str:
    """Letters keep their distance: KWD 6.400 (Unicode TR 35, part 3, currencySpacing, which Babel leaves out)."""
    major = Decimal(amount).scaleb(-digits(currency))
    text = str(format_currency(major, currency, locale=locale))
    return re.sub(r"(?<=[A-Z])(?=\d)", "\u00a0", text, count=1)
