"""The card fields of the payment gateway and the button that pays, for the checkout and for an unpaid order."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.media import Iframe

from store_app.components.controls import button
from store_app.components.feedback import notice
from store_app.states.payment import PROBLEM, PaymentState

TEST_CARDS = (
    ("4242 4242 4242 4242", "is accepted"),
    ("4000 0000 0000 0002", "is declined"),
    ("4000 0000 0000 9995", "has not enough funds"),
    ("4000 0000 0000 3220", "asks the bank first (3-D Secure)"),
)


def card_fields() -> rx.Component:
    """The gateway's frame with the message of the last try above it."""
    return rx.el.div(
        rx.cond(
            PaymentState.problem,
            notice(
                rx.el.p(PaymentState.problem),
                tone="error",
                role="alert",
                id=PROBLEM,
                tab_index=-1,
                data_testid="payment-problem",
            ),
        ),
        rx.el.div(
            rx.el.div(
                rx.el.div(class_name="skeleton h-11"),
                rx.el.div(rx.el.div(class_name="skeleton h-11"), rx.el.div(class_name="skeleton h-11")),
                aria_hidden=True,
                class_name="card-waiting",
            ),
            rx.el.div(
                rx.el.p("The card form does not load just now. Your cart and your address are kept."),
                button(
                    "Try again", on_click=rx.run_script("larkspurCard.reload()"), class_name="button-small"
                ),
                class_name="card-failed",
            ),
            Iframe.create(
                src=PaymentState.card_url,
                custom_attrs={"title": "Card details", "data-card-element": "", "allow": "payment"},
                class_name="card-frame",
            ),
            on_mount=rx.run_script("window.larkspurCard?.attach()"),
            class_name="card-fields",
            custom_attrs={"data-state": "loading"},
            data_testid="card-fields",
        ),
        rx.el.script(src="/card-element.js", custom_attrs={"async": True}),
        rx.cond(PaymentState.test_mode, _test_cards()),
        class_name="grid gap-4",
    )


def pay_form(label: Any, on_submit: Any, total: Any = None) -> rx.Component:
    """The button; `on_submit` gets a form whose `payment_method` is the gateway's token for the card, and whose
    `shown_total` is the total that stood there when it was pressed, should it be one that may move."""
    return rx.el.form(
        rx.el.input(type="hidden", name="payment_method"),
        rx.el.input(type="hidden", name="shown_total") if total is not None else rx.fragment(),
        button(
            rx.cond(PaymentState.busy, "Paying…", label),
            variant="primary",
            type="submit",
            busy=PaymentState.busy,
            id="pay",
            class_name="button-wide",
            data_testid="place-order",
        ),
        rx.el.p(
            rx.cond(PaymentState.busy, "Payment in progress. Please leave this page open.", ""),
            role="status",
            class_name="sr-only",
        ),
        on_submit=on_submit,
        custom_attrs={"data-card-form": "", "data-total": "" if total is None else total},
    )


def _test_cards() -> rx.Component:
    def card(number: str, outcome: str) -> rx.Component:
        return rx.el.li(rx.el.code(number, class_name="tabular-nums"), f" {outcome}")

    return rx.el.details(
        rx.el.summary("Test cards", class_name="link"),
        rx.el.ul(*(card(number, outcome) for number, outcome in TEST_CARDS), class_name="mt-2 grid gap-1"),
        rx.el.p("Any date to come, any security code.", class_name="mt-2"),
        class_name="text-sm text-muted",
        data_testid="test-cards",
    )
