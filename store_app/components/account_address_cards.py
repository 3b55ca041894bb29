"""The address book: a card for each address, with what can be done about it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.controls import button
from store_app.components.counting import count_of
from store_app.components.feedback import badge, empty_state
from store_app.components.icons import icon
from store_app.states.account_address_form import NEW, AddressFormState
from store_app.states.account_addresses import ADD_BUTTON, AddressBookState
from store_app.view_models.account import AddressCard


def address_cards() -> rx.Component:
    return rx.cond(
        count_of(AddressBookState.cards) > 0,
        rx.fragment(
            rx.el.ul(
                rx.foreach(AddressBookState.cards, _card), class_name="address-cards", data_testid="addresses"
            ),
            rx.el.div(_add(icon("plus"), "Add an address"), class_name="mt-6"),
        ),
        empty_state(
            "No addresses yet",
            "Save where your parcels go, and the checkout fills itself in.",
            _add("Add an address", variant="primary"),
            data_testid="addresses-empty",
        ),
    )


def _add(*content: Any, **props: Any) -> rx.Component:
    return button(
        *content,
        id=ADD_BUTTON,
        on_click=AddressFormState.add,
        data_testid="add-address",
        **_focused_for(NEW),
        **props,
    )


def _focused_for(opened: Any) -> dict[str, Any]:
    """Where the focus returns to once the form that was opened for this is closed."""
    returning = AddressFormState.returning == opened
    return {
        "auto_focus": returning,
        "on_focus": rx.cond(returning, AddressFormState.returned, rx.noop()),
    }


def _card(card: rx.Var[AddressCard]) -> rx.Component:
    return rx.el.li(
        rx.cond(
            card.default_shipping | card.default_billing,
            rx.el.p(
                rx.cond(card.default_shipping, badge("Default delivery", "accent")),
                rx.cond(card.default_billing, badge("Default billing")),
                class_name="address-marks",
            ),
        ),
        rx.el.address(
            rx.foreach(card.lines, lambda line: rx.el.span(line, class_name="block first:font-semibold")),
            rx.cond(card.phone, rx.el.span(card.phone, class_name="mt-1 block text-muted")),
        ),
        rx.el.div(
            rx.el.div(
                _action("Edit", card, AddressFormState.edit(card.id), **_focused_for(card.id)),
                _action("Remove", card, AddressBookState.remove(card.id)),
            ),
            rx.el.div(
                rx.cond(
                    card.default_shipping,
                    rx.fragment(),
                    _action("Deliver here by default", card, AddressBookState.ship_to(card.id)),
                ),
                rx.cond(
                    card.default_billing,
                    rx.fragment(),
                    _action("Bill here by default", card, AddressBookState.bill_to(card.id)),
                ),
            ),
            class_name="address-actions",
        ),
        key=card.id,
        class_name="address-card",
        data_testid="address-card",
    )


def _action(label: str, card: rx.Var[AddressCard], on_click: Any, **props: Any) -> rx.Component:
    return button(
        label,
        rx.el.span(f" {card.label}", class_name="sr-only"),
        variant="quiet",
        class_name="button-small",
        on_click=on_click,
        **props,
    )
