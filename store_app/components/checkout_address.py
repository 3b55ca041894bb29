"""Where the parcel goes: the fields in the order in which the country writes them on an envelope."""

from __future__ import annotations

from typing import Any

import reflex as rx

from models.shipping import COUNTRIES
from store_app.components.checkout_section import checkout_section
from store_app.components.controls import button
from store_app.components.fields import field, select_field
from store_app.states.checkout import CheckoutState
from store_app.view_models.checkout import ADDRESS


def address_section() -> rx.Component:
    recap = rx.el.address(
        rx.foreach(CheckoutState.recap.address, lambda line: rx.el.span(line, class_name="block")),
        class_name="not-italic",
    )
    return checkout_section(ADDRESS, "Delivery address", _form(), recap, name="address")


def _form() -> rx.Component:
    form = CheckoutState.form
    city = _field("Town or city", "city", "address-level2", key="city")
    postal = _field(form.postal_label, "postal_code", "postal-code", key="postal_code")
    return rx.el.form(
        select_field(
            "Country",
            "country",
            *(rx.el.option(name, value=code) for code, name in COUNTRIES.items()),
            default_value=CheckoutState.draft.country,
            on_change=CheckoutState.choose_country,
            auto_complete="shipping country",
            error=CheckoutState.errors["country"],
        ),
        _field("Full name", "name", "name"),
        _field("Street and number", "line1", "address-line1"),
        _field("Flat, building or company (optional)", "line2", "address-line2"),
        rx.cond(
            form.postal_first,
            rx.el.div(postal, city, class_name="checkout-pair checkout-pair-short-first", key="postal-first"),
            rx.el.div(city, postal, class_name="checkout-pair", key="city-first"),
        ),
        rx.cond(form.region_label, _field(form.region_label, "region", "address-level1")),
        _field(
            "Phone (optional)",
            "phone",
            "tel",
            type="tel",
            hint="Only for the carrier, should they not find the door.",
        ),
        button("Continue to delivery", variant="primary", type="submit", data_testid="continue-to-delivery"),
        on_submit=CheckoutState.submit_address,
        custom_attrs={"noValidate": True},
        class_name="checkout-form",
    )


def _field(label: Any, name: str, completes: str, **props: Any) -> rx.Component:
    return field(
        label,
        name,
        auto_complete=f"shipping {completes}",
        default_value=getattr(CheckoutState.draft, name),
        on_blur=lambda value: CheckoutState.check(name, value),
        error=CheckoutState.errors[name],
        max_length=120,
        **props,
    )
