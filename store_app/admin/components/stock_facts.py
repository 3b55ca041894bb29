"""What there is of an article, where, and how that came about."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.components.order_table import WIDE
from store_app.admin.states.stock_article import StaffStockArticleState as Article
from store_app.admin.view_models.stock import LedgerRow, Shelf
from store_app.components.controls import button
from store_app.components.table import Column, cell, table

LEDGER = [
    Column("When"),
    Column("What"),
    Column("On hand", number=True),
    Column("Promised", number=True, class_name=WIDE),
    Column("Location", class_name=WIDE),
    Column("By", class_name=WIDE),
]


def figures() -> rx.Component:
    view = Article.article
    return rx.el.dl(
        _figure("On hand", view.on_hand, "stock-on-hand"),
        _figure("Promised", view.reserved, "stock-reserved"),
        _figure("Available", view.available, "stock-available", view.available_note),
        rx.cond(view.owed > 0, _figure("Owed to buyers", view.owed, "stock-owed")),
        class_name="staff-figures border-t pt-4 max-sm:grid-cols-3 max-sm:gap-x-4",
    )


def _figure(label: str, value: Any, test_id: str, note: Any = "") -> rx.Component:
    return rx.el.div(
        rx.el.dt(label, class_name="text-sm text-muted"),
        rx.el.dd(value, class_name="staff-figure text-2xl", data_testid=test_id),
        rx.cond(note, rx.el.dd(note, class_name="text-xs text-muted")),
    )


def shelves() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Where it lies", id="where", class_name="staff-heading mb-3"),
        table(
            "Units in each location",
            [Column("Location"), Column("On hand", number=True)],
            rx.foreach(Article.article.shelves, _shelf),
            data_testid="shelves",
        ),
        aria_labelledby="where",
        class_name="min-w-0",
    )


def _shelf(shelf: rx.Var[Shelf]) -> rx.Component:
    return rx.el.tr(cell(shelf.name), cell(shelf.on_hand, number=True), key=shelf.code, data_testid="shelf")


def ledger() -> rx.Component:
    return rx.el.section(
        rx.el.h2("What happened", id="ledger", class_name="staff-heading mb-3"),
        rx.cond(
            Article.ledger.length() > 0,
            table("Changes, newest first", LEDGER, rx.foreach(Article.ledger, _entry), data_testid="ledger"),
            rx.el.p("Nobody has counted this yet.", class_name="border-t py-4 text-sm text-muted"),
        ),
        rx.cond(
            Article.more,
            button("Show older", on_click=Article.show_more, class_name="mt-4", data_testid="older"),
        ),
        aria_labelledby="ledger",
        class_name="min-w-0",
    )


def _entry(entry: rx.Var[LedgerRow]) -> rx.Component:
    return rx.el.tr(
        cell(
            rx.el.span(entry.when, title=entry.exactly),
            class_name="text-muted tabular-nums sm:whitespace-nowrap",
        ),
        cell(
            rx.el.span(entry.what),
            rx.el.span(
                entry.who,
                rx.cond(entry.where, f" · {entry.where}", ""),
                rx.cond(entry.promised, f" · promised {entry.promised}", ""),
                class_name="block text-xs text-muted sm:hidden",
            ),
        ),
        cell(entry.change, number=True, class_name="whitespace-nowrap"),
        cell(entry.promised, number=True, class_name=f"whitespace-nowrap text-muted {WIDE}"),
        cell(entry.where, class_name=f"text-muted {WIDE}"),
        cell(entry.who, class_name=f"text-muted {WIDE}"),
        key=entry.id,
        data_testid="ledger-row",
    )
