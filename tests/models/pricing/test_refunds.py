"""What falls on units that are given back, by what the order keeps of its breakdown."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.currency import charge_step
from models.order import Order, OrderItem, sold_in
from models.pricing import Breakdown, Delivery, PricedLine, TaxRules, price
from models.pricing.promotions import Promotion
from models.pricing.refunds import DELIVERY, Sold, falls_on, given_by, rest_of
from tests.models.pricing.test_breakdown import METHODS, PROMOTIONS, TAXES, FreeOver, carts


def kept(paid: Breakdown) -> tuple[Order, list[OrderItem]]:
    """As an order writes a breakdown down."""
    order = Order(
        number="LK-1",
        cart_id=uuid4(),
        email="ada@larkspur.example",
        currency=paid.currency,
        subtotal_amount=paid.subtotal.amount,
        discount_amount=paid.discount.amount,
        shipping_amount=paid.shipping.amount,
        tax_amount=paid.tax.amount,
        tax_included=paid.tax_included,
        total_amount=paid.total.amount,
        shipping_address={},
        shipping_method="standard",
        fingerprint="",
    )
    items = [
        OrderItem(
            order_id=order.id,
            sku=f"{place}",
            position=place,
            product_slug="",
            title="",
            options={},
            unit_price_amount=each.line.unit_price.amount,
            quantity=each.line.quantity,
            discount_amount=each.discount.amount,
            tax_amount=each.tax.amount,
        )
        for place, each in enumerate(paid.lines)
    ]
    return order, items


@given(carts(), PROMOTIONS, TAXES, METHODS, st.data())
def test_an_order_given_back_part_by_part_comes_to_what_was_paid_with_its_taxes(
    cart: tuple[list[PricedLine], str],
    promotions: list[Promotion],
    tax: TaxRules,
    method: FreeOver,
    data: st.DataObject,
) -> None:
    lines, currency = cart
    paid = price(
        lines, currency, promotions=promotions, delivery=Delivery("standard", "Standard", method), tax=tax
    )
    sold = sold_in(*kept(paid))
    assert sum(each.amount for each in sold) == paid.total.amount
    assert sum(each.tax for each in sold) == paid.tax.amount
    given_back: list[Sold] = []
    while left := rest_of(sold, given_by(given_back)):
        whole = data.draw(st.booleans(), label="all that is left")
        units = left if whole else {sku: data.draw(st.integers(0, most)) for sku, most in left.items()}
        if not any(units.values()):
            units = {next(iter(left)): 1}
        parts = falls_on(sold, given_by(given_back), units, currency)
        for part in parts:
            assert part.amount >= 0
            assert part.amount % charge_step(currency) == 0
        given_back += parts
        if data.draw(st.booleans(), label="the first of all failed") and len(given_back) > len(parts):
            given_back.pop(0)
    assert sum(part.amount for part in given_back) == paid.total.amount
    assert sum(part.tax for part in given_back) == paid.tax.amount


MUGS = Sold("MUG", 3, 1000, 167)


@pytest.mark.parametrize(
    ("given_back", "units"),
    [
        ([], {"MUG": 4}),
        ([Sold("MUG", 2, 667, 111)], {"MUG": 2}),
        ([], {"BOWL": 1}),
        ([], {DELIVERY: 1}),
        ([], {"MUG": -1}),
    ],
    ids=["too_many", "too_many_left", "not_sold", "no_delivery", "less_than_none"],
)
def test_units_that_an_order_does_not_have_are_refused(given_back: list[Sold], units: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"units|not sold"):
        falls_on([MUGS], given_by(given_back), units, "GBP")


def one_by_one(sold: Sold, currency: str) -> list[Sold]:
    given_back: list[Sold] = []
    while rest_of([sold], given_by(given_back)):
        given_back += falls_on([sold], given_by(given_back), {sold.sku: 1}, currency)
    return given_back


def test_each_unit_bears_its_part_of_the_discount_and_none_is_lost() -> None:
    parts = one_by_one(MUGS, "GBP")
    assert [part.amount for part in parts] == [333, 333, 334]
    assert sum(part.tax for part in parts) == 167


def test_in_dinars_each_part_can_be_given_back_to_a_card() -> None:
    parts = one_by_one(Sold("MUG", 3, 1000, 0), "KWD")
    assert [part.amount for part in parts] == [330, 330, 340]


def test_a_part_that_failed_is_given_back_later_as_what_is_missing() -> None:
    first, second, _ = one_by_one(MUGS, "GBP")
    (last,) = falls_on([MUGS], given_by([second]), {"MUG": 2}, "GBP")
    assert second.amount + last.amount == MUGS.amount
    assert (first.amount, last.amount) == (333, 667)
