"""The confirmation of an order."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_menu import sign_in_href
from store_app.components.controls import link_button
from store_app.components.header import floret
from store_app.components.icons import icon
from store_app.components.order_contents import order_facts, order_lines, order_totals
from store_app.components.order_frame import order_frame
from store_app.states.order import THANKS_TITLE, OrderState
from store_app.states.session import SessionState


def thanks() -> rx.Component:
    """The confirmation; it tells the truth also when the payment is not through."""
    return order_frame(
        rx.match(
            OrderState.order.status,
            ("pending_payment", _unpaid()),
            ("processing", _confirming()),
            ("cancelled", _closed()),
            _thanks(),
        )
    )


def _thanks() -> rx.Component:
    shown = OrderState.order
    return rx.el.div(
        rx.el.div(
            floret("thanks-flower"),
            _title("Thank you. Your order is in."),
            rx.el.p(
                "Order ",
                rx.el.strong(shown.number, data_testid="order-number"),
                ". We have sent the confirmation to ",
                rx.el.span(shown.email, class_name="font-medium break-words"),
                ".",
                class_name="mt-4 text-muted",
            ),
            rx.el.div(
                link_button("Follow this order", href=f"/order/{shown.id}", variant="primary"),
                link_button("Go on looking", href="/"),
                class_name="mt-8 flex flex-wrap justify-center gap-3",
            ),
            class_name="thanks-head",
        ),
        rx.el.section(
            rx.el.h2("What happens next", class_name="text-xl"),
            rx.el.ol(
                _next("box", "We pack it", "Within one working day, in paper and card."),
                _next(
                    "truck",
                    "It travels",
                    f"{shown.delivery}, expected {shown.estimate}. We write when it leaves.",
                ),
                _next("leaf", "You unpack it", "Not what you hoped for? Thirty days to send it back."),
                class_name="next-steps",
            ),
        ),
        rx.el.section(
            rx.el.h2("Your order", class_name="text-xl"),
            rx.el.div(
                rx.el.div(order_lines(), order_totals(), class_name="grid gap-4 min-w-0"),
                order_facts(),
                class_name="order-columns mt-4",
            ),
        ),
        rx.cond(shown.guest & ~SessionState.signed_in, _account_hint()),
        class_name="thanks",
        data_testid="order-confirmation",
    )


def _account_hint() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Keep this page’s address", class_name="text-xl"),
        rx.el.p(
            "You ordered as a guest: this address opens your order on any device. "
            "With an account your next orders are all in one place, and your address is filled in for you.",
            class_name="mt-2 max-w-[60ch] text-muted",
        ),
        rx.el.div(
            link_button("Create an account", href=sign_in_href("/auth/register"), reload=True),
            class_name="mt-5",
        ),
        class_name="account-hint",
        data_testid="account-hint",
    )


def _confirming() -> rx.Component:
    return rx.el.div(
        _title("Your bank is confirming the payment"),
        rx.el.p(
            rx.el.span(class_name="spinner shrink-0", aria_hidden=True),
            "This usually takes a few seconds. You can close this page: we write to you as soon as it is through.",
            role="status",
            class_name="mx-auto mt-5 flex max-w-[52ch] items-center justify-center gap-4 text-muted",
        ),
        class_name="thanks-head",
        data_testid="order-processing",
    )


def _unpaid() -> rx.Component:
    return rx.el.div(
        _title(f"Order {OrderState.order.number} is not paid yet"),
        rx.el.p("It is placed, and nothing was charged.", class_name="mt-4 text-muted"),
        rx.el.div(
            link_button("Complete the payment", href=f"/order/{OrderState.order.id}", variant="primary"),
            class_name="mt-8 flex justify-center",
        ),
        class_name="thanks-head",
        data_testid="order-unpaid",
    )


def _closed() -> rx.Component:
    return rx.el.div(
        _title(f"Order {OrderState.order.number} was cancelled"),
        rx.el.p("What was paid goes back to your card.", class_name="mt-4 text-muted"),
        rx.el.div(
            link_button("See the order", href=f"/order/{OrderState.order.id}"),
            class_name="mt-8 flex justify-center",
        ),
        class_name="thanks-head",
    )


def _title(text: str | rx.Var[str]) -> rx.Component:
    return rx.el.h1(text, id=THANKS_TITLE, tab_index=-1)


def _next(name: str, title: str, text: str | rx.Var[str]) -> rx.Component:
    return rx.el.li(
        icon(name, class_name="size-6 text-accent"),
        rx.el.h3(title, class_name="text-lg"),
        rx.el.p(text, class_name="text-sm text-muted"),
    )
