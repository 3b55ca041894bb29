"""One order."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import text_link
from store_app.components.feedback import badge, notice
from store_app.components.navigation import breadcrumb
from store_app.components.order_actions import cancel_dialog, complete_payment, order_buttons
from store_app.components.order_contents import order_facts, order_lines, order_totals
from store_app.components.order_frame import order_frame
from store_app.components.order_status import order_progress, order_timeline
from store_app.states.order import OrderState
from store_app.view_models.links import Link

LOADS = (OrderState.load,)


def order_title() -> rx.Var[str]:
    number = OrderState.order.number
    return rx.cond(number, f"Order {number} – Larkspur", "Order – Larkspur")


def order() -> rx.Component:
    shown = OrderState.order
    return order_frame(
        rx.fragment(
            breadcrumb([Link("Orders", "/orders")], shown.number),
            rx.el.header(
                rx.el.div(
                    rx.el.h1(f"Order {shown.number}", data_testid="order-number"),
                    badge(shown.label, shown.tone, data_testid="order-status"),
                    class_name="flex flex-wrap items-center gap-x-4 gap-y-2",
                ),
                rx.el.p("Placed on ", shown.placed, class_name="mt-2 text-muted"),
                class_name="mt-4",
            ),
            rx.el.div(
                rx.el.div(
                    rx.match(
                        shown.status,
                        ("pending_payment", complete_payment()),
                        ("processing", _processing()),
                        ("cancelled", _cancelled()),
                        order_progress(),
                    ),
                    rx.el.div(order_lines(), order_totals(), class_name="grid gap-4"),
                    order_buttons(),
                    class_name="grid gap-8 content-start min-w-0",
                ),
                rx.el.div(
                    order_facts(),
                    order_timeline(),
                    class_name="grid gap-8 content-start min-w-0",
                ),
                class_name="order-columns mt-8",
            ),
            cancel_dialog(),
        )
    )


def _processing() -> rx.Component:
    return notice(
        rx.el.p("Your bank is confirming the payment. This usually takes a few seconds."), role="status"
    )


def _cancelled() -> rx.Component:
    shown = OrderState.order
    return notice(
        rx.cond(
            shown.refund,
            rx.el.p(f"This order was cancelled. {shown.refund} to the card you paid with."),
            rx.el.p(
                "This order was cancelled and nothing was charged. ", text_link("Go on looking", href="/")
            ),
        ),
        data_testid="order-cancelled",
    )
