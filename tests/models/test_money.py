"""Money."""

from __future__ import annotations

import pytest

from models.money import CurrencyMismatch, Money


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(1299, "GBP"), "£12.99"),
        (Money(0, "GBP"), "£0.00"),
        (Money(129900, "GBP"), "£1,299.00"),
        (Money(500, "JPY"), "JP¥500"),
        (Money(1234567, "KWD"), "KWD 1,234.567"),
    ],
)
def test_amounts_read_as_people_write_them(money: Money, text: str) -> None:
    assert money.format().replace("\xa0", " ") == text


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(1, "GBP") + Money(1, "EUR")
