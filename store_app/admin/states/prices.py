"""Prices as staff type them. Exact: no floats on the way."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import NumberFormatError, get_currency_precision, get_currency_symbol, parse_decimal

from models.catalog import MAX_PRICE_AMOUNT
from models.money import Money

LOCALE = "en_GB"
_FIGURES = re.compile(r"[0-9,.]{1,20}")


class BadPrice(ValueError):
    """The text is no price of this currency; the message says why."""


def parse_price(text: str, currency: str, *, most: int = MAX_PRICE_AMOUNT) -> Money:
    """ "12.99", "£1,299" → Money of up to `most` minor units. Raises BadPrice."""
    amount = parse_amount(text, currency, most=most)
    if not amount:
        raise BadPrice("The price must be above zero.")
    return Money(amount, currency)


def parse_amount(text: str, currency: str, *, most: int = MAX_PRICE_AMOUNT) -> int:
    """As parse_price, minor units; nothing may be asked too."""
    precision = get_currency_precision(currency)
    symbol = get_currency_symbol(currency, locale=LOCALE)
    example = price_text(Money(1299, currency))
    bare = text.strip().removeprefix(symbol).strip()
    try:
        if not _FIGURES.fullmatch(bare):
            raise BadPrice(f"Write a price like {example}.")
        major = parse_decimal(bare, locale=LOCALE, strict=True)
    except NumberFormatError:
        raise BadPrice(f"Write a price like {example}.") from None
    minor = major.scaleb(precision)
    if minor != minor.to_integral_value():
        raise BadPrice(
            f"Use at most {precision} decimal places." if precision else f"{currency} has no decimals."
        )
    if minor > most:
        raise BadPrice(f"At most {Money(most, currency).format()}.")
    return int(minor)


def price_text(price: Money) -> str:
    """A price as it stands in a field: "12.99", without symbol and thousands separators."""
    return f"{Decimal(price.amount).scaleb(-get_currency_precision(price.currency)):f}"
