"""All products."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.filters import list_search, result_count, status_chips, toolbar
from store_app.admin.components.order_table import WIDE, row_link
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.products import CATEGORY, PATH, SEARCH, StaffProductsState
from store_app.admin.view_models.products import ProductRow
from store_app.components.controls import link_button
from store_app.components.feedback import badge, empty_state, loading, skeleton
from store_app.components.icons import icon
from store_app.components.navigation import pagination
from store_app.components.product import picture
from store_app.components.table import Column, cell, table

COLUMNS = [
    Column("Product"),
    Column("Status", class_name=WIDE),
    Column("Category", class_name=WIDE),
    Column("Variants", number=True, class_name=WIDE),
    Column("In stock", number=True),
    Column("Price", number=True),
]


def products() -> rx.Component:
    return staff_page(
        "products",
        page_head(
            "Products",
            link_button(
                icon("plus"), "New product", href=f"{PATH}/new", variant="primary", data_testid="new-product"
            ),
        ),
        toolbar(
            status_chips(StaffProductsState.chips),
            list_search(SEARCH, "Title, brand or tag", _category(), text=StaffProductsState.text),
        ),
        rx.cond(
            StaffProductsState.loaded,
            rx.cond(StaffProductsState.rows.length() > 0, _list(), _nothing()),
            loading(*(skeleton("mt-2 h-14") for _ in range(8))),
        ),
    )


def _category() -> rx.Component:
    return rx.el.select(
        rx.el.option("All categories", value=""),
        rx.foreach(
            StaffProductsState.categories, lambda each: rx.el.option(each.label, value=each.key, key=each.key)
        ),
        id=CATEGORY,
        name="category",
        aria_label="Category",
        default_value=StaffProductsState.category,
        class_name="input input-small w-auto max-w-[14rem]",
    )


def _list() -> rx.Component:
    return rx.fragment(
        result_count(StaffProductsState.total, "product", "products"),
        table("Products", COLUMNS, rx.foreach(StaffProductsState.rows, _row), data_testid="product-table"),
        pagination(StaffProductsState.pages),
    )


def _row(product: rx.Var[ProductRow]) -> rx.Component:
    return rx.el.tr(
        cell(
            rx.el.div(
                rx.cond(
                    product.image_url,
                    picture(product.image_url, "", class_name="h-12 w-auto"),
                    rx.el.span(
                        icon("image"), class_name="grid h-12 w-10 place-items-center bg-sunken text-muted"
                    ),
                ),
                rx.el.div(
                    row_link(product.title, f"{PATH}/{product.slug}"),
                    rx.el.span(product.subtitle, class_name="block truncate text-xs text-muted"),
                    class_name="min-w-0",
                ),
                class_name="flex max-w-[26rem] items-center gap-3 sm:min-w-[13rem]",
            )
        ),
        cell(badge(product.label, product.tone), class_name=WIDE),
        cell(product.category, class_name=f"whitespace-nowrap text-muted {WIDE}"),
        cell(product.variants, number=True, class_name=WIDE),
        cell(
            rx.el.span(
                rx.cond(product.stock_note, badge(product.stock_note, product.stock_tone)),
                product.stock,
                class_name="inline-flex flex-wrap items-center justify-end gap-x-2",
            ),
            number=True,
        ),
        cell(product.price, number=True, class_name="sm:whitespace-nowrap"),
        key=product.slug,
        data_testid="product-row",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        StaffProductsState.filtered,
        empty_state(
            "No such product",
            "Nothing fits this status, category and search.",
            link_button("Show all products", href=PATH),
        ),
        empty_state(
            "No products yet",
            "Make the first one; it stays a draft until you say otherwise.",
            link_button("New product", href=f"{PATH}/new", variant="primary"),
        ),
    )
