"""Choosing what to pay in. Each choice is a button that sends a form: it works before any script has loaded."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_menu import here
from store_app.components.elements import plain_form
from store_app.components.icons import icon
from store_app.states.currency import CurrencyState
from store_app.view_models.currency import CurrencyChoice

MENU = "currency-menu"


def currency_menu() -> rx.Component:
    """For the header. Nothing, where there is one currency; its place is kept until that is known."""
    button = rx.el.button(
        CurrencyState.code,
        icon("chevron-down", class_name="size-4"),
        type="button",
        aria_label=f"Currency, {CurrencyState.code}",
        class_name="currency-button",
        data_testid="currency-button",
        custom_attrs={"popoverTarget": MENU},
    )
    menu = rx.el.div(
        _choices("menu-item"),
        id=MENU,
        role="group",
        aria_label="Currency",
        class_name="menu",
        custom_attrs={"popover": "auto"},
    )
    return rx.cond(
        CurrencyState.code == "",
        rx.el.span(class_name="currency-button", aria_hidden=True),
        rx.cond(CurrencyState.choices.length() > 1, rx.fragment(button, menu)),
    )


def currency_section() -> rx.Component:
    """For the menu of a phone."""
    return rx.cond(
        CurrencyState.choices.length() > 1,
        rx.el.section(
            rx.el.h3("Currency", class_name="mb-1 font-sans text-sm font-normal text-muted"),
            _choices("menu-item px-0"),
            class_name="border-t pt-4 mt-6",
        ),
    )


def _choices(class_name: str) -> rx.Component:
    def choice(each: rx.Var[CurrencyChoice]) -> rx.Component:
        return rx.el.button(
            rx.el.span(each.symbol, aria_hidden=True, class_name="currency-symbol"),
            rx.el.span(each.name, class_name="min-w-0 flex-1"),
            rx.cond(each.current, icon("check", class_name="size-4")),
            type="submit",
            name="currency",
            value=each.code,
            aria_current=rx.cond(each.current, "true", "false"),
            key=each.code,
            class_name=class_name,
            data_testid=f"currency-{each.code}",
        )

    return plain_form(
        rx.el.input(type="hidden", name="return_to", value=here(), read_only=True),
        rx.foreach(CurrencyState.choices, choice),
        action="/currency",
        method="post",
    )
