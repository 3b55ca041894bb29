"""The tree of categories."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.category_dialogs import category_dialogs
from store_app.admin.components.order_table import WIDE, unseen
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.categories import StaffCategoriesState as Categories
from store_app.admin.view_models.categories import CategoryRow
from store_app.components.controls import button, icon_button
from store_app.components.feedback import empty_state, loading, skeleton
from store_app.components.icons import icon
from store_app.components.table import Column, cell, table

COLUMNS = [
    Column("Category"),
    Column("Address", class_name=WIDE),
    Column("Active products", number=True, class_name=WIDE),
    Column(unseen("Change")),
]


def categories() -> rx.Component:
    return staff_page(
        "categories",
        page_head(
            "Categories",
            button(
                icon("plus"),
                "New category",
                variant="primary",
                on_click=Categories.add(""),
                data_testid="new-category",
            ),
            note="Two levels. Shoppers see them in this order.",
        ),
        rx.cond(
            Categories.loaded,
            rx.cond(
                Categories.rows.length() > 0,
                table("Categories", COLUMNS, rx.foreach(Categories.rows, _row), data_testid="category-table"),
                empty_state("No categories yet", "Products need one to stand in."),
            ),
            loading(*(skeleton("mt-2 h-12") for _ in range(8))),
        ),
        category_dialogs(),
    )


def _row(row: rx.Var[CategoryRow]) -> rx.Component:
    return rx.el.tr(
        cell(
            rx.el.a(
                row.name,
                href=f"/admin/products?category={row.slug}",
                class_name=rx.cond(
                    row.parent,
                    "row-name block pl-4 sm:pl-8",
                    "row-name block font-semibold",
                ),
            )
        ),
        cell(row.slug, class_name=f"text-muted {WIDE}"),
        cell(row.products, number=True, class_name=WIDE),
        cell(
            rx.el.div(
                rx.cond(
                    row.parent == "",
                    icon_button(
                        "plus",
                        f"New category below {row.name}",
                        on_click=Categories.add(row.slug),
                        data_testid="add-below",
                    ),
                ),
                icon_button(
                    "arrow-up",
                    f"Move {row.name} up",
                    disabled=row.first,
                    on_click=Categories.move(row.slug, -1),
                ),
                icon_button(
                    "arrow-down",
                    f"Move {row.name} down",
                    disabled=row.last,
                    on_click=Categories.move(row.slug, 1),
                ),
                icon_button("edit", f"Change {row.name}", on_click=Categories.edit(row.slug)),
                icon_button("trash", f"Delete {row.name}", on_click=Categories.ask_delete(row.slug)),
                class_name="-my-2 flex justify-end",
            )
        ),
        key=row.slug,
        data_testid="category-row",
    )
