"""The end of the checkout: the card, a last look, and the button."""

from __future__ import annotations

import reflex as rx

from store_app.components.checkout_card import card_fields, pay_form
from store_app.components.checkout_section import checkout_section
from store_app.components.checkout_summary import summary_lines, totals_list
from store_app.components.controls import button
from store_app.components.feedback import notice
from store_app.states.cart import CartState
from store_app.states.checkout import CheckoutState
from store_app.view_models.cart import CartLineView
from store_app.view_models.checkout import CHANGES, PAYMENT


def payment_section() -> rx.Component:
    return checkout_section(
        PAYMENT, "Payment", rx.fragment(card_fields(), _review()), rx.fragment(), name="payment", keep=True
    )


def changes_notice() -> rx.Component:
    """What has changed about the cart, and the one press that goes on with what can be had."""
    cart = CartState.cart
    return rx.cond(
        ~cart.purchasable | (CheckoutState.changed != ""),
        notice(
            rx.el.p(
                rx.cond(
                    CheckoutState.changed, CheckoutState.changed, "Your cart has changed since you filled it."
                ),
                " Nothing was charged.",
                class_name="font-medium",
            ),
            rx.el.ul(rx.foreach(cart.lines, _change), class_name="mt-1 grid gap-1"),
            rx.cond(
                ~cart.purchasable,
                button(
                    rx.cond(CheckoutState.totals.total, "Accept today’s prices", "Go on with what there is"),
                    on_click=CheckoutState.accept_changes,
                    class_name="button-small mt-3",
                    data_testid="accept-changes",
                ),
            ),
            tone="warning",
            role="alert",
            id=CHANGES,
            tab_index=-1,
            data_testid="cart-changes",
        ),
    )


def _change(line: rx.Var[CartLineView]) -> rx.Component:
    return rx.cond(line.problem, rx.el.li(rx.el.strong(line.title), ": ", line.problem_text, key=line.sku))


def _review() -> rx.Component:
    cart = CartState.cart
    return rx.el.div(
        rx.el.h3("A last look"),
        rx.el.div(summary_lines(), totals_list(CheckoutState.totals), class_name="lg:hidden"),
        changes_notice(),
        rx.cond(
            cart.purchasable,
            rx.fragment(
                rx.el.p(
                    "You pay ",
                    rx.el.strong(CheckoutState.totals.total, class_name="price"),
                    ". ",
                    "Until your parcel leaves us you can cancel for a full refund.",
                    class_name="text-sm text-muted",
                ),
                pay_form(
                    f"Pay {CheckoutState.totals.total}", CheckoutState.pay, total=CheckoutState.totals.total
                ),
            ),
        ),
        class_name="checkout-review",
        data_testid="checkout-review",
    )
