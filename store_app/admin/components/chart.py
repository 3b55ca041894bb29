"""The revenue of the last days as bars, and the same as a table for those who can't see them."""

from __future__ import annotations

import reflex as rx

from store_app.admin.view_models.home import CHART_HEIGHT, Bar

ROOM_ABOVE, ROOM_BELOW = 24, 26
"""Pixels for the labels over the bars and the days under them."""


def revenue_chart(bars: rx.Var[tuple[Bar, ...]]) -> rx.Component:
    base = ROOM_ABOVE + CHART_HEIGHT
    return rx.el.figure(
        rx.el.svg(
            rx.el.line(x1="0", x2="100%", y1=base, y2=base, class_name="chart-base"),
            rx.foreach(bars, _bar),
            custom_attrs={"width": "100%", "height": base + ROOM_BELOW},
            aria_hidden=True,
            class_name="chart",
        ),
        rx.el.table(
            rx.el.caption("Revenue by day"),
            rx.el.thead(rx.el.tr(rx.el.th("Day", scope="col"), rx.el.th("Revenue", scope="col"))),
            rx.el.tbody(
                rx.foreach(bars, lambda bar: rx.el.tr(rx.el.th(bar.day, scope="row"), rx.el.td(bar.amount)))
            ),
            class_name="sr-only",
        ),
        data_testid="revenue-chart",
    )


def _bar(bar: rx.Var[Bar]) -> rx.Component:
    base = ROOM_ABOVE + CHART_HEIGHT
    return rx.el.g(
        rx.el.rect(
            x=bar.x,
            y=bar.y + ROOM_ABOVE,
            custom_attrs={"width": bar.width, "height": bar.height},
            rx="1.5",
            class_name=rx.cond(bar.today, "chart-bar chart-bar-today", "chart-bar"),
        ),
        rx.el.rect(
            rx.el.title(f"{bar.day}: {bar.amount}"),
            x=bar.x,
            y=0,
            custom_attrs={"width": bar.width, "height": base},
            class_name="chart-reach",
        ),
        rx.el.text(bar.label, x=bar.middle, y=bar.y + ROOM_ABOVE - 7, class_name="chart-label"),
        rx.el.text(
            bar.tick,
            x=bar.middle,
            y=base + 18,
            class_name=rx.cond(bar.today, "chart-tick chart-tick-today", "chart-tick"),
        ),
        key=bar.day,
    )
