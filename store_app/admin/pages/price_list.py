"""One currency: rate, rounding, what they do, and the prices by hand."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.filters import history_link
from store_app.admin.components.listed_prices import listed_prices
from store_app.admin.components.order_table import WIDE
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.price_list import StaffPriceListState as PriceList
from store_app.admin.view_models.price_lists import PreviewRow
from store_app.components.controls import button, link_button
from store_app.components.feedback import empty_state, loading, notice, skeleton
from store_app.components.fields import checkbox_field, field
from store_app.components.navigation import breadcrumb
from store_app.components.table import Column, cell, table
from store_app.view_models.links import Link

PREVIEW = [
    Column("Product"),
    Column("Store price", number=True, class_name=WIDE),
    Column("Now", number=True),
    Column("Then", number=True),
]

_COLUMNS = "grid items-start gap-x-12 gap-y-8 xl:grid-cols-[22rem_minmax(0,1fr)]"


def price_list() -> rx.Component:
    return staff_page(
        "price-lists",
        rx.cond(
            PriceList.missing,
            empty_state(
                "No such price list",
                "There is none for this currency.",
                link_button("All price lists", href="/admin/price-lists"),
                level=1,
            ),
            rx.cond(
                PriceList.code,
                rx.fragment(
                    breadcrumb([Link("Price lists", "/admin/price-lists")], PriceList.code),
                    page_head(PriceList.name, history_link(PriceList.code)),
                    _content(),
                ),
                loading(
                    skeleton("h-6 w-32"),
                    skeleton("mt-2 h-8 w-48"),
                    rx.el.div(skeleton("h-80"), skeleton("h-80"), class_name=f"mt-8 {_COLUMNS}"),
                    skeleton("mt-12 h-96"),
                ),
            ),
        ),
    )


def _content() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            _form(),
            _preview(),
            class_name=_COLUMNS,
        ),
        listed_prices(),
    )


def _form() -> rx.Component:
    form, errors = PriceList.form, PriceList.errors
    typed = {"input_mode": "decimal", "auto_complete": "off", "max_length": 20}
    return rx.el.form(
        rx.cond(errors["form"], notice(errors["form"], tone="error", role="alert")),
        field(
            f"{PriceList.code} for 1 {PriceList.home}",
            "rate",
            error=errors["rate"],
            default_value=form.rate,
            on_change=PriceList.preview("rate").debounce(250),
            **typed,
        ),
        rx.el.div(
            field(
                "Round to multiples of",
                "step",
                error=errors["step"],
                default_value=form.step,
                on_change=PriceList.preview("step").debounce(250),
                **typed,
            ),
            field(
                "Ending in",
                "ending",
                error=errors["ending"],
                default_value=form.ending,
                on_change=PriceList.preview("ending").debounce(250),
                **typed,
            ),
            class_name="grid grid-cols-2 items-start gap-4",
        ),
        checkbox_field(
            "Offer it to shoppers",
            "enabled",
            hint="Otherwise carts in it go back to the store’s own currency.",
            default_checked=form.enabled,
        ),
        button(
            "Save",
            type="submit",
            variant="primary",
            class_name="justify-self-start",
            data_testid="save-price-list",
        ),
        key=f"{PriceList.code}-{PriceList.opened}",
        on_submit=PriceList.save,
        class_name="grid gap-4",
        data_testid="price-list-form",
    )


def _preview() -> rx.Component:
    return rx.el.section(
        rx.el.h2("What it does", id="preview", class_name="staff-heading"),
        rx.el.p(
            "Open carts follow, and are asked before they pay more. Orders stay as they are.",
            class_name="mb-3 text-sm text-muted",
        ),
        rx.cond(
            PriceList.preview_rows.length() > 0,
            table(
                "Prices now and by what is typed",
                PREVIEW,
                rx.foreach(PriceList.preview_rows, _preview_row),
                data_testid="price-preview",
            ),
            rx.el.p("There is no product on sale yet.", class_name="border-t py-4 text-sm text-muted"),
        ),
        aria_labelledby="preview",
        class_name="min-w-0",
    )


def _preview_row(row: rx.Var[PreviewRow]) -> rx.Component:
    return rx.el.tr(
        cell(row.title, class_name="max-w-[18rem]"),
        cell(row.home, number=True, class_name=f"text-muted {WIDE}"),
        cell(rx.cond(row.now, row.now, "–"), number=True),
        cell(
            rx.cond(row.changed, rx.el.strong(row.then), row.then),
            number=True,
        ),
        key=row.sku,
    )
