"""When a parcel arrives."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import holidays
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.address import Destination
from models.delivery import MethodDraft, Rate
from models.delivery_dates import Calendar, DeliveryDates, dates_of

HOME = Calendar("GB", "ENG")
BRISTOL = Destination("GB", "", "BS1 4DJ")


def post(handling: int = 1, transit: tuple[int, int] = (1, 1)) -> MethodDraft:
    return MethodDraft(
        name="Post",
        currency="GBP",
        rates=(Rate(amount=1),),
        cut_off=time(14),
        handling_days=handling,
        transit_from=transit[0],
        transit_to=transit[1],
    )


def told(
    ordered: str, handling: int = 1, transit: tuple[int, int] = (1, 1), to: Destination = BRISTOL
) -> str:
    return dates_of(post(handling, transit), datetime.fromisoformat(ordered), HOME, to).format()


@pytest.mark.parametrize(
    ("ordered", "arrives"),
    [
        pytest.param("2026-11-23T09:00", "Wed 25 November", id="a Monday morning"),
        pytest.param("2026-11-23T13:59", "Wed 25 November", id="a minute before the cut-off"),
        pytest.param("2026-11-23T14:00", "Thu 26 November", id="at the cut-off"),
        pytest.param("2026-11-27T09:00", "Tue 1 December", id="over a weekend"),
        pytest.param("2026-11-28T09:00", "Wed 2 December", id="on a Saturday"),
        pytest.param("2026-11-28T20:00", "Wed 2 December", id="late on a Saturday"),
        pytest.param("2026-12-24T09:00", "Wed 30 December", id="Christmas, and Boxing Day made up for"),
        pytest.param("2027-03-25T09:00", "Wed 31 March", id="Easter"),
    ],
)
def test_packing_and_the_way_take_working_days(ordered: str, arrives: str) -> None:
    assert told(ordered) == arrives


def test_holidays_of_either_end_count_at_their_end_only() -> None:
    to_france = Destination("FR")
    assert told("2026-07-10T09:00", transit=(1, 1), to=to_france) == "Wed 15 July"
    assert told("2026-08-28T09:00", transit=(1, 1), to=to_france) == "Wed 2 September"
    assert told("2026-08-28T09:00", handling=0, transit=(1, 1), to=to_france) == "Mon 31 August"


def test_regions_have_holidays_of_their_own_and_unknown_places_have_weekends() -> None:
    assert not Calendar("US", "TX").works(date(2027, 3, 2))
    assert Calendar("US", "NY").works(date(2027, 3, 2))
    assert Calendar("US", "nowhere").works(date(2027, 3, 2))
    assert not Calendar("XX").works(date(2026, 11, 28))
    assert Calendar("XX").works(date(2026, 12, 25))
    assert not Calendar("IL").works(date(2026, 11, 27))


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        pytest.param(date(2026, 11, 24), date(2026, 11, 26), "Tue 24 – Thu 26 November", id="one month"),
        pytest.param(date(2026, 11, 30), date(2026, 12, 1), "Mon 30 November – Tue 1 December", id="two"),
        pytest.param(date(2026, 12, 31), date(2027, 1, 4), "Thu 31 December – Mon 4 January", id="two years"),
        pytest.param(date(2026, 11, 24), date(2026, 11, 24), "Tue 24 November", id="a day"),
    ],
)
def test_days_are_written_as_people_write_them(first: date, last: date, written: str) -> None:
    assert DeliveryDates(first, last).format() == written


moments = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime.fromisoformat("2025-01-01") + timedelta(minutes=minutes)
)
places = st.sampled_from(["GB", "IE", "FR", "DE", "NL", "BE", "DK", "SE", "US", "CA", "AE", "JP", "KP"])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(moments, places, st.integers(0, 10), st.integers(0, 20), st.integers(0, 20))
def test_no_parcel_arrives_on_a_free_day_or_before_it_is_packed(
    ordered: datetime, country: str, handling: int, one: int, other: int
) -> None:
    transit = (min(one, other), max(one, other))
    found = dates_of(post(handling, transit), ordered, HOME, Destination(country))
    assert found.first <= found.last
    known = holidays.list_supported_countries()
    for day in (found.first, found.last):
        if country in known:
            free = holidays.country_holidays(country, years=day.year)
            assert day not in free
            assert day.weekday() not in free.weekend
    packed = sum(
        HOME.works(ordered.date() + timedelta(days=each))
        for each in range(1, (found.first - ordered.date()).days + 1)
    )
    late = ordered.time() >= time(14) and HOME.works(ordered.date())
    assert packed >= handling + (1 if late else 0)
