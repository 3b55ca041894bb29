"""The stock of all articles."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.filters import list_search, result_count, status_chips, toolbar
from store_app.admin.components.order_table import WIDE, row_link
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.locations import PATH as LOCATIONS
from store_app.admin.states.stock import LOCATION, PATH, SEARCH, StaffStockState
from store_app.admin.view_models.stock import StockRow
from store_app.components.controls import link_button
from store_app.components.feedback import badge, empty_state, loading, skeleton
from store_app.components.navigation import pagination
from store_app.components.table import Column, cell, table

ROOMY = "max-xl:hidden"
COLUMNS = [
    Column("Article"),
    Column("Lies in", class_name=ROOMY),
    Column("On hand", number=True, class_name=WIDE),
    Column("Promised", number=True, class_name=WIDE),
    Column("Available", number=True),
]


def stock() -> rx.Component:
    return staff_page(
        "stock",
        page_head(
            "Stock",
            link_button("Locations", href=LOCATIONS, data_testid="to-locations"),
            note="Available is what shoppers can still have: on hand, less what carts and orders were promised, "
            "and what may be made to order.",
        ),
        toolbar(
            status_chips(StaffStockState.chips),
            list_search(SEARCH, "SKU or title", _location(), as_typed=True),
        ),
        rx.cond(
            StaffStockState.loaded,
            rx.cond(StaffStockState.rows.length() > 0, _list(), _nothing()),
            loading(*(skeleton("mt-2 h-14") for _ in range(8))),
        ),
    )


def _location() -> rx.Component:
    return rx.el.select(
        rx.el.option("All locations", value=""),
        rx.foreach(
            StaffStockState.locations, lambda each: rx.el.option(each.label, value=each.key, key=each.key)
        ),
        id=LOCATION,
        name="location",
        aria_label="Location",
        default_value=StaffStockState.location,
        class_name="input input-small w-full sm:w-auto sm:max-w-[14rem]",
    )


def _list() -> rx.Component:
    return rx.fragment(
        result_count(StaffStockState.total, "article", "articles"),
        table("Stock", COLUMNS, rx.foreach(StaffStockState.rows, _row), data_testid="stock-table"),
        pagination(StaffStockState.pages),
    )


def _row(row: rx.Var[StockRow]) -> rx.Component:
    return rx.el.tr(
        cell(
            rx.el.div(
                row_link(row.title, row.href),
                rx.cond(row.options, rx.el.span(" ", row.options, class_name="text-muted")),
                rx.el.span(row.sku, class_name="block truncate text-xs text-muted"),
                class_name="max-w-[58vw] sm:max-w-[22rem]",
            )
        ),
        cell(row.where, class_name=f"text-muted {ROOMY}"),
        cell(row.on_hand, number=True, class_name=WIDE),
        cell(row.reserved, number=True, class_name=WIDE),
        cell(
            rx.el.span(
                rx.cond(row.note, badge(row.note, row.tone)),
                row.available,
                class_name="inline-flex flex-wrap items-center justify-end gap-x-2",
            ),
            number=True,
        ),
        key=row.sku,
        data_testid="stock-row",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        StaffStockState.filtered,
        empty_state(
            "No such article",
            "Nothing fits this search, state and location.",
            link_button("Show all stock", href=PATH),
        ),
        empty_state(
            "Nothing to count yet",
            "Each variant of a product has its stock here as soon as it is made.",
            link_button("New product", href="/admin/products/new", variant="primary"),
        ),
    )
