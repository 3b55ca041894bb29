"""The fields of an address, in the order in which its country writes them on an envelope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx

from store_app.components.fields import field, select_field
from store_app.view_models.checkout import Option


def address_fields(
    draft: Any,
    errors: Any,
    form: Any,
    countries: Any,
    *,
    choose_country: Any,
    check: Callable[..., Any],
    purpose: str = "",
) -> rx.Component:
    """`draft` has what was typed, `form` the country's names for it, `countries` are those to choose from. `check` gets
    the name and value of a field that was left. `purpose` tells browsers which address to fill in: shipping, or none
    in particular (WHATWG, autofill)."""

    def known(name: str, completes: str) -> dict[str, Any]:
        return {
            "auto_complete": f"{purpose} {completes}".strip(),
            "default_value": getattr(draft, name),
            "error": errors[name],
        }

    def line(label: Any, name: str, completes: str, **props: Any) -> rx.Component:
        return field(
            label,
            name,
            on_blur=lambda value: check(name, value),
            max_length=120,
            **known(name, completes),
            **props,
        )

    region = rx.cond(
        form.regions.length() > 0,
        select_field(
            form.region_label,
            "region",
            rx.el.option("Choose …", value=""),
            rx.foreach(form.regions, _option),
            on_change=lambda value: check("region", value),
            **known("region", "address-level1"),
        ),
        line(form.region_label, "region", "address-level1"),
    )
    parts = {
        "city": line(form.city_label, "city", "address-level2"),
        "region": region,
        "postal_code": line(form.postal_label, "postal_code", "postal-code", hint=form.postal_hint),
    }
    return rx.fragment(
        select_field(
            "Country",
            "country",
            rx.foreach(countries, _option),
            default_value=draft.country,
            on_change=choose_country,
            auto_complete=f"{purpose} country".strip(),
            error=errors["country"],
        ),
        line("Full name", "name", "name"),
        line("Street and number", "line1", "address-line1"),
        line("Flat, building or company (optional)", "line2", "address-line2"),
        rx.el.div(
            rx.foreach(
                form.parts, lambda part: rx.el.div(rx.match(part, *parts.items(), rx.fragment()), key=part)
            ),
            class_name=rx.cond(
                form.parts[0] == "postal_code", "address-parts address-parts-postal-first", "address-parts"
            ),
        ),
        line(
            "Phone (optional)",
            "phone",
            "tel",
            type="tel",
            hint="Only for the carrier, should they not find the door.",
        ),
    )


def _option(option: rx.Var[Option]) -> rx.Component:
    return rx.el.option(option.label, value=option.key, key=option.key)
