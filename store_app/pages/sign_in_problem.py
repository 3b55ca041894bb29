"""When signing in or out did not work: what happened, and the way on. Shopping as a guest always is one."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import Variant, button, link_button
from store_app.components.elements import plain_form
from store_app.components.feedback import loading, skeleton
from store_app.components.page import page
from store_app.states.sign_in_problem import SignInProblemState


def sign_in_problem() -> rx.Component:
    shown = SignInProblemState.problem
    return page(rx.cond(shown.title, _problem(), _skeleton()))


def sign_in_problem_title() -> rx.Var[str]:
    shown = SignInProblemState.problem
    return rx.cond(shown.title, f"{shown.title} – Larkspur", "Signing in – Larkspur")


def _problem() -> rx.Component:
    shown = SignInProblemState.problem
    return rx.el.div(
        rx.el.h1(shown.title, class_name="text-(length:--text-display) tracking-tight"),
        rx.el.p(shown.text, class_name="mt-4 text-lg text-muted max-w-[60ch]"),
        rx.el.div(
            rx.match(
                shown.way_on,
                ("later", rx.fragment(_go_on("Go on shopping", "primary"), _again("Try again", "secondary"))),
                (
                    "signed_out",
                    rx.fragment(_go_on("To the front page", "primary"), _again("Sign in", "secondary")),
                ),
                ("signed_in", rx.fragment(_sign_out(), _go_on("Stay signed in", "secondary"))),
                rx.fragment(_again("Try again", "primary"), _go_on("Go on as a guest", "secondary")),
            ),
            class_name="mt-8 flex flex-wrap gap-3",
        ),
        class_name="wrap py-10 md:py-20",
        data_testid="sign-in-problem",
    )


def _again(label: str, variant: Variant) -> rx.Component:
    return link_button(label, href=SignInProblemState.again, variant=variant, reload=True)


def _go_on(label: str, variant: Variant) -> rx.Component:
    return link_button(label, href=SignInProblemState.back, variant=variant)


def _sign_out() -> rx.Component:
    return plain_form(
        button("Sign out", type="submit", variant="primary"), action="/auth/logout", method="post"
    )


def _skeleton() -> rx.Component:
    return loading(
        skeleton("h-12 w-3/4 max-w-xl"),
        skeleton("mt-6 h-6 max-w-[60ch]"),
        skeleton("mt-10 h-12 w-64"),
        class_name="wrap py-10 md:py-20",
    )


LOADS = (SignInProblemState.load,)
