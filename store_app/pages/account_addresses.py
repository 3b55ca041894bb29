"""My account: the address book, or the form in its place while an address is being written."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_address_cards import address_cards
from store_app.components.account_address_form import address_form
from store_app.components.account_frame import account_page
from store_app.components.feedback import skeleton
from store_app.states.account_address_form import AddressFormState
from store_app.states.account_addresses import AddressBookState

LOADS = (AddressBookState.load,)


def account_addresses() -> rx.Component:
    return account_page(
        "/account/addresses",
        "Addresses",
        rx.cond(AddressFormState.editing, address_form(), address_cards()),
        loaded=AddressBookState.loaded,
        waiting=(
            rx.el.div(*(skeleton("h-56 w-full") for _ in range(2)), class_name="address-cards"),
            skeleton("mt-6 h-11 w-40"),
        ),
        why="The addresses you saved are here once we know that it’s you.",
    )
