"""Who did what, when and from where."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.audit_table import audit_table
from store_app.admin.components.filters import list_search, status_chips, toolbar
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.audit import SEARCH, SINCE, UNTIL, StaffAuditState
from store_app.admin.states.audit_filters import PATH
from store_app.admin.view_models.filters import Chip
from store_app.components.controls import button, link_button
from store_app.components.feedback import empty_state, loading, skeleton
from store_app.components.icons import icon

TOOLS = StaffAuditState.tools


def audit() -> rx.Component:
    return staff_page(
        "audit",
        page_head(
            "Audit log",
            link_button("Export CSV", href=TOOLS.csv, reload=True, class_name="button-small", download=True),
            link_button("JSON", href=TOOLS.json, reload=True, class_name="button-small", download=True),
            note="What staff did, and nobody can change. Customers appear without a name.",
        ),
        toolbar(
            status_chips(TOOLS.chips, "What it is about"),
            list_search(
                SEARCH,
                "Name, number or SKU",
                _day("From", SINCE, "from", TOOLS.since),
                _day("To", UNTIL, "to", TOOLS.until),
                text=TOOLS.text,
            ),
        ),
        rx.cond(
            TOOLS.narrowed.length() > 0,
            rx.el.ul(
                rx.foreach(TOOLS.narrowed, _narrowed),
                aria_label="Active filters",
                class_name="mb-4 flex flex-wrap gap-2",
            ),
        ),
        rx.cond(
            StaffAuditState.loaded,
            rx.cond(StaffAuditState.rows.length() > 0, _list(), _nothing()),
            loading(*(skeleton("mt-2 h-10") for _ in range(12))),
        ),
    )


def _day(label: str, identifier: str, name: str, value: rx.Var[str]) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="text-sm text-muted"),
        rx.el.input(
            id=identifier,
            name=name,
            type="date",
            min="2000-01-01",
            max="2100-12-31",
            default_value=value,
            class_name="input input-small w-auto",
        ),
        html_for=identifier,
        class_name="flex items-center gap-2",
    )


def _narrowed(chip: rx.Var[Chip]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            chip.label,
            rx.el.span("(take this filter away)", class_name="sr-only"),
            icon("close"),
            href=chip.href,
            prevent_scroll_reset=True,
            class_name="chip",
        ),
        key=chip.label,
    )


def _list() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            StaffAuditState.rows.length(),
            " of ",
            StaffAuditState.total,
            rx.cond(StaffAuditState.total == 1, " entry", " entries"),
            role="status",
            class_name="mb-2 text-sm text-muted tabular-nums",
            data_testid="audit-count",
        ),
        audit_table(StaffAuditState.rows),
        rx.cond(
            StaffAuditState.more,
            rx.el.div(
                button(
                    "Load more", on_click=StaffAuditState.load_more.throttle(500), data_testid="load-more"
                ),
                class_name="mt-8 grid justify-items-center",
            ),
        ),
    )


def _nothing() -> rx.Component:
    return rx.cond(
        TOOLS.active,
        empty_state(
            "Nothing found",
            "No entry fits these filters. Take one away, or choose more days.",
            link_button("Show the whole log", href=PATH),
        ),
        empty_state(
            "Nothing has happened yet",
            "As soon as somebody ships an order, changes a product or counts stock, it appears here.",
        ),
    )
