"""All promotions."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.filters import list_search, result_count, status_chips, toolbar
from store_app.admin.components.order_table import WIDE, row_link
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.promotions import PATH, SEARCH, StaffPromotionsState
from store_app.admin.view_models.promotions import PromotionRow
from store_app.components.controls import link_button
from store_app.components.feedback import badge, empty_state, loading, skeleton
from store_app.components.icons import icon
from store_app.components.navigation import pagination
from store_app.components.table import Column, cell, table

COLUMNS = [
    Column("Promotion"),
    Column("Code", class_name=WIDE),
    Column("State"),
    Column("Orders", number=True),
    Column("Ends", class_name="max-lg:hidden"),
]


def promotions() -> rx.Component:
    return staff_page(
        "promotions",
        page_head(
            "Promotions",
            link_button("Try a cart", href=f"{PATH}/simulator", data_testid="to-simulator"),
            link_button(
                icon("plus"),
                "New promotion",
                href=f"{PATH}/new",
                variant="primary",
                data_testid="new-promotion",
            ),
        ),
        toolbar(
            status_chips(StaffPromotionsState.chips),
            list_search(SEARCH, "Name or code", as_typed=True),
        ),
        rx.cond(
            StaffPromotionsState.loaded,
            rx.cond(StaffPromotionsState.rows.length() > 0, _list(), _nothing()),
            loading(*(skeleton("mt-2 h-14") for _ in range(6))),
        ),
    )


def _list() -> rx.Component:
    rows = rx.foreach(StaffPromotionsState.rows, _row)
    return rx.fragment(
        result_count(StaffPromotionsState.total, "promotion", "promotions"),
        table("Promotions", COLUMNS, rows, data_testid="promotion-table"),
        pagination(StaffPromotionsState.pages),
    )


def _row(row: rx.Var[PromotionRow]) -> rx.Component:
    return rx.el.tr(
        cell(
            row_link(row.name, f"{PATH}/{row.id}"),
            rx.el.span(row.words, class_name="block max-w-[34rem] text-xs text-muted"),
            rx.cond(row.code, rx.el.span(row.code, class_name="key-hint block sm:hidden")),
        ),
        cell(
            rx.cond(
                row.code,
                rx.el.span(row.code, class_name="key-hint"),
                rx.el.span("By itself", class_name="text-muted"),
            ),
            class_name=WIDE,
        ),
        cell(badge(row.label, row.tone)),
        cell(row.used, number=True, class_name="whitespace-nowrap"),
        cell(row.ends, class_name="whitespace-nowrap text-muted max-lg:hidden"),
        key=row.id,
        data_testid="promotion-row",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        StaffPromotionsState.filtered,
        empty_state(
            "No such promotion",
            "Nothing fits this state and search.",
            link_button("Show all promotions", href=PATH),
        ),
        empty_state(
            "No promotions yet",
            "A code for the first order, three for two on seeds, free delivery for a week: write the first one, "
            "and try it on a cart before shoppers do.",
            link_button("New promotion", href=f"{PATH}/new", variant="primary"),
        ),
    )
