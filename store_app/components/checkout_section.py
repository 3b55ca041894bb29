"""One section of the checkout: open with its fields, closed with what they hold, or still to come."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import button
from store_app.components.icons import icon
from store_app.states.checkout import CheckoutState


def checkout_section(
    index: int, title: str, body: rx.Component, recap: rx.Component, *, name: str, keep: bool = False
) -> rx.Component:
    """`keep` leaves the body in the page while another section is open, because it holds what only it knows."""
    is_open = CheckoutState.section == index
    is_done = (CheckoutState.reached > index) & ~is_open
    reached = CheckoutState.reached >= index
    content = (
        rx.cond(reached, rx.el.div(body, hidden=~is_open, class_name="checkout-body"))
        if keep
        else rx.cond(is_open, rx.el.div(body, class_name="checkout-body"))
    )
    return rx.el.section(
        rx.el.div(
            rx.el.h2(
                rx.el.span(
                    rx.cond(is_done, icon("check", class_name="size-4"), str(index + 1)),
                    class_name="checkout-number",
                    aria_hidden=True,
                ),
                title,
                rx.cond(is_done, rx.el.span(", complete", class_name="sr-only")),
                id=f"{name}-title",
                tab_index=-1,
            ),
            rx.cond(
                is_done,
                button(
                    "Edit",
                    rx.el.span(f" {title.lower()}", class_name="sr-only"),
                    variant="quiet",
                    class_name="button-small",
                    on_click=CheckoutState.edit(index),
                    data_testid=f"edit-{name}",
                ),
            ),
            class_name="checkout-head",
        ),
        content,
        rx.cond(is_done, rx.el.div(recap, class_name="checkout-recap")),
        aria_labelledby=f"{name}-title",
        class_name=rx.cond(is_open | is_done, "checkout-section", "checkout-section checkout-later"),
        data_testid=f"checkout-{name}",
    )
