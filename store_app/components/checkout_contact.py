"""Who orders: the e-mail address."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_menu import sign_in_href
from store_app.components.checkout_section import checkout_section
from store_app.components.controls import button, text_link
from store_app.components.fields import field
from store_app.states.checkout import CheckoutState
from store_app.states.session import SessionState
from store_app.view_models.checkout import CONTACT


def contact_section() -> rx.Component:
    return checkout_section(CONTACT, "Contact", _form(), rx.el.p(CheckoutState.draft.email), name="contact")


def _form() -> rx.Component:
    return rx.el.form(
        rx.cond(
            SessionState.signed_in,
            rx.el.p("You are signed in as ", SessionState.name, ".", class_name="text-sm text-muted"),
            rx.el.p(
                "Have an account? ",
                text_link("Sign in", href=sign_in_href(), reload=True, data_testid="checkout-sign-in"),
                ", or go on as a guest.",
                class_name="text-sm text-muted",
            ),
        ),
        field(
            "E-mail",
            "email",
            type="email",
            auto_complete="email",
            default_value=CheckoutState.draft.email,
            on_blur=lambda value: CheckoutState.check("email", value),
            error=CheckoutState.errors["email"],
            hint="For the confirmation and news of your parcel. Nothing else.",
            max_length=200,
        ),
        button("Continue to address", variant="primary", type="submit", data_testid="continue-to-address"),
        on_submit=CheckoutState.submit_contact,
        custom_attrs={"noValidate": True},
        class_name="checkout-form",
    )
