"""The one pricing function: whatever is in the cart, its parts add up."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.currency import charge_step
from models.money import Money
from models.pricing import Delivery, PricedLine, TaxRules, allocate, part_of, price
from models.pricing.promotions import (
    AmountOff,
    BuyXGetY,
    FreeDelivery,
    PercentageOff,
    Promotion,
    Scope,
    Tier,
    TierBasis,
    TieredOff,
)

CURRENCIES = st.sampled_from(["GBP", "EUR", "JPY", "KWD"])
CATEGORIES = st.sampled_from(["mugs", "seeds", "lamps"])
CLASSES = st.sampled_from(["standard", "reduced", "zero"])
POINTS = st.integers(0, 10_000)
SHARES = st.integers(1, 10_000)
AMOUNTS = st.integers(0, 100_000_000)


@dataclass(frozen=True)
class FreeOver:
    """A delivery that costs `amount` up to `free_from`."""

    amount: int
    free_from: int

    def price(self, goods: Money, weight_grams: int) -> Money:
        return Money(0 if goods.amount >= self.free_from else self.amount, goods.currency).chargeable()


EFFECTS = st.one_of(
    st.builds(PercentageOff, SHARES),
    st.builds(AmountOff, st.integers(1, 100_000_000)),
    st.builds(FreeDelivery, st.integers(0, 5000)),
    st.builds(BuyXGetY, st.integers(1, 4), st.integers(1, 3), SHARES),
    st.builds(
        TieredOff,
        st.sampled_from(list(TierBasis)),
        st.lists(st.builds(Tier, st.integers(1, 5000), SHARES), min_size=1, max_size=3).map(tuple),
    ),
)
PROMOTIONS = st.lists(
    st.builds(
        Promotion,
        id=st.uuids(version=4),
        name=st.just("Offer"),
        effect=EFFECTS,
        scope=st.builds(Scope, categories=st.frozensets(CATEGORIES, max_size=2)),
        minimum_spend=st.integers(0, 50_000),
        exclusive=st.booleans(),
        priority=st.integers(0, 3),
    ),
    max_size=5,
    unique_by=lambda promotion: promotion.id,
)
TAXES = st.builds(
    TaxRules,
    included=st.booleans(),
    rates=st.fixed_dictionaries({"standard": POINTS, "reduced": POINTS, "zero": st.just(0)}),
)


@st.composite
def carts(draw: st.DrawFn) -> tuple[list[PricedLine], str]:
    """At prices that a card can be charged."""
    currency = draw(CURRENCIES)
    step = charge_step(currency)
    lines = st.builds(
        PricedLine,
        sku=st.text("ABC", min_size=1, max_size=3),
        quantity=st.integers(1, 99),
        unit_price=st.integers(1, 1_000_000 // step).map(lambda steps: Money(steps * step, currency)),
        categories=st.frozensets(CATEGORIES, min_size=1, max_size=1),
        tax_class=CLASSES,
    )
    return draw(st.lists(lines, max_size=8)), currency


@given(carts(), PROMOTIONS, TAXES, st.none() | st.builds(FreeOver, st.integers(0, 5000), AMOUNTS))
def test_every_part_adds_up_to_the_total(
    cart: tuple[list[PricedLine], str], promotions: list[Promotion], tax: TaxRules, method: FreeOver | None
) -> None:
    lines, currency = cart
    chosen = Delivery("standard", "Standard", method) if method else None
    paid = price(lines, currency, promotions=promotions, delivery=chosen, tax=tax)

    on_top = 0 if tax.included else paid.tax.amount
    assert paid.total.amount == paid.subtotal.amount - paid.discount.amount + paid.shipping.amount + on_top
    parts = [line.total.amount for line in paid.lines]
    assert sum(parts) + (paid.delivery.total.amount if paid.delivery else 0) == paid.total.amount
    given_away = sum(each.amount.amount for each in paid.applied)
    off_delivery = paid.delivery.price.amount - paid.delivery.charged.amount if paid.delivery else 0
    assert given_away == paid.discount.amount + off_delivery
    for line in paid.lines:
        assert 0 <= line.discount.amount <= line.subtotal.amount
        assert line.tax.amount >= 0
        assert line.tax.amount <= line.goods.amount
    known = {each.id for each in promotions}
    told = [each.promotion_id for each in paid.applied] + [each.promotion_id for each in paid.refused]
    assert sorted(told) == sorted(known)
    assert paid.total.amount <= price(lines, currency, delivery=chosen, tax=tax).total.amount
    assert paid.total == paid.total.chargeable()
    assert all(each.amount or chosen is None for each in paid.applied)


@given(carts(), TAXES)
def test_a_tax_is_rounded_once_for_all_goods_of_a_rate(
    cart: tuple[list[PricedLine], str], tax: TaxRules
) -> None:
    lines, currency = cart
    paid = price(lines, currency, tax=tax)
    for rate in {line.tax_rate for line in paid.lines}:
        goods = sum(line.goods.amount for line in paid.lines if line.tax_rate == rate)
        told = sum(line.tax.amount for line in paid.lines if line.tax_rate == rate)
        divisor, step = (10_000 + rate, 1) if tax.included else (10_000, charge_step(currency))
        assert abs(told * divisor - goods * rate) * 2 <= divisor * step


METHODS = st.builds(FreeOver, st.integers(0, 5000), st.integers(0, 200_000))


@given(carts(), PROMOTIONS, TAXES, st.none() | METHODS)
def test_no_promotion_alone_would_leave_less_to_pay(
    cart: tuple[list[PricedLine], str], promotions: list[Promotion], tax: TaxRules, method: FreeOver | None
) -> None:
    lines, currency = cart
    chosen = Delivery("standard", "Standard", method) if method else None
    paid = price(lines, currency, promotions=promotions, delivery=chosen, tax=tax).total.amount
    for promotion in promotions:
        alone = price(lines, currency, promotions=[promotion], delivery=chosen, tax=tax).total.amount
        if promotion.exclusive or method:
            assert paid <= alone


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_dividing_loses_nothing(amount: int, weights: list[int]) -> None:
    weights[0] += 1
    shares = allocate(amount, weights)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share * sum(weights) - amount * weight) < sum(weights)


@pytest.mark.parametrize(
    ("amount", "weights", "step", "shares"),
    [
        (1, [1, 2], 1, [0, 1]),
        (10, [3, 3, 1], 1, [4, 4, 2]),
        (100, [1, 1, 1], 1, [34, 33, 33]),
        (2, [0, 5, 5], 1, [0, 1, 1]),
        (100, [10, 20, 30], 10, [20, 30, 50]),
        (100, [10, 20, 35], 10, [15, 31, 54]),
    ],
    ids=str,
)
def test_what_is_left_over_goes_to_the_largest_remainders_the_earlier_first(
    amount: int, weights: list[int], step: int, shares: list[int]
) -> None:
    assert allocate(amount, weights, step) == shares


@given(st.integers(0, 10**9), st.lists(st.integers(0, 9), min_size=1, max_size=9))
def test_a_line_given_back_bit_by_bit_comes_to_what_it_cost(amount: int, returned: list[int]) -> None:
    quantity = sum(returned) + 1
    parts, before = [], 0
    for units in [*returned, 1]:
        parts.append(part_of(amount, quantity, before, units))
        before += units
    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)


def test_the_cheapest_of_three_is_free() -> None:
    offer = Promotion(UUID(int=1), "Three for two", BuyXGetY(2, 1))
    lines = [PricedLine("A", 2, Money(1000, "GBP")), PricedLine("B", 1, Money(700, "GBP"))]
    paid = price(lines, "GBP", promotions=[offer])
    assert [line.discount.amount for line in paid.lines] == [0, 700]


def test_an_offer_that_goes_alone_gives_way_to_others_that_save_more() -> None:
    alone = Promotion(UUID(int=1), "Members", PercentageOff(1000), code="TEN", exclusive=True)
    first = Promotion(UUID(int=2), "Spring", PercentageOff(800))
    second = Promotion(UUID(int=3), "Mugs", AmountOff(500), currency="GBP")
    paid = price([PricedLine("A", 1, Money(10_000, "GBP"))], "GBP", promotions=[alone, first, second])
    assert paid.discount == Money(1300, "GBP")
    assert [each.name for each in paid.applied] == ["Spring", "Mugs"]
    assert "“Spring” and “Mugs” save you more" in paid.refused[0].reason
