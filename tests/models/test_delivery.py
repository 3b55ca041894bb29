"""Which zone a place is in, and what a price table asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.address import Destination
from models.delivery import Area, Basis, Method, MethodDraft, Rate, Zone, offered, zone_of
from models.ids import new_id
from models.money import Money

amounts = st.integers(min_value=0, max_value=50_000)
weights = st.integers(min_value=0, max_value=60_000)


def table(limits: list[int], prices: list[int], *, open_end: bool) -> tuple[Rate, ...]:
    steps = [Rate(up_to=limit, amount=price) for limit, price in zip(limits, prices, strict=False)]
    return (*steps, Rate(amount=prices[-1])) if open_end else tuple(steps)


def method(rates: tuple[Rate, ...], **more: Any) -> Method:
    return Method(code="post", name="Post", currency="GBP", rates=rates, **more)


@st.composite
def rising_tables(draw: st.DrawFn) -> tuple[Rate, ...]:
    """What costs more the heavier it is."""
    limits = sorted(draw(st.sets(st.integers(1, 50_000), min_size=1, max_size=6)))
    prices = sorted(draw(st.lists(amounts, min_size=len(limits) + 1, max_size=len(limits) + 1)))
    return table(limits, prices, open_end=draw(st.booleans()))


@given(rising_tables(), weights, weights)
def test_a_heavier_parcel_never_costs_less_where_the_table_rises(
    rates: tuple[Rate, ...], one: int, other: int
) -> None:
    by_weight = method(rates)
    light, heavy = sorted((one, other))
    assume(by_weight.carries(heavy))
    assert by_weight.carries(light)
    goods = Money(100, "GBP")
    assert by_weight.price(goods, light).amount <= by_weight.price(goods, heavy).amount


@given(rising_tables(), weights)
def test_the_price_is_that_of_the_first_step_that_reaches_so_far(
    rates: tuple[Rate, ...], weight: int
) -> None:
    by_weight = method(rates)
    reaching = [rate.amount for rate in rates if rate.up_to is None or weight <= rate.up_to]
    assert by_weight.carries(weight) is bool(reaching)
    if reaching:
        assert by_weight.price(Money(0, "GBP"), weight) == Money(reaching[0], "GBP")
    else:
        with pytest.raises(ValueError, match="doesn't carry"):
            by_weight.price(Money(0, "GBP"), weight)


@given(st.integers(1, 100_000), st.integers(1, 50_000))
def test_delivery_is_free_from_the_threshold_on_and_not_a_penny_before(threshold: int, price: int) -> None:
    by_weight = method((Rate(amount=price),), free_from=threshold)
    assert by_weight.price(Money(threshold - 1, "GBP"), 1).amount == price
    assert by_weight.price(Money(threshold, "GBP"), 1).amount == 0
    assert by_weight.price(Money(threshold + 1, "GBP"), 1).amount == 0


def test_a_table_may_go_by_what_the_goods_come_to() -> None:
    by_goods = method((Rate(up_to=2000, amount=500), Rate(amount=200)), basis=Basis.GOODS)
    assert [by_goods.price(Money(each, "GBP"), 99_999).amount for each in (2000, 2001)] == [500, 200]


@pytest.mark.parametrize(
    "rates",
    [
        pytest.param([{"up_to": 500, "amount": 1}, {"up_to": 500, "amount": 2}], id="twice the same limit"),
        pytest.param([{"up_to": 500, "amount": 1}, {"up_to": 400, "amount": 2}], id="falling limits"),
        pytest.param([{"amount": 1}, {"up_to": 400, "amount": 2}], id="something after no limit"),
        pytest.param([], id="no step"),
        pytest.param([{"up_to": 500, "amount": -1}], id="a negative price"),
    ],
)
def test_a_table_that_can_not_be_read_one_way_only_is_refused(rates: list[dict[str, int]]) -> None:
    with pytest.raises(ValidationError):
        MethodDraft.model_validate({"name": "Post", "currency": "GBP", "rates": rates})


def test_a_table_by_goods_must_reach_to_any_sum() -> None:
    with pytest.raises(ValidationError, match="without limit"):
        MethodDraft(name="Post", currency="GBP", basis=Basis.GOODS, rates=(Rate(up_to=100, amount=1),))


def zone(name: str, *areas: Area, methods: tuple[Method, ...] = ()) -> Zone:
    return Zone(id=new_id(), name=name, areas=areas, methods=methods)


BRITAIN = zone("Britain", Area(country="GB"))
ISLES = zone("Isles", *(Area(country="GB", postal_prefix=each) for each in ("HS", "PA20", "IV", "KA27")))
STATES = zone("States", Area(country="US"))
ALASKA = zone("Alaska", Area(country="US", region="AK"))
ANCHORAGE = zone("Anchorage", Area(country="US", postal_prefix="995"))
ZONES = (BRITAIN, ISLES, STATES, ALASKA, ANCHORAGE)


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        pytest.param(Destination("GB"), "Britain", id="no postcode yet"),
        pytest.param(Destination("GB", "", "BS1 4DJ"), "Britain", id="elsewhere"),
        pytest.param(Destination("GB", "", "hs1 2xx"), "Isles", id="a whole area"),
        pytest.param(Destination("GB", "", "PA20 9AB"), "Isles", id="a district"),
        pytest.param(Destination("GB", "", "PA2 0AB"), "Britain", id="a district that only begins so"),
        pytest.param(Destination("GB", "", "KA27 8AA"), "Isles", id="another district"),
        pytest.param(Destination("GB", "", "IV1A 1AA"), "Isles", id="a district with a letter at its end"),
        pytest.param(Destination("GB", "", "IV"), "Isles", id="an area alone"),
        pytest.param(Destination("GB", "", "I1 1AA"), "Britain", id="a shorter area"),
        pytest.param(Destination("GB", "", "KA27"), "Isles", id="a district alone"),
        pytest.param(Destination("US", "NY", "10001"), "States", id="a country"),
        pytest.param(Destination("US", "AK", "99801"), "Alaska", id="a region"),
        pytest.param(Destination("US", "AK", "99501"), "Anchorage", id="a postal code counts for more"),
        pytest.param(Destination("NZ"), None, id="nobody's"),
    ],
)
def test_the_narrowest_zone_counts(destination: Destination, expected: str | None) -> None:
    found = zone_of(ZONES, destination)
    assert (found.name if found else None) == expected


def test_only_what_is_active_in_the_currency_and_carries_the_parcel_is_offered_cheapest_first() -> None:
    def post(code: str, price: int, limit: int = 5000, **more: Any) -> Method:
        rates = (Rate(up_to=limit, amount=price),)
        return Method(**{"code": code, "name": code, "currency": "GBP", "rates": rates} | more)

    known = zone(
        "Britain",
        Area(country="GB"),
        methods=(
            post("fast", 900),
            post("slow", 300, free_from=5000),
            post("paused", 100, active=False),
            post("euros", 100, currency="EUR"),
            post("letter", 100, limit=400),
        ),
    )
    assert [each.code for each in offered(known, "GBP", Money(100, "GBP"), 500)] == ["slow", "fast"]
    assert [each.code for each in offered(known, "GBP", Money(100, "GBP"), 400)] == ["letter", "slow", "fast"]
    assert offered(known, "GBP", Money(100, "GBP"), 5001) == ()
    assert isinstance(known.id, UUID)
