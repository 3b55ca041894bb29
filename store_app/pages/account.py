"""My account: the profile."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_frame import account_page
from store_app.components.controls import button, text_link
from store_app.components.feedback import skeleton
from store_app.components.fields import field
from store_app.states.account import AccountState

LOADS = (AccountState.load,)


def account() -> rx.Component:
    return account_page(
        "/account",
        "Profile",
        rx.fragment(_form(), _facts()),
        loaded=AccountState.loaded,
        waiting=(
            skeleton("mt-7 h-16 w-full max-w-[34rem]"),
            skeleton("mt-4 h-16 w-full max-w-[34rem]"),
            skeleton("mt-6 h-11 w-32"),
        ),
        why="Your name, your addresses and your orders are here once we know that it’s you.",
    )


def _form() -> rx.Component:
    profile, errors = AccountState.profile, AccountState.errors
    return rx.el.form(
        field(
            "What we call you",
            "name",
            auto_complete="name",
            default_value=profile.name,
            error=errors["name"],
            hint="Leave it empty to go by the name of your sign-in account.",
            max_length=120,
        ),
        field(
            "Phone (optional)",
            "phone",
            type="tel",
            auto_complete="tel",
            default_value=profile.phone,
            error=errors["phone"],
            hint="For questions about an order, should an e-mail be too slow.",
            max_length=40,
        ),
        button(
            "Save",
            variant="primary",
            type="submit",
            class_name="justify-self-start",
            data_testid="save-profile",
        ),
        on_submit=AccountState.save,
        custom_attrs={"noValidate": True},
        class_name="account-form mt-7",
        data_testid="profile-form",
    )


def _facts() -> rx.Component:
    profile = AccountState.profile
    return rx.el.dl(
        rx.el.div(
            rx.el.dt("E-mail"),
            rx.el.dd(profile.email, data_testid="profile-email"),
            rx.el.dd(
                "Kept by your sign-in service. ",
                rx.cond(
                    profile.account_url,
                    text_link("Change it there", href=profile.account_url, reload=True),
                ),
                class_name="hint",
            ),
        ),
        rx.el.div(rx.el.dt("Member since"), rx.el.dd(profile.since)),
        class_name="account-facts account-section",
    )
