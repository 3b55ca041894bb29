"""The fields of an address, in the order in which its country writes them on an envelope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from models.shipping import COUNTRIES
from store_app.components.fields import field, select_field


def address_fields(
    draft: Any, errors: Any, form: Any, *, choose_country: Any, check: Callable[..., Any], purpose: str = ""
) -> rx.Component:
    """`draft` has what was typed, `form` the country's names for it. `check` gets the name and value of a field that
    was left. `purpose` tells browsers which address to fill in: shipping, or none in particular (WHATWG, autofill)."""

    def line(label: Any, name: str, completes: str, **props: Any) -> rx.Component:
        return field(
            label,
            name,
            auto_complete=f"{purpose} {completes}".strip(),
            default_value=getattr(draft, name),
            on_blur=lambda value: check(name, value),
            error=errors[name],
            max_length=120,
            **props,
        )

    city = line("Town or city", "city", "address-level2", key="city")
    postal = line(form.postal_label, "postal_code", "postal-code", key="postal_code")
    return rx.fragment(
        select_field(
            "Country",
            "country",
            *(rx.el.option(name, value=code) for code, name in COUNTRIES.items()),
            default_value=draft.country,
            on_change=choose_country,
            auto_complete=f"{purpose} country".strip(),
            error=errors["country"],
        ),
        line("Full name", "name", "name"),
        line("Street and number", "line1", "address-line1"),
        line("Flat, building or company (optional)", "line2", "address-line2"),
        rx.cond(
            form.postal_first,
            rx.el.div(postal, city, class_name="address-pair address-pair-short-first", key="postal-first"),
            rx.el.div(city, postal, class_name="address-pair", key="city-first"),
        ),
        rx.cond(form.region_label, line(form.region_label, "region", "address-level1")),
        line(
            "Phone (optional)",
            "phone",
            "tel",
            type="tel",
            hint="Only for the carrier, should they not find the door.",
        ),
    )
