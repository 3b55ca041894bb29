"""One order."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.filters import history_link
from store_app.admin.components.order_actions import order_actions
from store_app.admin.components.order_facts import (
    customer_panel,
    delivery_panel,
    order_lines,
    payment_panel,
    timeline,
)
from store_app.admin.components.shell import staff_page
from store_app.admin.states.order import StaffOrderState
from store_app.components.controls import link_button
from store_app.components.feedback import badge, empty_state, loading, notice, skeleton
from store_app.components.navigation import breadcrumb
from store_app.components.route import route_param
from store_app.view_models.links import Link

LIST = "/admin/orders"


def order() -> rx.Component:
    return staff_page(
        "orders",
        rx.cond(
            (StaffOrderState.shown != "") & (StaffOrderState.shown == route_param("id")),
            rx.cond(StaffOrderState.missing, _missing(), _order()),
            loading(skeleton("h-8 w-48"), skeleton("mt-8 h-64"), skeleton("mt-8 h-40")),
        ),
    )


def _order() -> rx.Component:
    view = StaffOrderState.order
    return rx.el.div(
        breadcrumb([Link("Orders", LIST)], view.number),
        rx.el.div(
            rx.el.h1(view.number, class_name="staff-title", data_testid="order-number"),
            badge(view.label, view.tone, data_testid="order-status"),
            rx.el.p("Placed ", view.placed, class_name="text-sm text-muted"),
            history_link(view.id),
            class_name="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2",
        ),
        rx.cond(
            StaffOrderState.conflict,
            notice(
                rx.el.p("Somebody was quicker.", class_name="font-semibold"),
                rx.el.p(StaffOrderState.conflict, " What you see is how the order stands now."),
                tone="warning",
                role="alert",
                class_name="mb-6",
                data_testid="conflict",
            ),
        ),
        rx.el.div(
            rx.el.div(order_lines(), timeline(), class_name="min-w-0 xl:row-span-2"),
            order_actions(),
            rx.el.div(
                customer_panel(),
                delivery_panel(),
                payment_panel(),
                class_name="grid content-start gap-6 xl:col-start-2",
            ),
            class_name="grid items-start gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_20rem] xl:grid-rows-[auto_1fr]",
        ),
    )


def _missing() -> rx.Component:
    return empty_state(
        "There is no such order",
        "The link may be incomplete. Look for the number or the customer’s e-mail among all orders.",
        link_button("To all orders", href=LIST, variant="primary"),
        level=1,
    )
