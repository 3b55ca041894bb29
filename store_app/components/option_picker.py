"""Choosing a variant: a group of radio buttons for each option.

The buttons answer at once, by themselves; when the server's choice differs from them, ChosenVariant puts them right.
"""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.states.product import ProductState
from store_app.view_models.catalog import OptionValue, OptionView


class ChosenVariant(rx.Fragment):
    """Brings the buttons and the address in line with the chosen variant, without a step in the history."""

    sku: rx.Var[str]

    def add_imports(self) -> dict[str, list[str]]:
        return {"react": ["useEffect"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:
        return [
            rx.Var(f"const chosenSku = {self.sku!s}", _var_data=self.sku._get_all_var_data()),
            "useEffect(() => { if (!chosenSku) return;"
            " document.querySelectorAll('[data-chosen]').forEach((button) => {"
            " button.checked = button.dataset.chosen === 'true'; });"
            " const address = new URL(location.href);"
            " if (address.searchParams.get('sku') === chosenSku) return;"
            " address.searchParams.set('sku', chosenSku);"
            " history.replaceState(history.state, '', address); }, [chosenSku])",
        ]


def option_picker() -> rx.Component:
    return rx.el.div(
        rx.foreach(ProductState.choice.options, _option),
        class_name="grid gap-6",
        data_testid="option-picker",
    )


def _option(option: rx.Var[OptionView]) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(
            rx.el.span(option.name, class_name="font-semibold"),
            rx.el.span(": ", option.chosen, class_name="text-muted"),
            class_name="mb-2.5 text-[0.9375rem]",
        ),
        rx.el.div(
            rx.foreach(option.choices, lambda value: _value(option, value)),
            class_name=rx.cond(option.swatches, "flex flex-wrap gap-1", "flex flex-wrap gap-2"),
        ),
        rx.cond(option.missing, rx.el.p(option.missing, class_name="hint mt-2")),
        key=option.name,
        class_name="min-w-0",
    )


def _value(option: rx.Var[OptionView], value: rx.Var[OptionValue]) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name=f"option-{option.name}",
            value=value.name,
            default_checked=value.chosen,
            disabled=~value.exists,
            on_change=ProductState.choose(option.name, value.name),
            custom_attrs={"data-chosen": rx.cond(value.chosen, "true", "false")},
        ),
        rx.cond(
            option.swatches,
            rx.el.span(style={"background": value.css}, class_name="swatch swatch-large"),
            rx.el.span(value.name, aria_hidden=True),
        ),
        rx.el.span(
            value.name, rx.cond(value.exists & ~value.in_stock, ", sold out", ""), class_name="sr-only"
        ),
        title=rx.cond(
            value.exists,
            rx.cond(value.in_stock, value.name, f"{value.name}, sold out"),
            f"{value.name}, not made in this combination",
        ),
        key=value.name,
        class_name=rx.cond(option.swatches, "variant variant-swatch", "variant variant-text"),
        custom_attrs={
            "data-sold-out": rx.cond(value.in_stock, "false", "true"),
            "data-value": value.name,
        },
    )
