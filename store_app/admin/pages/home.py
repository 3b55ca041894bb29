"""Today: the figures, what runs low, the latest orders."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.components.chart import revenue_chart
from store_app.admin.components.order_table import order_table
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.guard import StaffState
from store_app.admin.states.home import StaffHomeState
from store_app.admin.view_models.home import LowStockRow
from store_app.components.controls import text_link
from store_app.components.feedback import badge, loading, skeleton


def home() -> rx.Component:
    return staff_page(
        "home",
        page_head("Today"),
        rx.cond(StaffHomeState.loaded, _content(), _skeleton()),
    )


def _content() -> rx.Component:
    return rx.el.div(
        rx.cond(StaffState.sees_orders, _figures()),
        rx.el.div(
            rx.cond(StaffState.sees_orders, _latest()),
            _low_stock(),
            class_name="mt-10 grid items-start gap-x-10 gap-y-12 xl:grid-cols-[minmax(0,1fr)_20rem]",
        ),
    )


def _figures() -> rx.Component:
    figures = StaffHomeState.home
    return rx.el.div(
        rx.el.dl(
            _figure("Orders paid today", figures.orders_today, "orders-today"),
            _figure(
                "Revenue today",
                rx.fragment(
                    figures.revenue_today,
                    rx.cond(
                        figures.others_today,
                        rx.el.span("and ", figures.others_today, class_name="block text-sm text-muted"),
                    ),
                ),
                "revenue-today",
            ),
            _figure(
                "Waiting to be shipped",
                rx.el.a(
                    figures.awaiting_shipment,
                    href="/admin/orders?status=paid",
                    class_name="link",
                    aria_label=f"{figures.awaiting_shipment} orders to ship",
                ),
                "awaiting-shipment",
            ),
            class_name="staff-figures",
        ),
        rx.el.section(
            rx.el.h2("Revenue of 14 days", id="revenue", class_name="staff-heading"),
            rx.el.p(
                figures.revenue_of_days,
                " in all, delivery included",
                rx.cond(figures.others_of_days, f"; not in the chart: {figures.others_of_days}", ""),
                class_name="text-sm text-muted",
            ),
            revenue_chart(figures.bars),
            aria_labelledby="revenue",
            class_name="min-w-0",
        ),
        class_name="grid gap-x-10 gap-y-8 lg:grid-cols-[14rem_minmax(0,1fr)]",
    )


def _figure(label: str, value: Any, test_id: str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(label, class_name="text-sm text-muted"),
        rx.el.dd(value, class_name="staff-figure", data_testid=test_id),
    )


def _latest() -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.h2("Latest orders", id="latest", class_name="staff-heading"),
            text_link("All orders", href="/admin/orders", class_name="text-sm"),
            class_name="mb-3 flex items-baseline justify-between gap-4",
        ),
        rx.cond(
            StaffHomeState.latest.length() > 0,
            order_table("The latest orders", StaffHomeState.latest),
            rx.el.p("No order has been placed yet.", class_name="border-t py-4 text-sm text-muted"),
        ),
        aria_labelledby="latest",
        class_name="min-w-0",
    )


def _low_stock() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Sold out or running low", id="low-stock", class_name="staff-heading mb-3"),
        rx.cond(
            StaffHomeState.low_stock.length() > 0,
            rx.el.ul(rx.foreach(StaffHomeState.low_stock, _low_stock_row), class_name="border-b"),
            rx.el.p("Everything is well stocked.", class_name="border-t py-4 text-sm text-muted"),
        ),
        aria_labelledby="low-stock",
        data_testid="low-stock",
    )


def _low_stock_row(row: rx.Var[LowStockRow]) -> rx.Component:
    names = rx.fragment(
        rx.el.span(row.title, class_name="block truncate"),
        rx.el.span(row.options, " · ", row.sku, class_name="block truncate text-xs text-muted"),
    )
    return rx.el.li(
        rx.cond(
            StaffState.manages_catalog,
            rx.el.a(names, href=row.href, class_name="min-w-0 flex-1 hover:underline underline-offset-4"),
            rx.el.span(names, class_name="min-w-0 flex-1"),
        ),
        badge(row.label, row.tone),
        key=row.sku,
        class_name="flex items-center gap-4 border-t py-2 text-sm",
    )


def _skeleton() -> rx.Component:
    return loading(
        rx.el.div(
            rx.el.div(*(skeleton("h-14") for _ in range(3)), class_name="grid content-start gap-6"),
            skeleton("h-64"),
            class_name="grid gap-x-10 gap-y-8 lg:grid-cols-[14rem_minmax(0,1fr)]",
        ),
        skeleton("mt-10 h-72"),
    )
