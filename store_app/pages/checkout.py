"""The checkout, and the way back from the bank's page."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_menu import sign_in_href
from store_app.components.checkout_address import address_section
from store_app.components.checkout_contact import contact_section
from store_app.components.checkout_delivery import delivery_section
from store_app.components.checkout_hold import hold_line, leaving_the_checkout
from store_app.components.checkout_payment import changes_notice, payment_section
from store_app.components.checkout_summary import summary_aside, summary_fold
from store_app.components.controls import link_button, text_link
from store_app.components.feedback import empty_state, loading, skeleton
from store_app.components.page import focused_page
from store_app.states.cart import CartState
from store_app.states.checkout import CheckoutState
from store_app.states.checkout_addresses import SavedAddressState
from store_app.states.checkout_hold import HoldState
from store_app.states.checkout_live import LiveCheckoutState
from store_app.states.payment import PaymentState
from store_app.states.session import SessionState
from store_app.view_models.checkout import PAYMENT

LOADS = (
    HoldState.begin,
    CheckoutState.load,
    SavedAddressState.load_addresses,
    LiveCheckoutState.follow,
)
RETURN_LOADS = (PaymentState.come_back,)


def checkout() -> rx.Component:
    return focused_page(
        rx.el.div(
            rx.cond(
                CheckoutState.ready, rx.cond(CartState.cart.count > 0, _flow(), _without_cart()), _waiting()
            ),
            leaving_the_checkout(),
            class_name="wrap",
        ),
        header=(text_link("Back to cart", href="/cart", class_name="text-sm mr-2"),),
    )


def checkout_return() -> rx.Component:
    """Shown for the moment it takes to ask the gateway how it ended."""
    return focused_page(
        _moment(
            "Checking your payment",
            "One moment: we ask your bank how it went.",
            class_name="wrap wrap-narrow",
        )
    )


def _without_cart() -> rx.Component:
    """What is paid has left the cart: whoever has just paid is told so, by the page that comes now."""
    return rx.cond(PaymentState.busy, _moment("One moment", "Your order comes up."), _nothing())


def _moment(title: str, words: str, class_name: str = "") -> rx.Component:
    return rx.el.div(
        rx.el.h1(title),
        rx.el.p(
            rx.el.span(class_name="spinner shrink-0", aria_hidden=True),
            words,
            role="status",
            class_name="mt-4 flex items-center justify-center gap-3 text-muted",
        ),
        class_name=f"{class_name} py-16 text-center".strip(),
    )


def _flow() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h1("Checkout"),
            hold_line(),
            summary_fold(),
            rx.cond(CheckoutState.section < PAYMENT, changes_notice()),
            contact_section(),
            address_section(),
            delivery_section(),
            payment_section(),
            class_name="checkout-main",
            data_testid="checkout-form",
        ),
        summary_aside(),
        class_name="checkout",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        SessionState.ended,
        empty_state(
            "Your session has ended",
            "You were away for a while. Sign in again, and your cart and your address are back.",
            link_button("Sign in", href=sign_in_href(), variant="primary", reload=True),
            level=1,
            data_testid="session-ended",
        ),
        empty_state(
            "There is nothing to pay",
            "Your cart is empty. What you ordered before is among your orders.",
            link_button("Find something good", href="/", variant="primary"),
            link_button("Your orders", href="/orders"),
            rx.cond(~SessionState.signed_in, link_button("Sign in", href=sign_in_href(), reload=True)),
            level=1,
            data_testid="checkout-empty",
        ),
    )


def _waiting() -> rx.Component:
    return loading(
        rx.el.div(
            rx.el.div(
                skeleton("h-10 w-52"),
                skeleton("h-14 w-full mt-8"),
                skeleton("h-11 w-44"),
                *(skeleton("h-8 w-60 mt-6") for _ in range(3)),
                class_name="checkout-main grid gap-4",
            ),
            rx.el.div(
                skeleton("h-7 w-32"),
                *(skeleton("h-20 w-full") for _ in range(2)),
                class_name="checkout-aside",
            ),
            class_name="checkout",
        ),
        label="Loading the checkout",
    )
