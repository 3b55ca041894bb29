"""What there is to know about a customer."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.components.order_table import order_table
from store_app.admin.states.customer import StaffCustomerState
from store_app.admin.view_models.customer import AddressCard
from store_app.components.controls import text_link
from store_app.components.feedback import badge
from store_app.components.navigation import pagination


def head() -> rx.Component:
    view = StaffCustomerState.customer
    return rx.el.div(
        rx.el.div(
            rx.el.h1(view.name, class_name="staff-title min-w-0", data_testid="customer-name"),
            rx.foreach(view.roles, lambda role: badge(role, key=role)),
            class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
        ),
        rx.cond(
            view.email,
            rx.el.p(
                rx.el.a(
                    view.email,
                    href=f"mailto:{view.email}",
                    class_name="link break-all",
                    data_testid="customer-email",
                ),
                rx.cond(
                    view.phone,
                    rx.el.a(view.phone, href=view.phone_href, class_name="link whitespace-nowrap"),
                ),
                class_name="mt-1 flex flex-wrap gap-x-5 gap-y-1",
            ),
        ),
        rx.el.p(
            f"Since {view.since}",
            rx.cond(
                view.deleted,
                rx.fragment(),
                rx.fragment(
                    " · ",
                    rx.el.span(f"last seen {view.seen} · ", class_name="inline-block whitespace-pre"),
                    rx.el.span(view.signed_in, class_name="inline-block"),
                ),
            ),
            class_name="mt-1 text-sm text-muted",
        ),
        class_name="mb-6",
    )


def figures() -> rx.Component:
    view = StaffCustomerState.customer
    return rx.el.dl(
        _figure("Orders", view.orders, "customer-orders"),
        _figure("Spent", view.spent, "customer-spent"),
        _figure("Average order", view.average, "customer-average"),
        _figure("Last order", view.last_order, "customer-last-order"),
        class_name="staff-figures border-t pt-4",
    )


def _figure(label: str, value: Any, test_id: str) -> rx.Component:
    return rx.el.div(
        rx.el.dt(label, class_name="text-sm text-muted"),
        rx.el.dd(value, class_name="staff-figure text-2xl", data_testid=test_id),
    )


def orders() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Orders", id="orders", class_name="staff-heading mb-3"),
        rx.cond(
            StaffCustomerState.orders.length() > 0,
            order_table("Orders of this customer", StaffCustomerState.orders, buyers=False),
            rx.el.p("No orders from this account yet.", class_name="border-t py-4 text-sm text-muted"),
        ),
        pagination(StaffCustomerState.pages),
        aria_labelledby="orders",
        class_name="min-w-0",
    )


def guest_orders() -> rx.Component:
    return rx.cond(
        StaffCustomerState.guest_orders.length() > 0,
        rx.el.section(
            rx.el.h2("Guest orders with this e-mail", id="guest-orders", class_name="staff-heading"),
            rx.el.p(
                "Placed without signing in. Anybody can type an e-mail address: make sure that they are "
                "this customer’s before you speak about them.",
                class_name="mb-3 max-w-[70ch] text-sm text-muted",
            ),
            order_table("Orders of guests", StaffCustomerState.guest_orders, buyers=False),
            rx.cond(
                StaffCustomerState.more_guest_orders,
                rx.el.p(
                    text_link("All orders with this e-mail", href=StaffCustomerState.more_guest_orders),
                    class_name="mt-3 text-sm",
                ),
            ),
            aria_labelledby="guest-orders",
            class_name="min-w-0",
            data_testid="guest-orders",
        ),
    )


def addresses() -> rx.Component:
    saved = StaffCustomerState.customer.addresses
    return rx.el.section(
        rx.el.h2("Addresses", id="addresses", class_name="staff-heading mb-2"),
        rx.cond(
            saved.length() > 0,
            rx.el.ul(rx.foreach(saved, _address), class_name="grid gap-4 text-sm"),
            rx.el.p("None yet.", class_name="text-sm text-muted"),
        ),
        aria_labelledby="addresses",
        class_name="border-t pt-4",
        data_testid="customer-addresses",
    )


def _address(card: rx.Var[AddressCard]) -> rx.Component:
    return rx.el.li(
        rx.cond(card.use, rx.el.p(card.use, class_name="text-muted")),
        rx.el.address(
            rx.foreach(card.lines, lambda line: rx.el.span(line, class_name="block")),
            class_name="not-italic [overflow-wrap:anywhere]",
        ),
        rx.cond(card.phone, rx.el.p(card.phone)),
    )
