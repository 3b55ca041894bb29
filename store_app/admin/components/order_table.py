"""Orders as rows that lead to them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.view_models.orders import OrderRow
from store_app.components.feedback import badge
from store_app.components.table import Column, cell, table

WIDE = "max-sm:hidden"
"""For columns that a phone has no room for."""


def unseen(label: str) -> rx.Component:
    """The heading of a column whose cells speak for themselves."""
    return rx.el.span(label, class_name="sr-only")


def order_table(caption: str, rows: rx.Var[tuple[OrderRow, ...]], *, buyers: bool = True) -> rx.Component:
    """Without `buyers` where all are the same person's."""
    columns = [
        Column("Number"),
        Column("Placed", class_name=WIDE),
        *([Column("Customer", class_name=WIDE)] if buyers else []),
        Column("Items", number=True, class_name=WIDE),
        Column("Total", number=True),
        Column("Status"),
    ]
    return table(caption, columns, rx.foreach(rows, lambda row: _row(row, buyers)), data_testid="order-table")


def _row(order: rx.Var[OrderRow], buyers: bool) -> rx.Component:
    return rx.el.tr(
        cell(
            row_link(order.number, f"/admin/orders/{order.id}"),
            rx.el.span(
                order.email if buyers else order.placed,
                class_name="block max-w-[8rem] truncate text-xs text-muted sm:hidden",
            ),
            class_name="whitespace-nowrap",
        ),
        cell(order.placed, class_name=f"whitespace-nowrap {WIDE}"),
        cell(
            rx.el.span(
                order.email, class_name="block max-w-[12rem] truncate lg:max-w-[16rem] xl:max-w-[24rem]"
            ),
            class_name=WIDE,
        )
        if buyers
        else rx.fragment(),
        cell(order.units, number=True, class_name=WIDE),
        cell(order.total, number=True, class_name="whitespace-nowrap"),
        cell(badge(order.label, order.tone)),
        key=order.id,
        data_testid="order-row",
    )


def row_link(label: Any, href: Any) -> rx.Component:
    """The link of a row; it reaches over all of it."""
    return rx.el.a(label, href=href, class_name="row-link")
