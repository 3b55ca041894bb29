"""When a parcel arrives: counted in working days, without the public holidays of both ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays

from models.address import Destination
from models.delivery import MethodDraft


@dataclass(frozen=True, slots=True)
class DeliveryDates:
    """The days between which a parcel arrives, both included."""

    first: date
    last: date

    def format(self) -> str:
        """Tue 24 – Thu 26 November; Mon 30 November – Tue 1 December; Tue 24 November."""
        if self.first == self.last:
            return _written(self.last)
        same_month = (self.first.year, self.first.month) == (self.last.year, self.last.month)
        start = f"{self.first:%a} {self.first.day}" if same_month else _written(self.first)
        return f"{start} – {_written(self.last)}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of a place. Of a country or region whose holidays nobody knows only weekends are left out."""

    country: str
    region: str = ""

    def works(self, day: date) -> bool:
        return not _rests(self.country, self.region, day.year)(day)

    def after(self, day: date, working_days: int) -> date:
        """So many working days after `day`; 0 is that day itself, or the next on which anybody works."""
        while working_days or not self.works(day):
            day += timedelta(days=1)
            working_days -= working_days > 0 and self.works(day)
        return day


def dates_of(
    method: MethodDraft, ordered: datetime, home: Calendar, destination: Destination
) -> DeliveryDates:
    """When a parcel arrives that is ordered now; `ordered` is in the store's time zone.

    Packing takes working days at home, from the next one for what is ordered after the cut-off; the way takes working
    days where it goes to.
    """
    late = ordered.time().replace(tzinfo=None) >= method.cut_off
    begun = home.after(ordered.date(), 1 if late and home.works(ordered.date()) else 0)
    sent = home.after(begun, method.handling_days)
    there = Calendar(destination.country, destination.region)
    return DeliveryDates(there.after(sent, method.transit_from), there.after(sent, method.transit_to))


@dataclass(frozen=True, slots=True)
class _Rest:
    """The free days of one year."""

    weekend: frozenset[int]
    days: frozenset[date]

    def __call__(self, day: date) -> bool:
        return day.weekday() in self.weekend or day in self.days


@lru_cache(maxsize=1000)
def _rests(country: str, region: str, year: int) -> _Rest:
    supported = holidays.list_supported_countries(include_aliases=False)
    if country not in supported:
        return _Rest(frozenset({5, 6}), frozenset())
    known = holidays.country_holidays(
        country, subdiv=region if region in supported[country] else None, years=year
    )
    return _Rest(frozenset(known.weekend), frozenset(known.keys()))


def _written(day: date) -> str:
    return f"{day:%a} {day.day} {day:%B}"
