"""All customers."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.filters import list_search, result_count, status_chips, toolbar
from store_app.admin.components.order_table import WIDE, row_link
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.customers import PATH, SEARCH, SORT, SORTS, StaffCustomersState
from store_app.admin.view_models.customers import CustomerRow
from store_app.components.controls import link_button
from store_app.components.feedback import badge, empty_state, loading, skeleton
from store_app.components.navigation import pagination
from store_app.components.table import Column, cell, table

ROOMY = "max-xl:hidden"
"""For columns that need a wide screen."""

COLUMNS = [
    Column("Customer"),
    Column("Since", class_name=ROOMY),
    Column("Last seen", class_name=WIDE),
    Column("Last order", class_name=ROOMY),
    Column("Orders", number=True),
    Column("Spent", number=True),
]


def customers() -> rx.Component:
    return staff_page(
        "customers",
        page_head("Customers"),
        toolbar(
            status_chips(StaffCustomersState.chips),
            list_search(SEARCH, "Name, e-mail, phone or order", _sort(), as_typed=True),
        ),
        rx.cond(
            StaffCustomersState.loaded,
            rx.cond(StaffCustomersState.rows.length() > 0, _list(), _nothing()),
            loading(*(skeleton("mt-2 h-14") for _ in range(8))),
        ),
    )


def _sort() -> rx.Component:
    return rx.el.select(
        *(rx.el.option(choice.label, value=choice.key) for choice in SORTS),
        id=SORT,
        name="sort",
        aria_label="Sort by",
        default_value=StaffCustomersState.sort,
        class_name="input input-small w-auto",
    )


def _list() -> rx.Component:
    return rx.fragment(
        result_count(StaffCustomersState.total, "customer", "customers"),
        table("Customers", COLUMNS, rx.foreach(StaffCustomersState.rows, _row), data_testid="customer-table"),
        pagination(StaffCustomersState.pages),
    )


def _row(customer: rx.Var[CustomerRow]) -> rx.Component:
    return rx.el.tr(
        cell(
            rx.el.div(
                rx.el.span(
                    row_link(customer.name, f"{PATH}/{customer.id}"),
                    rx.foreach(customer.roles, lambda role: badge(role, class_name="ml-2", key=role)),
                    class_name="block truncate",
                ),
                rx.el.span(customer.email, class_name="block truncate text-xs text-muted"),
                class_name="max-w-[11rem] sm:max-w-[20rem] xl:max-w-[26rem]",
            )
        ),
        cell(customer.joined, class_name=f"whitespace-nowrap text-muted {ROOMY}"),
        cell(customer.seen, class_name=f"whitespace-nowrap text-muted {WIDE}"),
        cell(customer.last_order, class_name=f"whitespace-nowrap text-muted {ROOMY}"),
        cell(customer.orders, number=True),
        cell(customer.spent, number=True, class_name="sm:whitespace-nowrap"),
        key=customer.id,
        data_testid="customer-row",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        StaffCustomersState.filtered,
        empty_state(
            "Nobody found",
            "Part of a name or e-mail address is enough; a phone or order number and a postcode will do as well. "
            "Who ordered without an account is found among the orders.",
            link_button("Look among orders", href=StaffCustomersState.orders_href, variant="primary"),
            link_button("Show all customers", href=PATH),
        ),
        rx.cond(
            StaffCustomersState.deleted,
            empty_state(
                "No deleted accounts",
                "Whoever deletes their account appears here, without a name.",
                link_button("Show all customers", href=PATH),
            ),
            empty_state("No customers yet", "The first one appears here as soon as somebody signs in."),
        ),
    )
