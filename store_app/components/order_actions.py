"""What a buyer can do about an order: pay it, cancel it, buy it again."""

from __future__ import annotations

import reflex as rx

from store_app.components.checkout_card import card_fields, pay_form
from store_app.components.controls import button
from store_app.components.overlays import close_dialog, dialog, open_dialog
from store_app.components.presses import press_form
from store_app.states.order import OrderState

CANCEL_DIALOG = "cancel-order"


def complete_payment() -> rx.Component:
    """For an order that was placed and not paid: after a closed tab, a declined card, a bank that said no."""
    return rx.el.section(
        rx.el.h2("Complete the payment"),
        rx.el.p(
            "Your order is placed but not paid yet. We keep its articles aside for half an hour.",
            class_name="mt-2 mb-5 text-muted",
        ),
        card_fields(),
        rx.el.div(pay_form(f"Pay {OrderState.order.totals.total}", OrderState.pay), class_name="mt-5"),
        class_name="order-payment",
        data_testid="complete-payment",
    )


def order_buttons() -> rx.Component:
    order = OrderState.order
    return rx.el.div(
        rx.cond(
            (order.status == "pending_payment") | (order.status == "processing"),
            rx.fragment(),
            press_form(
                button("Buy again", type="submit", data_testid="buy-again"), on_submit=OrderState.buy_again
            ),
        ),
        rx.cond(
            order.can_cancel,
            button(
                "Cancel order",
                variant="quiet",
                class_name="first:-ml-3",
                on_click=open_dialog(CANCEL_DIALOG),
                data_testid="cancel-order",
            ),
        ),
        class_name="flex flex-wrap gap-3",
    )


def cancel_dialog() -> rx.Component:
    return dialog(
        CANCEL_DIALOG,
        f"Cancel order {OrderState.order.number}?",
        rx.el.p(OrderState.order.cancel_explanation),
        foot=rx.el.div(
            button("Keep it", on_click=close_dialog(CANCEL_DIALOG)),
            button(
                "Cancel the order",
                variant="danger",
                on_click=[close_dialog(CANCEL_DIALOG), OrderState.cancel],
                data_testid="confirm-cancel",
            ),
            class_name="flex flex-wrap justify-end gap-3",
        ),
        data_testid="cancel-dialog",
    )
