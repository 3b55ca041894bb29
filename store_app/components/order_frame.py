"""What the pages of one order share: waiting for it, and its absence."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_menu import sign_in_href
from store_app.components.controls import link_button
from store_app.components.feedback import empty_state, loading, skeleton
from store_app.components.page import page
from store_app.components.route import route_param
from store_app.states.order import OrderState
from store_app.states.session import SessionState


def order_frame(shown: rx.Component) -> rx.Component:
    """`shown` once the order of this very address is there. Before the page has its state, neither is known."""
    is_shown = (OrderState.shown_for != "") & (OrderState.shown_for == route_param("order_id"))
    return page(
        rx.el.div(
            rx.cond(
                is_shown,
                rx.cond(OrderState.order.id, shown, _missing()),
                _waiting(),
            ),
            class_name="wrap",
        )
    )


def _missing() -> rx.Component:
    return empty_state(
        "We can’t find this order",
        rx.cond(
            SessionState.signed_in,
            "The address may be incomplete, or the order belongs to another account.",
            "The address may be incomplete, or the order belongs to an account: sign in to see it.",
        ),
        rx.cond(
            SessionState.signed_in,
            link_button("Your orders", href="/orders", variant="primary"),
            rx.fragment(
                link_button("Sign in", href=sign_in_href(), variant="primary", reload=True),
                link_button("Your orders", href="/orders"),
            ),
        ),
        level=1,
        data_testid="order-missing",
    )


def _waiting() -> rx.Component:
    return loading(
        skeleton("h-10 w-64"),
        skeleton("h-5 w-40 mt-4"),
        rx.el.div(
            rx.el.div(
                skeleton("h-16 w-full"), *(skeleton("h-24 w-full") for _ in range(3)), class_name="grid gap-5"
            ),
            rx.el.div(skeleton("h-64 w-full")),
            class_name="order-columns mt-10",
        ),
        label="Loading the order",
    )
