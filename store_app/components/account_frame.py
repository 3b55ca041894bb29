"""What the pages of one's own account share: the ways between them, waiting, and the word to a guest."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.account_menu import sign_in_href
from store_app.components.controls import link_button
from store_app.components.feedback import empty_state, loading
from store_app.components.page import page
from store_app.states.session import SessionState

SECTIONS = (
    ("Profile", "/account"),
    ("Addresses", "/account/addresses"),
    ("Orders", "/orders"),
    ("Sessions", "/account/sessions"),
    ("Your data", "/account/data"),
)


def account_page(here: str, title: str, content: Any, *, loaded: Any, waiting: Any, why: str) -> rx.Component:
    """The page at the path `here`. `content` is shown once `loaded`, `waiting` are skeletons of its shape; `why` tells
    a guest what is to be seen here."""
    body = rx.el.div(
        _sections(here),
        rx.el.div(
            rx.el.h1(title),
            rx.cond(loaded, content, loading(*waiting, label="Loading your account")),
            class_name="account-main",
        ),
        class_name="account",
    )
    return page(
        rx.el.div(
            rx.cond(loaded & ~SessionState.signed_in, _please_sign_in(why), body),
            class_name="wrap",
        )
    )


def _sections(here: str) -> rx.Component:
    return rx.el.nav(
        rx.el.p(SessionState.name, class_name="account-person"),
        rx.el.ul(
            *(
                rx.el.li(
                    rx.el.a(label, href=href, aria_current="page" if href == here else "false"),
                )
                for label, href in SECTIONS
            )
        ),
        aria_label="My account",
        class_name="account-nav",
    )


def _please_sign_in(why: str) -> rx.Component:
    return empty_state(
        "Please sign in",
        why,
        link_button(
            "Sign in", href=sign_in_href(), variant="primary", reload=True, data_testid="account-sign-in"
        ),
        link_button("Create an account", href=sign_in_href("/auth/register"), reload=True),
        level=1,
        data_testid="account-sign-in-needed",
    )
