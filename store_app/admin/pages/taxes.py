"""Taxes by country and region."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.order_table import WIDE, unseen
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.components.tax_dialogs import tax_dialogs
from store_app.admin.states.taxes import StaffTaxesState as Taxes
from store_app.admin.view_models.taxes import TaxRow
from store_app.components.controls import button, icon_button
from store_app.components.feedback import empty_state, loading, notice, skeleton
from store_app.components.icons import icon
from store_app.components.table import Column, cell, table

COLUMNS = [
    Column("Where"),
    Column("Tax"),
    Column("Standard", number=True),
    Column("Reduced", number=True, class_name=WIDE),
    Column("Zero-rated", number=True, class_name=WIDE),
    Column(unseen("Change")),
]


def taxes() -> rx.Component:
    return staff_page(
        "taxes",
        page_head(
            "Taxes",
            button(icon("plus"), "New taxes", variant="primary", on_click=Taxes.add, data_testid="new-taxes"),
            note="What applies where parcels go to. Ask your bookkeeper before you change a rate.",
        ),
        rx.cond(
            Taxes.untaxed,
            notice(
                "Parcels go to these countries without any tax: ",
                rx.el.strong(Taxes.untaxed),
                ".",
                tone="warning",
                class_name="mb-4",
                data_testid="untaxed",
            ),
        ),
        rx.cond(
            Taxes.loaded,
            rx.cond(
                Taxes.rows.length() > 0,
                table("Taxes", COLUMNS, rx.foreach(Taxes.rows, _row), data_testid="tax-table"),
                empty_state("No taxes yet", "Add your own country first: carts show its taxes."),
            ),
            loading(*(skeleton("mt-2 h-12") for _ in range(8))),
        ),
        tax_dialogs(),
    )


def _row(row: rx.Var[TaxRow]) -> rx.Component:
    return rx.el.tr(
        cell(
            rx.cond(
                row.region,
                rx.el.span(row.region, class_name="block pl-4"),
                rx.el.span(row.place, class_name="block font-semibold"),
            ),
            rx.cond(row.coming, rx.el.span(row.coming, class_name="block text-xs text-muted")),
        ),
        cell(row.name, rx.el.span(row.how, class_name="block text-xs whitespace-nowrap text-muted")),
        cell(row.standard, number=True),
        cell(row.reduced, number=True, class_name=WIDE),
        cell(row.zero, number=True, class_name=WIDE),
        cell(
            rx.el.div(
                icon_button(
                    "edit",
                    f"Change the taxes of {row.place}",
                    on_click=Taxes.edit(row.id),
                    data_testid="edit-taxes",
                ),
                icon_button("trash", f"Delete the taxes of {row.place}", on_click=Taxes.ask_delete(row.id)),
                class_name="-my-2 flex justify-end",
            )
        ),
        key=row.id,
        data_testid="tax-row",
    )
