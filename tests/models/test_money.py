"""Money and the one pricing function."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money import CurrencyMismatch, Money
from models.pricing import PricedLine, price_cart

amounts = st.integers(min_value=0, max_value=10**9)
lines = st.lists(st.tuples(st.integers(1, 99), amounts), max_size=20)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(1299, "GBP"), "£12.99"),
        (Money(0, "GBP"), "£0.00"),
        (Money(129900, "GBP"), "£1,299.00"),
        (Money(500, "JPY"), "JP¥500"),
        (Money(1234567, "KWD"), "KWD1,234.567"),
    ],
)
def test_amounts_read_as_people_write_them(money: Money, text: str) -> None:
    assert money.format().replace("\xa0", " ") == text


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(1, "GBP") + Money(1, "EUR")


@given(lines, amounts)
def test_the_total_is_what_its_parts_add_up_to(cart: list[tuple[int, int]], delivery: int) -> None:
    priced = [
        PricedLine(f"S{index}", quantity, Money(price, "GBP")) for index, (quantity, price) in enumerate(cart)
    ]
    totals = price_cart(priced, "GBP", shipping=Money(delivery, "GBP"))
    assert totals.subtotal.amount == sum(quantity * price for quantity, price in cart)
    assert totals.total == totals.subtotal - totals.discount + totals.shipping


@given(amounts)
def test_the_tax_inside_a_price_is_a_fifth_of_its_net_to_the_nearest_penny(amount: int) -> None:
    totals = price_cart([PricedLine("S", 1, Money(amount, "GBP"))], "GBP")
    assert abs(6 * totals.tax.amount - amount) <= 3
