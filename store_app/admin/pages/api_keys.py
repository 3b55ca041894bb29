"""Keys by which scripts of staff use the REST API."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.api_key_dialogs import api_key_dialogs
from store_app.admin.components.order_table import WIDE, unseen
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.api_keys import StaffApiKeysState as Keys
from store_app.admin.states.new_api_key import NewApiKeyState as NewKey
from store_app.admin.view_models.api_keys import KeyRow
from store_app.components.controls import button, link_button, text_link
from store_app.components.feedback import badge, empty_state, loading, skeleton
from store_app.components.icons import icon
from store_app.components.navigation import chip_link, pagination
from store_app.components.table import Column, cell, table

DOCS = "/api/docs"
DESKTOP = "max-lg:hidden"
"""For what a tablet has no room for either."""
COLUMNS = [
    Column("Key"),
    Column("Allowed to", class_name=WIDE),
    Column("Created", class_name=DESKTOP),
    Column("Last used"),
    Column("Ends", class_name=WIDE),
    Column(unseen("Revoke")),
]


def api_keys() -> rx.Component:
    return staff_page(
        "keys",
        page_head(
            "API keys",
            button(
                icon("plus"), "New key", variant="primary", on_click=NewKey.start, data_testid="new-api-key"
            ),
            note=rx.fragment(
                "For scripts that use the ",
                text_link("REST API", href=DOCS, reload=True),
                " in your name, with no more rights than you give them.",
            ),
        ),
        rx.cond(
            Keys.views.length() > 0,
            rx.el.nav(
                rx.foreach(Keys.views, lambda view: chip_link(view, key=view.label)),
                aria_label="Whose keys",
                class_name="staff-chips mb-4",
            ),
        ),
        rx.cond(
            Keys.loaded,
            rx.cond(Keys.rows.length() > 0, _list(), _nothing()),
            loading(*(skeleton("mt-2 h-14") for _ in range(4))),
        ),
        api_key_dialogs(),
    )


def _list() -> rx.Component:
    return rx.fragment(
        table("API keys", COLUMNS, rx.foreach(Keys.rows, _row), data_testid="key-table"),
        pagination(Keys.pages),
    )


def _row(row: rx.Var[KeyRow]) -> rx.Component:
    return rx.el.tr(
        cell(
            rx.el.span(
                rx.el.span(row.name, class_name="font-semibold break-words"),
                rx.cond(row.label, badge(row.label, row.tone)),
                class_name="flex flex-wrap items-center gap-x-2 gap-y-1",
            ),
            rx.el.span(row.hint, class_name="key-hint block"),
            rx.cond(Keys.everybodys, rx.el.span(row.owner, class_name="block text-xs text-muted")),
            rx.el.span(rx.foreach(row.may, _scope), class_name="mt-1 block text-xs text-muted sm:hidden"),
            class_name="min-w-[9rem]",
        ),
        cell(rx.foreach(row.may, _scope), class_name=WIDE),
        cell(row.created, class_name=f"whitespace-nowrap tabular-nums {DESKTOP}"),
        cell(row.last_used, class_name="sm:whitespace-nowrap tabular-nums"),
        cell(row.ends, class_name=f"whitespace-nowrap tabular-nums {WIDE}"),
        cell(
            rx.cond(
                row.live,
                button(
                    "Revoke",
                    rx.el.span(f" {row.name}", class_name="sr-only"),
                    on_click=Keys.ask_revoke(row.id),
                    class_name="button-small",
                    data_testid="revoke-key",
                ),
            ),
            class_name="text-right",
        ),
        key=row.id,
        class_name=rx.cond(row.live, "", "row-ended"),
        data_testid="key-row",
    )


def _scope(words: rx.Var[str]) -> rx.Component:
    return rx.el.span(words, key=words, class_name="block")


def _nothing() -> rx.Component:
    return empty_state(
        "No keys yet",
        "With a key a script can read orders or change products, as far as you let it: a nightly stock count, "
        "an export for the books. Each can be revoked by itself.",
        link_button("Read about the API", href=DOCS, reload=True),
        data_testid="no-keys",
    )
