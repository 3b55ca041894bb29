"""All orders."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.filters import list_search, result_count, status_chips, toolbar
from store_app.admin.components.order_table import order_table
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.orders import PATH, SEARCH, StaffOrdersState
from store_app.components.controls import link_button
from store_app.components.feedback import empty_state, loading, skeleton
from store_app.components.navigation import pagination


def orders() -> rx.Component:
    return staff_page(
        "orders",
        page_head("Orders"),
        toolbar(
            status_chips(StaffOrdersState.chips),
            list_search(SEARCH, "Number or e-mail", text=StaffOrdersState.text),
        ),
        rx.cond(
            StaffOrdersState.loaded,
            rx.cond(StaffOrdersState.rows.length() > 0, _list(), _nothing()),
            loading(*(skeleton("mt-2 h-10") for _ in range(10))),
        ),
    )


def _list() -> rx.Component:
    return rx.fragment(
        result_count(StaffOrdersState.total, "order", "orders"),
        order_table("Orders", StaffOrdersState.rows),
        pagination(StaffOrdersState.pages),
    )


def _nothing() -> rx.Component:
    return rx.cond(
        StaffOrdersState.filtered,
        empty_state(
            "No such order",
            "Nothing fits this status and search. A number starts with LK-; a part of an e-mail address is enough.",
            link_button("Show all orders", href=PATH),
        ),
        empty_state("No orders yet", "The first one appears here as soon as somebody checks out."),
    )
