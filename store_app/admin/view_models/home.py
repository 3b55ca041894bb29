"""The figures of the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from models.money import Money

CHART_HEIGHT = 168
"""Pixels of the highest bar."""
LABEL_HEIGHT = 18
LABEL_SLOTS = 2
"""Room that a label over a bar takes: pixels, and days to its side on a phone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of the chart. `x` and `width` are per cent of its width, `y` and `height` pixels of its height.

    `label` stands above the bar, `tick` below; both may be empty. `day` and `amount` are for the table of the same.
    """

    x: str
    width: str
    middle: str
    y: int
    height: int
    label: str
    tick: str
    day: str
    amount: str
    today: bool


@dataclass(frozen=True, slots=True)
class LowStockRow:
    sku: str
    title: str
    options: str
    href: str
    available: int
    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """`others_today` and `others_of_days` are revenue in other currencies, each by itself; empty without any."""

    orders_today: int = 0
    revenue_today: str = ""
    others_today: str = ""
    awaiting_shipment: int = 0
    revenue_of_days: str = ""
    others_of_days: str = ""
    bars: tuple[Bar, ...] = ()


def of_revenue(by_day: Sequence[tuple[date, Money]]) -> tuple[Bar, ...]:
    """The bars of the last days, oldest first. The best day and today carry their amount."""
    best = max((money.amount for _, money in by_day), default=0)
    slot = 100 / max(1, len(by_day))
    last = len(by_day) - 1
    best_at = max(range(len(by_day)), key=lambda index: by_day[index][1].amount, default=0)
    heights = [_height(money, best) for _, money in by_day]
    labels_meet = last - best_at <= LABEL_SLOTS and heights[best_at] - heights[last] < LABEL_HEIGHT
    bars = []
    for index, (on, money) in enumerate(by_day):
        height = heights[index]
        named = best > 0 and (index == best_at or (index == last and not labels_meet))
        bars.append(
            Bar(
                x=f"{index * slot + slot * 0.14:.2f}%",
                width=f"{slot * 0.72:.2f}%",
                middle=f"{index * slot + slot / 2:.2f}%",
                y=CHART_HEIGHT - height,
                height=height,
                label=_short(money) if named and money else "",
                tick="Today" if index == last else _tick(on, first=index == 0),
                day=str(format_date(on, "EEEE d MMMM", locale="en_GB")),
                amount=money.format(),
                today=index == last,
            )
        )
    return tuple(bars)


def _tick(on: date, *, first: bool) -> str:
    """The day of the month, with the month where it begins and at the left end."""
    return str(format_date(on, "d MMM", locale="en_GB")) if first or on.day == 1 else str(on.day)


def _height(money: Money, best: int) -> int:
    return max(round(money.amount * CHART_HEIGHT / best), 2) if money.amount else 0


def _short(money: Money) -> str:
    """An amount that has room over a bar: without its pence from ten pounds on."""
    return money.format() if money.amount < 1000 else money.format().partition(".")[0]
