"""What can be done with an order: ship, deliver, cancel."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.dialogs import DialogWhile
from store_app.admin.states.guard import StaffState
from store_app.admin.states.order import StaffOrderState
from store_app.components.controls import button
from store_app.components.fields import field
from store_app.components.icons import icon
from store_app.components.overlays import close_dialog, dialog

CANCEL = "cancel-order"


def order_actions() -> rx.Component:
    order = StaffOrderState.order
    return rx.fragment(
        rx.cond(
            StaffState.manages_orders & (order.can_ship | order.can_deliver | order.can_cancel), _actions()
        ),
        _cancel_dialog(),
    )


def _actions() -> rx.Component:
    order = StaffOrderState.order
    return rx.el.section(
        rx.el.h2("Next step", class_name="staff-heading"),
        rx.cond(order.can_ship, _ship()),
        rx.cond(
            order.can_deliver,
            rx.el.div(
                rx.el.p("The parcel is with the carrier.", class_name="text-sm text-muted"),
                button(
                    icon("check"),
                    "Mark as delivered",
                    variant="primary",
                    on_click=StaffOrderState.deliver.throttle(1000),
                    data_testid="mark-delivered",
                ),
                class_name="grid gap-3 justify-items-start",
            ),
        ),
        rx.cond(
            order.can_cancel,
            button(
                "Cancel the order …",
                variant="quiet",
                class_name="-ml-3 button-small justify-self-start text-brick",
                on_click=StaffOrderState.ask_cancel,
                data_testid="cancel-order",
            ),
        ),
        class_name="staff-panel grid gap-4 max-xl:order-first",
    )


def _ship() -> rx.Component:
    return rx.el.form(
        field(
            "Tracking number",
            "tracking",
            hint="Optional. It goes into the customer’s e-mail.",
            error=StaffOrderState.tracking_error,
            auto_complete="off",
            max_length=120,
        ),
        button(
            icon("truck"), "Mark as shipped", type="submit", variant="primary", data_testid="mark-shipped"
        ),
        on_submit=StaffOrderState.ship.throttle(1000),
        class_name="grid gap-3 justify-items-start [&>.field]:w-full",
    )


def _cancel_dialog() -> rx.Component:
    order = StaffOrderState.order
    return rx.fragment(
        dialog(
            CANCEL,
            f"Cancel {order.number}?",
            rx.el.p(
                rx.cond(
                    order.paid,
                    f"{order.total} goes back to the card it was paid with, and the goods go back into stock. ",
                    "Nothing was charged. The goods that are held for it can be sold again. ",
                ),
                "This can’t be undone.",
                class_name="mb-5 text-[0.9375rem]",
            ),
            rx.el.form(
                field(
                    "Reason",
                    "reason",
                    hint="It appears in the order’s timeline.",
                    error=StaffOrderState.reason_error,
                    auto_complete="off",
                    max_length=200,
                ),
                id="cancel-form",
                on_submit=StaffOrderState.cancel.throttle(1000),
            ),
            foot=rx.el.div(
                button("Keep the order", on_click=close_dialog(CANCEL)),
                button(
                    rx.cond(order.paid, f"Cancel and refund {order.to_refund}", "Cancel the order"),
                    type="submit",
                    form="cancel-form",
                    variant="danger",
                    data_testid="confirm-cancel",
                ),
                class_name="flex flex-wrap justify-end gap-3",
            ),
            on_close=StaffOrderState.stop_asking,
        ),
        DialogWhile.create(dialog_id=CANCEL, is_open=StaffOrderState.cancelling),
    )
