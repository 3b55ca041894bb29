"""My account: where one is signed in."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_frame import account_page
from store_app.components.controls import button
from store_app.components.counting import count_of
from store_app.components.elements import plain_form
from store_app.components.feedback import badge, skeleton
from store_app.states.account_sessions import SessionsState
from store_app.view_models.account import SessionCard

LOADS = (SessionsState.load,)


def account_sessions() -> rx.Component:
    return account_page(
        "/account/sessions",
        "Where you are signed in",
        _sessions(),
        loaded=SessionsState.loaded,
        waiting=(skeleton("mt-5 h-6 w-full max-w-md"), *(skeleton("mt-5 h-20 w-full") for _ in range(2))),
        why="The browsers you are signed in with are here once we know that it’s you.",
    )


def _sessions() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "Something here that you don’t know? Sign it out, then change your password at your sign-in service.",
            class_name="mt-3 max-w-[60ch] text-muted",
        ),
        rx.el.ul(
            rx.foreach(SessionsState.cards, _session), class_name="session-list", data_testid="sessions"
        ),
        rx.el.div(
            rx.cond(
                count_of(SessionsState.cards) > 1,
                button(
                    "Sign out everywhere else",
                    on_click=SessionsState.sign_out_elsewhere,
                    data_testid="sign-out-elsewhere",
                ),
            ),
            plain_form(
                button("Sign out everywhere", type="submit", data_testid="sign-out-everywhere"),
                action="/auth/logout-everywhere",
                method="post",
            ),
            class_name="mt-6 flex flex-wrap gap-3",
        ),
    )


def _session(card: rx.Var[SessionCard]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h2(card.device, class_name="font-sans text-base font-semibold tracking-normal"),
                rx.cond(card.here, badge("This browser", "accent")),
                class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
            ),
            rx.el.p(
                card.address,
                " · ",
                rx.cond(
                    card.here,
                    "active now",
                    rx.fragment(
                        "last active ",
                        rx.el.time(card.seen, date_time=card.seen_at, title=card.seen_exactly),
                    ),
                ),
                class_name="text-sm text-muted",
            ),
            rx.el.p("Signed in on ", card.since, class_name="text-sm text-muted"),
            class_name="min-w-0 flex-1",
        ),
        rx.cond(
            card.here,
            rx.fragment(),
            button(
                "Sign out",
                rx.el.span(f" of {card.device}, {card.address}", class_name="sr-only"),
                class_name="button-small",
                on_click=SessionsState.sign_out(card.id),
            ),
        ),
        key=card.id,
        class_name="session",
        data_testid="session",
    )
