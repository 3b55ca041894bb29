"""Sign in, or one's own pages and the way out. Signing in and out are full-page navigations."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import icon_button
from store_app.components.elements import hard_link, plain_form
from store_app.components.icons import icon
from store_app.states.session import SessionState

MENU = "account-menu"


def account_menu() -> rx.Component:
    return rx.fragment(
        icon_button("user", "Account", data_testid="account-button", custom_attrs={"popoverTarget": MENU}),
        rx.el.div(
            rx.cond(SessionState.signed_in, _signed_in(), _guest()),
            id=MENU,
            aria_label="Account",
            role="group",
            class_name="menu",
            custom_attrs={"popover": "auto"},
        ),
    )


def sign_in_href(path: str = "/auth/login") -> rx.Var[str]:
    """Where to sign in so that one comes back to the page one is on."""
    page = here()
    return rx.Var(
        f"(`{path}?return_to=${{encodeURIComponent({page!s} || '/')}}`)",
        _var_type=str,
        _var_data=page._get_all_var_data(),
    )


def here() -> rx.Var[str]:
    """The page one is on, with its query."""
    url = rx.State.router.url
    address: rx.Var[str] = rx.cond(url.query, f"{url.path}?{url.query}", url.path)
    return address


def _guest() -> rx.Component:
    return rx.fragment(
        hard_link(
            icon("user"), "Sign in", href=sign_in_href(), class_name="menu-item", data_testid="sign-in"
        ),
        hard_link(
            icon("edit"),
            "Create an account",
            href=sign_in_href("/auth/register"),
            class_name="menu-item",
            data_testid="register",
        ),
        rx.el.a(icon("box"), "Orders", href="/orders", class_name="menu-item"),
        _wish_list(),
    )


def _wish_list() -> rx.Component:
    return rx.el.a(icon("heart"), "Wish list", href="/wishlist", class_name="menu-item")


def _signed_in() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            rx.el.span(SessionState.name, class_name="block font-semibold truncate"),
            rx.el.span(SessionState.email, class_name="block text-sm text-muted truncate"),
            class_name="px-3 py-2",
            data_testid="account-name",
        ),
        rx.el.a(icon("user"), "My account", href="/account", class_name="menu-item"),
        rx.el.a(icon("box"), "My orders", href="/orders", class_name="menu-item"),
        _wish_list(),
        rx.cond(
            SessionState.is_staff,
            rx.el.a(icon("sliders"), "Staff pages", href="/admin", class_name="menu-item"),
        ),
        plain_form(
            rx.el.button(
                icon("sign-out"), "Sign out", type="submit", class_name="menu-item", data_testid="sign-out"
            ),
            action="/auth/logout",
            method="post",
        ),
    )
