"""The farewell, after an account was deleted."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import link_button
from store_app.components.feedback import empty_state
from store_app.components.header import floret
from store_app.components.page import page
from store_app.states.session import SessionState


def account_deleted() -> rx.Component:
    return page(
        rx.el.div(
            rx.cond(SessionState.signed_in, _still_here(), _farewell()),
            class_name="wrap wrap-narrow",
        )
    )


def _farewell() -> rx.Component:
    return rx.el.div(
        floret("thanks-flower"),
        rx.el.h1("Goodbye, and thank you"),
        rx.el.p(
            "Your account is deleted, and you are signed out everywhere. "
            "Should you come back one day, you start with a fresh one.",
            class_name="mx-auto mt-4 max-w-[48ch] text-muted",
        ),
        rx.el.p(
            "The account at your sign-in service is still there. You can delete it there too.",
            class_name="mx-auto mt-3 max-w-[48ch] text-muted",
        ),
        rx.el.div(
            link_button("Have a last look around", href="/", variant="primary"),
            class_name="mt-8 flex justify-center",
        ),
        class_name="thanks-head",
        data_testid="farewell",
    )


def _still_here() -> rx.Component:
    return empty_state(
        "Your account is still here",
        "You are signed in, so nothing was deleted.",
        link_button("My account", href="/account", variant="primary"),
        level=1,
    )
