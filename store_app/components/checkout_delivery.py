"""How the parcel travels."""

from __future__ import annotations

import reflex as rx

from store_app.components.checkout_section import checkout_section
from store_app.components.controls import button, link_button
from store_app.components.feedback import notice
from store_app.states.checkout import CheckoutState
from store_app.view_models.checkout import ADDRESS, DELIVERY, DeliveryChoice


def delivery_section() -> rx.Component:
    return checkout_section(
        DELIVERY, "Delivery", _form(), rx.el.p(CheckoutState.recap.delivery), name="delivery"
    )


def _form() -> rx.Component:
    return rx.cond(CheckoutState.stuck, _nothing_offered(), _methods())


def _nothing_offered() -> rx.Component:
    """No way to deliver: what to change, and where."""
    return rx.el.div(
        notice(rx.el.p(CheckoutState.stuck), tone="warning", role="status", data_testid="no-delivery"),
        rx.el.div(
            button("Change the address", on_click=CheckoutState.edit(ADDRESS)),
            link_button("Back to cart", href="/cart"),
            class_name="flex flex-wrap gap-3",
        ),
        class_name="checkout-form",
    )


def _methods() -> rx.Component:
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend("Delivery method", class_name="sr-only"),
            rx.foreach(CheckoutState.methods, _choice),
            class_name="choices",
        ),
        button("Continue to payment", variant="primary", type="submit", data_testid="continue-to-payment"),
        on_submit=CheckoutState.submit_delivery,
        class_name="checkout-form",
    )


def _choice(choice: rx.Var[DeliveryChoice]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="shipping_method",
            value=choice.code,
            id=choice.code,
            default_checked=choice.code == CheckoutState.draft.shipping_method,
            on_change=CheckoutState.choose_method(choice.code),
            class_name="radio",
        ),
        rx.el.span(
            rx.el.span(choice.name, class_name="block font-medium"),
            rx.el.span(
                rx.el.span("Arrives ", choice.estimate, data_testid="delivery-days"),
                rx.cond(choice.free_from, f", free from {choice.free_from}", ""),
                class_name="block text-sm text-muted",
            ),
            class_name="min-w-0 flex-1",
        ),
        rx.el.span(choice.price, class_name="price font-medium"),
        key=choice.code,
        class_name="choice",
        data_testid="delivery-choice",
    )
