"""The currencies a store can sell in, and their rules (ISO 4217, by way of Unicode CLDR)."""

from __future__ import annotations

from functools import cache

from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_precision, get_currency_symbol

CURRENCIES = (
    *("AED", "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD"),
    *("HUF", "IDR", "ILS", "INR", "ISK", "JOD", "JPY", "KRW", "KWD", "MXN", "MYR", "NOK", "NZD", "OMR"),
    *("PHP", "PLN", "RON", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "USD", "VND", "ZAR"),
)
"""Those of whose minor unit CLDR and ISO 4217 say the same. They differ on others, such as the Lebanese pound and the
Iraqi dinar."""
_LOCALE = "en_GB"


@cache
def digits(currency: str) -> int:
    """Decimal places of the minor unit: 2 for GBP, 0 for JPY, 3 for KWD."""
    return int(get_currency_precision(currency))


@cache
def symbol(currency: str) -> str:
    """As it stands before an amount: £, US$, KWD."""
    return str(get_currency_symbol(currency, locale=_LOCALE))


@cache
def name(currency: str) -> str:
    return str(get_currency_name(currency, locale=_LOCALE))


@cache
def cash_step(currency: str) -> int:
    """The smallest sum that can be paid in coins, in minor units: 5 for CHF, 100 for SEK, 1 for GBP.

    Source: CLDR, supplementalData.xml, `currencyData/fractions`: cashDigits and cashRounding.
    """
    fractions = get_global("currency_fractions")
    _, _, cash_digits, rounding = fractions.get(currency, fractions["DEFAULT"])
    return int(max(1, rounding) * 10 ** (digits(currency) - cash_digits))


@cache
def charge_step(currency: str) -> int:
    """Of what amounts that a card can be charged are multiples, in minor units: 10 for the dinars with three decimals,
    else 1. Source: Stripe, Supported currencies, three-decimal currencies: the last digit has to be 0."""
    return 10 if digits(currency) == 3 else 1


def chargeable(amount: int, currency: str) -> int:
    """The nearest amount that a card can be charged, half rounded up; nothing stays nothing, something never becomes
    it."""
    step = charge_step(currency)
    return max((2 * amount + step) // (2 * step) * step, step) if amount else 0
