"""Where the parcel goes."""

from __future__ import annotations

import reflex as rx

from store_app.components.address_fields import address_fields
from store_app.components.checkout_section import checkout_section
from store_app.components.controls import button
from store_app.components.counting import count_of
from store_app.components.fields import checkbox_field, select_field
from store_app.states.checkout import CheckoutState
from store_app.states.checkout_addresses import SavedAddressState
from store_app.states.session import SessionState
from store_app.view_models.checkout import ADDRESS


def address_section() -> rx.Component:
    recap = rx.el.address(
        rx.foreach(CheckoutState.recap.address, lambda line: rx.el.span(line, class_name="block")),
        class_name="not-italic",
    )
    return checkout_section(ADDRESS, "Delivery address", _form(), recap, name="address")


def _form() -> rx.Component:
    return rx.el.form(
        rx.cond(count_of(SavedAddressState.choices) > 1, _saved_addresses()),
        rx.el.div(
            address_fields(
                CheckoutState.draft,
                CheckoutState.errors,
                CheckoutState.form,
                CheckoutState.countries,
                choose_country=CheckoutState.choose_country,
                check=CheckoutState.check,
                purpose="shipping",
            ),
            key=SavedAddressState.filled.to(str),
            class_name="checkout-form",
        ),
        rx.cond(SessionState.signed_in & (SavedAddressState.chosen == ""), _keep()),
        button("Continue to delivery", variant="primary", type="submit", data_testid="continue-to-delivery"),
        on_submit=[CheckoutState.submit_address, SavedAddressState.remember],
        custom_attrs={"noValidate": True},
        class_name="checkout-form",
    )


def _saved_addresses() -> rx.Component:
    return select_field(
        "Your addresses",
        "saved_address",
        rx.foreach(
            SavedAddressState.choices,
            lambda choice: rx.el.option(choice.label, value=choice.id, key=choice.id),
        ),
        rx.el.option("Another address", value=""),
        value=SavedAddressState.chosen,
        on_change=SavedAddressState.choose_address,
        data_testid="saved-addresses",
    )


def _keep() -> rx.Component:
    return checkbox_field(
        "Save this address",
        "save_address",
        hint="You find it in your account, and here next time.",
        default_checked=SavedAddressState.keep,
        on_change=SavedAddressState.keep_new,
    )
