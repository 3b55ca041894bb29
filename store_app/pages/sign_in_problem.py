"""When signing in did not work: what happened, and the way on. Shopping as a guest always is one."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import link_button
from store_app.components.page import page
from store_app.states.sign_in_problem import SignInProblemState


def sign_in_problem() -> rx.Component:
    return page(
        rx.el.div(
            rx.el.h1(SignInProblemState.title, class_name="text-(length:--text-display) tracking-tight"),
            rx.el.p(SignInProblemState.text, class_name="mt-4 text-lg text-muted max-w-[60ch]"),
            rx.el.div(
                link_button("Try again", href=SignInProblemState.again, variant="primary", reload=True),
                link_button("Go on as a guest", href=SignInProblemState.back),
                class_name="mt-8 flex flex-wrap gap-3",
            ),
            class_name="wrap py-10 md:py-20",
            data_testid="sign-in-problem",
        )
    )


LOADS = (SignInProblemState.load,)
