"""The variants of a product: what each costs, weighs, and how many there are."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.components.editor_form import row_input, section
from store_app.admin.components.order_table import unseen
from store_app.admin.states.product_editor import ProductEditorState as Editor
from store_app.admin.view_models.filters import Choice
from store_app.admin.view_models.product_form import VariantRow
from store_app.components.controls import button, icon_button
from store_app.components.feedback import notice
from store_app.components.icons import icon
from store_app.components.table import Column, cell, table

COLUMNS = [
    Column("Variant"),
    Column("SKU"),
    Column("Price", number=True),
    Column("Before", number=True),
    Column("Weight, g", number=True),
    Column("On hand", number=True),
    Column("Promised", number=True),
    Column(unseen("Remove")),
]


def variants() -> rx.Component:
    form = Editor.form
    return section(
        "Variants",
        rx.cond(Editor.errors["variants"], notice(Editor.errors["variants"], tone="error")),
        table(
            "Variants with their prices and stock",
            COLUMNS,
            rx.foreach(form.variants, _variant),
            data_testid="variants",
        ),
        rx.cond(
            (form.missing_count > 0) & (form.options.length() > 0),
            rx.el.div(
                rx.el.p(
                    rx.cond(
                        form.missing_count == 1,
                        "One combination has no variant and can’t be bought:",
                        f"{form.missing_count} combinations have no variant and can’t be bought:",
                    ),
                    class_name="text-sm text-muted",
                ),
                rx.el.div(
                    rx.foreach(form.missing, _missing),
                    rx.cond(
                        form.missing_count > 1,
                        button(
                            "Add all of them",
                            class_name="button-small",
                            on_click=Editor.add_missing,
                            data_testid="add-missing",
                        ),
                    ),
                    class_name="flex flex-wrap items-center gap-2",
                ),
                class_name="grid gap-2",
            ),
            rx.cond(
                form.variants.length() == 0,
                rx.el.div(
                    button(
                        icon("plus"),
                        "Add the variant",
                        class_name="button-small",
                        on_click=Editor.add_variant(""),
                    )
                ),
            ),
        ),
        note="Prices include VAT. “Before” is the price it is reduced from. “Promised” units belong to open orders.",
    )


def _missing(choice: rx.Var[Choice]) -> rx.Component:
    return rx.el.button(
        icon("plus"),
        choice.label,
        type="button",
        on_click=Editor.add_variant(choice.key),
        key=choice.key,
        class_name="chip",
        data_testid="add-variant",
    )


def _variant(row: rx.Var[VariantRow]) -> rx.Component:
    def own(field: str, label: str, value: Any, **props: Any) -> rx.Component:
        return row_input(f"variants.{row.key}.{field}", f"{label} {row.label}", value, **props)

    money = {
        "input_mode": "decimal",
        "max_length": 20,
        "class_name": "min-w-[4.75rem] text-right tabular-nums",
    }
    whole = {
        "input_mode": "numeric",
        "max_length": 9,
        "class_name": "min-w-[4.25rem] text-right tabular-nums",
    }
    return rx.el.tr(
        cell(
            rx.cond(row.label, row.label, rx.el.span("No options", class_name="text-muted")),
            class_name="min-w-[7rem]",
        ),
        cell(own("sku", "SKU", row.sku, max_length=48, spell_check=False, class_name="min-w-[10rem]")),
        cell(own("price", "Price", row.price, **money)),
        cell(own("compare_at", "Price before", row.compare_at, **money)),
        cell(own("weight", "Weight in grams", row.weight, **whole)),
        cell(own("stock", "Units on hand", row.stock, **whole)),
        cell(row.reserved, number=True, class_name="text-muted"),
        cell(
            icon_button(
                "trash",
                f"Remove the variant {row.label}",
                on_click=Editor.remove_variant(row.key),
                class_name="-my-1",
            )
        ),
        key=row.key,
        class_name="[&>td]:align-top [&>td:first-child]:pt-4 [&>td:nth-child(7)]:pt-4",
        data_testid="variant-row",
    )
