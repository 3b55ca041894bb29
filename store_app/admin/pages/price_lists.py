"""The currencies one can pay in."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.dialogs import DialogWhile
from store_app.admin.components.order_table import WIDE, row_link
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.price_lists import StaffPriceListsState as PriceLists
from store_app.admin.view_models.price_lists import PriceListRow
from store_app.components.controls import button
from store_app.components.feedback import badge, empty_state, loading, notice, skeleton
from store_app.components.fields import field, select_field
from store_app.components.icons import icon
from store_app.components.overlays import close_dialog, dialog
from store_app.components.table import Column, cell, table

ADD = "price-list-dialog"
COLUMNS = [
    Column("Currency"),
    Column("State"),
    Column("Rate", number=True),
    Column("Rounded", class_name=WIDE),
    Column("By hand", number=True, class_name=WIDE),
]


def price_lists() -> rx.Component:
    return staff_page(
        "price-lists",
        page_head(
            "Price lists",
            button(
                icon("plus"),
                "New currency",
                variant="primary",
                on_click=PriceLists.add,
                data_testid="new-price-list",
            ),
            note=rx.fragment(
                "Prices in ",
                PriceLists.home,
                " are those of the products. Each list turns them into another currency.",
            ),
        ),
        rx.cond(
            PriceLists.loaded,
            rx.cond(
                PriceLists.rows.length() > 0,
                table("Price lists", COLUMNS, rx.foreach(PriceLists.rows, _row), data_testid="price-lists"),
                empty_state(
                    "One currency so far",
                    "Add another one: nobody sees it before you say that it is offered.",
                ),
            ),
            loading(*(skeleton("mt-2 h-12") for _ in range(4))),
        ),
        _add(),
        DialogWhile.create(dialog_id=ADD, is_open=PriceLists.adding),
    )


def _row(row: rx.Var[PriceListRow]) -> rx.Component:
    return rx.el.tr(
        cell(
            row_link(row.name, row.href),
            rx.el.span(row.code, class_name="block text-xs text-muted"),
        ),
        cell(badge(row.label, row.tone)),
        cell(row.rate, number=True, class_name="whitespace-nowrap"),
        cell(row.rounding, class_name=f"text-muted {WIDE}"),
        cell(row.by_hand, number=True, class_name=WIDE),
        key=row.code,
        data_testid="price-list-row",
    )


def _add() -> rx.Component:
    errors = PriceLists.errors
    return dialog(
        ADD,
        "New currency",
        rx.cond(errors["form"], notice(errors["form"], tone="error", role="alert", class_name="mb-4")),
        rx.el.form(
            select_field(
                "Currency",
                "currency",
                rx.el.option("Choose one", value=""),
                rx.foreach(
                    PriceLists.choices, lambda each: rx.el.option(each.label, value=each.key, key=each.key)
                ),
                error=errors["currency"],
            ),
            field(
                "Rate",
                "rate",
                error=errors["rate"],
                hint="How much of it one of the store’s own currency is, such as 1.17.",
                input_mode="decimal",
                auto_complete="off",
                max_length=20,
            ),
            key=PriceLists.opened.to(str),
            id="price-list-form",
            on_submit=PriceLists.create,
            class_name="grid gap-4",
        ),
        foot=rx.el.div(
            button("Cancel", on_click=close_dialog(ADD)),
            button(
                "Add it",
                type="submit",
                form="price-list-form",
                variant="primary",
                data_testid="create-price-list",
            ),
            class_name="flex justify-end gap-3",
        ),
        on_close=PriceLists.close,
    )
