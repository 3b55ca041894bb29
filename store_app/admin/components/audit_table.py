"""The entries of the audit log: who did what, and what that changed."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.components.order_table import WIDE, unseen
from store_app.admin.view_models.audit import AuditRow, Change
from store_app.components.elements import hard_link
from store_app.components.icons import icon
from store_app.components.table import Column, cell, table

DESKTOP = "max-lg:hidden"
COLUMNS = [
    Column("When", class_name=f"w-48 {WIDE}"),
    Column("Who", class_name=f"w-56 {WIDE}"),
    Column("What"),
    Column("Address", class_name=f"w-40 {DESKTOP}"),
    Column(unseen("Details")),
]


def audit_table(rows: rx.Var[tuple[AuditRow, ...]]) -> rx.Component:
    return table("Audit log", COLUMNS, rx.foreach(rows, _entry), data_testid="audit-table")


def _entry(row: rx.Var[AuditRow]) -> rx.Component:
    return rx.fragment(_summary(row), _details(row), key=row.id)


def _summary(row: rx.Var[AuditRow]) -> rx.Component:
    return rx.el.tr(
        cell(row.when, class_name=f"whitespace-nowrap tabular-nums {WIDE}"),
        cell(_who(row), class_name=WIDE),
        cell(
            rx.el.span(row.deed, " ", _object(row), class_name="break-words"),
            rx.el.span(
                _who(row),
                ", ",
                rx.el.span(row.when, class_name="whitespace-nowrap tabular-nums"),
                class_name="mt-1 block text-xs text-muted sm:hidden",
            ),
        ),
        cell(row.address, class_name=f"whitespace-nowrap text-muted tabular-nums {DESKTOP}"),
        cell(
            rx.el.button(
                icon("chevron-down"),
                type="button",
                aria_label=f"Details: {row.deed} {row.object}",
                aria_expanded="false",
                aria_controls=f"entry-{row.id}",
                custom_attrs={"data-expands": ""},
                class_name="row-toggle row-link",
            ),
            class_name="w-0 text-right",
        ),
        data_testid="audit-row",
    )


def _who(row: rx.Var[AuditRow]) -> rx.Component:
    return rx.cond(
        row.who_href,
        rx.el.a(row.who, href=row.who_href, class_name="link"),
        rx.el.span(row.who),
    )


def _object(row: rx.Var[AuditRow]) -> rx.Component:
    looks = "link font-semibold"
    return rx.cond(
        row.href,
        rx.cond(
            row.outside,
            hard_link(row.object, href=row.href, class_name=looks),
            rx.el.a(row.object, href=row.href, class_name=looks),
        ),
        rx.el.span(row.object, class_name="font-semibold"),
    )


def _details(row: rx.Var[AuditRow]) -> rx.Component:
    """Opened in the browser by the button that names it (assets/shop.js)."""
    return rx.el.tr(
        rx.el.td(
            rx.cond(
                row.changes.length() > 0,
                rx.el.dl(rx.foreach(row.changes, _change), class_name="diff", data_testid="audit-diff"),
            ),
            rx.el.dl(
                _fact("When", row.exactly),
                _fact("Address", row.address),
                _fact("Request", row.request),
                class_name="flex flex-wrap gap-x-6 gap-y-1 text-xs text-muted",
            ),
            col_span=len(COLUMNS),
        ),
        id=f"entry-{row.id}",
        hidden=True,
        class_name="row-details",
    )


def _fact(label: str, value: Any) -> rx.Component:
    return rx.cond(
        value,
        rx.el.div(
            rx.el.dt(f"{label}: ", class_name="inline"),
            rx.el.dd(value, class_name="inline break-all tabular-nums"),
        ),
    )


def _change(change: rx.Var[Change]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(change.field),
        rx.el.dd(
            rx.cond(change.before, rx.el.del_(_unseen("before: "), change.before)),
            rx.cond(change.after, rx.el.ins(_unseen("after: "), change.after)),
            rx.cond(
                (change.before == "") & (change.after == ""), rx.el.span("empty", class_name="text-muted")
            ),
        ),
        key=change.field,
    )


def _unseen(text: str) -> rx.Component:
    return rx.el.span(text, class_name="sr-only")
