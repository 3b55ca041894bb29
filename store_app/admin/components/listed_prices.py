"""The prices of a list, each with fields for a price by hand."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.components.filters import list_search, result_count, status_chips, toolbar
from store_app.admin.components.order_table import WIDE
from store_app.admin.states.listed_prices import SEARCH
from store_app.admin.states.listed_prices import StaffListedPricesState as Prices
from store_app.admin.view_models.price_lists import PriceRow
from store_app.components.controls import button, icon_button
from store_app.components.feedback import empty_state
from store_app.components.icons import icon
from store_app.components.navigation import pagination
from store_app.components.table import Column, cell, table

COLUMNS = [
    Column("Product"),
    Column("Store price", number=True, class_name=WIDE),
    Column("Sold at", number=True),
    Column("Price by hand, and the price before"),
]


def listed_prices() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Prices", id="listed", class_name="staff-heading mb-3"),
        toolbar(
            status_chips(Prices.chips, "Which prices"),
            list_search(SEARCH, "Title, brand or SKU", text=Prices.text),
        ),
        rx.cond(
            Prices.rows.length() > 0,
            rx.fragment(
                rx.cond(
                    Prices.only_by_hand,
                    result_count(Prices.total, "price by hand", "prices by hand"),
                    result_count(Prices.total, "product", "products"),
                ),
                rx.el.div(
                    table(
                        "Products and what they cost",
                        COLUMNS,
                        rx.foreach(Prices.rows, _row),
                        data_testid="listed-prices",
                    ),
                    class_name="price-rows",
                ),
                pagination(Prices.pages),
            ),
            empty_state(
                rx.cond(Prices.only_by_hand, "No price by hand", "No such product"),
                rx.cond(
                    Prices.only_by_hand, "All prices are converted by the rate.", "Nothing fits this search."
                ),
            ),
        ),
        aria_labelledby="listed",
        class_name="mt-12",
    )


def _row(row: rx.Var[PriceRow]) -> rx.Component:
    wrong = Prices.error_sku == row.sku
    return rx.el.tr(
        cell(
            rx.cond(row.href, rx.el.a(row.title, href=row.href, class_name="row-name"), row.title),
            rx.el.span(row.options, " ", row.sku, class_name="block text-xs text-muted"),
        ),
        cell(row.home, number=True, class_name=f"text-muted {WIDE}"),
        cell(row.shown, number=True),
        cell(
            rx.el.form(
                rx.el.input(type="hidden", name="sku", value=row.sku, read_only=True),
                _amount(row, "price", "Price", row.price, wrong, "Price"),
                _amount(row, "before", "Price before", row.before, wrong, "Before"),
                button(
                    "Save",
                    type="submit",
                    variant="quiet",
                    class_name="button-small",
                    aria_label=f"Save the price of {row.sku}",
                ),
                rx.cond(
                    row.by_hand,
                    icon_button(
                        "close", f"Convert the price of {row.sku} again", on_click=Prices.convert(row.sku)
                    ),
                ),
                key=f"{row.sku}-{row.price}-{row.before}",
                on_submit=Prices.write,
                class_name="flex items-center gap-2",
            ),
            rx.cond(
                wrong,
                rx.el.p(
                    icon("alert", class_name="size-4"),
                    Prices.error,
                    id=f"wrong-{row.sku}",
                    role="alert",
                    class_name="field-error mt-1",
                ),
            ),
        ),
        key=row.sku,
        data_testid="listed-price",
    )


def _amount(
    row: rx.Var[PriceRow], name: str, label: str, value: Any, wrong: Any, placeholder: str
) -> rx.Component:
    return rx.el.input(
        name=name,
        id=f"{name}-{row.sku}",
        default_value=value,
        aria_label=f"{label} of {row.sku} by hand",
        placeholder=placeholder,
        aria_invalid=rx.cond(wrong, "true", "false"),
        aria_describedby=rx.cond(wrong, f"wrong-{row.sku}", ""),
        input_mode="decimal",
        auto_complete="off",
        max_length=20,
        class_name="input input-small min-w-0 flex-1 text-right tabular-nums sm:max-w-28",
    )
