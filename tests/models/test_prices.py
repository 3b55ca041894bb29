"""One conversion from the store's currency into another: exact, in order, and back again."""

from __future__ import annotations

from fractions import Fraction

import pytest
from babel.core import get_global
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from models.catalog import Product, Variant
from models.currency import CURRENCIES, cash_step, charge_step, chargeable, digits
from models.money import CurrencyMismatch, Money
from models.prices import RATE_UNIT, Conversion, PriceByHand, Prices

AMOUNTS = st.integers(0, 10**12)
HUGE = 2**53 + 1
unhurried = settings(suppress_health_check=[HealthCheck.too_slow])
"""A loaded machine is no failure."""


@st.composite
def conversions(draw: st.DrawFn) -> Conversion:
    step = draw(st.sampled_from([1, 5, 10, 25, 50, 100, 1000]))
    return Conversion(
        home="GBP",
        currency=draw(st.sampled_from(["EUR", "JPY", "KWD", "CHF", "SEK"])),
        rate=draw(st.integers(1, 500 * RATE_UNIT)),
        step=step,
        ending=draw(st.integers(0, step - 1)),
    )


@unhurried
@given(conversions(), AMOUNTS, AMOUNTS)
def test_what_costs_more_never_costs_less_in_another_currency(
    conversion: Conversion, one: int, other: int
) -> None:
    lower, higher = sorted([one, other])
    assert conversion.convert(lower) <= conversion.convert(higher)


@unhurried
@example(Conversion("GBP", "KWD", 567, 5), 15836420)
@given(conversions(), st.integers(1, 10**12))
def test_a_price_is_the_nearest_that_the_rounding_allows(conversion: Conversion, amount: int) -> None:
    exact = Fraction(amount * conversion.rate * 10 ** digits(conversion.currency), RATE_UNIT * 100)
    price, coin = conversion.convert(amount), charge_step(conversion.currency)
    smallest = max(conversion.ending or conversion.step, coin)
    assert price >= smallest - coin // 2 > 0
    assert price % coin == 0
    assert price % conversion.step == conversion.ending or coin > 1
    off = conversion.step + coin - 1
    assert price in range(smallest - coin // 2, smallest + coin) or abs(price - exact) * 2 <= off


@unhurried
@given(conversions(), AMOUNTS, st.integers(0, 10**14), st.integers(0, 10**14))
def test_bounds_turned_back_find_the_same_prices(
    conversion: Conversion, amount: int, one: int, other: int
) -> None:
    least, most = sorted([one, other])
    shown = least <= conversion.convert(amount) <= most
    found = conversion.least(least) <= amount <= conversion.most(most)
    assert found == shown


@unhurried
@given(conversions(), AMOUNTS)
def test_a_shown_price_is_found_by_itself_as_both_bounds(conversion: Conversion, amount: int) -> None:
    shown = conversion.convert(amount)
    assert conversion.least(shown) <= amount <= conversion.most(shown)


@unhurried
@given(conversions())
def test_nothing_stays_nothing(conversion: Conversion) -> None:
    assert conversion.convert(0) == 0


def test_no_penny_is_lost_beyond_what_a_float_can_count() -> None:
    same = Conversion("GBP", "EUR")
    assert same.convert(HUGE) == HUGE
    assert Conversion("GBP", "EUR", rate=3 * RATE_UNIT).convert(HUGE) == 3 * HUGE
    assert same.least(HUGE) == same.most(HUGE) == HUGE
    assert Conversion("GBP", "KWD").convert(HUGE) == 10 * HUGE
    assert Money(HUGE, "GBP").format() == "£90,071,992,547,409.93"


@pytest.mark.parametrize(
    ("currency", "rate", "step", "ending", "shown"),
    [
        ("EUR", 1_170_000, 1, 0, "€14.04"),
        ("EUR", 1_170_000, 100, 99, "€13.99"),
        ("CHF", 1_123_000, 5, 0, "CHF\u00a013.50"),
        ("JPY", 190_500_000, 10, 0, "JP¥2,290"),
        ("KWD", 400_000, 5, 0, "KWD\u00a04.800"),
    ],
)
def test_each_currency_has_its_own_digits_and_steps(
    currency: str, rate: int, step: int, ending: int, shown: str
) -> None:
    """Of £12.00."""
    prices = Prices(Conversion("GBP", currency, rate, step, ending))
    assert prices.money(Money(1200, "GBP")).format() == shown


def test_the_store_s_own_prices_stay_as_they_are() -> None:
    home = Prices.of_home("GBP")
    assert (home.is_home, home.money(Money(1234, "GBP"))) == (True, Money(1234, "GBP"))
    assert home.product(MUG) is MUG


MUG = Product(
    slug="mug",
    title="Mug",
    category="mugs",
    variants=[
        Variant(sku="MUG", price=Money(1000, "GBP"), compare_at_price=Money(1001, "GBP")),
    ],
)


def test_a_price_by_hand_is_taken_as_it_is() -> None:
    euros = Prices(Conversion("GBP", "EUR", 1_200_000, 100, 99), {"MUG": PriceByHand(1234, 1500)})
    (variant,) = euros.product(MUG).variants
    assert (variant.price, variant.compare_at_price) == (Money(1234, "EUR"), Money(1500, "EUR"))
    (without,) = Prices(euros.conversion, {"MUG": PriceByHand(1234)}).product(MUG).variants
    assert without.compare_at_price is None
    assert euros.amount_of("MUG", 1000) == 1234
    assert euros.amount_of("JUG", 1000) == 1199


def test_a_reduction_that_rounding_leaves_nothing_of_is_none() -> None:
    euros = Prices(Conversion("GBP", "EUR", 1_200_000, 100, 99))
    assert euros.product(MUG).variants[0].compare_at_price is None


def test_a_product_is_never_converted_twice() -> None:
    euros = Prices(Conversion("GBP", "EUR", 1_200_000))
    once = euros.product(MUG)
    assert euros.product(once) is once
    with pytest.raises(CurrencyMismatch):
        Prices(Conversion("GBP", "USD", 1_300_000)).product(once)


@pytest.mark.parametrize(("rate", "step", "ending"), [(0, 1, 0), (1, 0, 0), (1, 5, 5), (1, 5, -1)])
def test_a_conversion_that_makes_no_sense_is_refused(rate: int, step: int, ending: int) -> None:
    with pytest.raises(ValueError, match="converts nothing"):
        Conversion("GBP", "EUR", rate, step, ending)


def test_the_digits_of_every_currency_on_offer_are_those_of_iso_4217() -> None:
    """CLDR's data names them; where a country has dropped its small coins it may differ from the standard."""
    three = {"BHD", "JOD", "KWD", "OMR", "TND"}
    none = {"CLP", "ISK", "JPY", "KRW", "VND"}
    assert get_global("currency_fractions")["JPY"][0] == 0
    for currency in CURRENCIES:
        assert digits(currency) == (3 if currency in three else 0 if currency in none else 2), currency
    assert (cash_step("CHF"), cash_step("SEK"), cash_step("GBP"), cash_step("JPY")) == (5, 100, 1, 1)


@pytest.mark.parametrize(
    ("amount", "currency", "charged"),
    [
        (5124, "KWD", 5120),
        (5125, "KWD", 5130),
        (1, "KWD", 10),
        (0, "KWD", 0),
        (5124, "GBP", 5124),
        (1, "JPY", 1),
    ],
)
def test_dinars_are_charged_without_their_last_decimal(amount: int, currency: str, charged: int) -> None:
    """Stripe's own example: 5.124 dinars are charged as 5.120 or 5.130."""
    assert chargeable(amount, currency) == charged
