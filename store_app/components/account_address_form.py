"""Writing or changing an address of the book."""

from __future__ import annotations

import reflex as rx

from store_app.components.address_fields import address_fields
from store_app.components.controls import button
from store_app.components.fields import checkbox_field
from store_app.states.account_address_form import NEW, AddressFormState


def address_form() -> rx.Component:
    draft = AddressFormState.draft
    return rx.el.section(
        rx.el.h2(
            rx.cond(AddressFormState.editing == NEW, "New address", "Change the address"),
            id="address-form-title",
            class_name="text-xl",
        ),
        rx.el.form(
            address_fields(
                draft,
                AddressFormState.errors,
                AddressFormState.form,
                AddressFormState.countries,
                choose_country=AddressFormState.choose_country,
                check=AddressFormState.check,
            ),
            rx.el.div(
                rx.cond(
                    draft.default_shipping,
                    rx.fragment(),
                    checkbox_field("Deliver here by default", "default_shipping"),
                ),
                rx.cond(
                    draft.default_billing,
                    rx.fragment(),
                    checkbox_field("Bill here by default", "default_billing"),
                ),
            ),
            rx.el.div(
                button("Save address", variant="primary", type="submit", data_testid="save-address"),
                button("Cancel", on_click=AddressFormState.cancel),
                class_name="flex flex-wrap gap-3",
            ),
            on_submit=AddressFormState.save,
            custom_attrs={"noValidate": True},
            key=AddressFormState.opened.to(str),
            class_name="account-form mt-5",
        ),
        aria_labelledby="address-form-title",
        class_name="mt-6",
        data_testid="address-form",
    )
