"""My account: the address book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import reflex as rx

from models.account import SavedAddress
from models.address import Address
from services.account import service as accounts
from services.unit_of_work import unit_of_work
from store_app.states.focus import focus
from store_app.states.parsing import identifier, short_text
from store_app.states.session import identity_of
from store_app.states.toasts import MAX_TOASTS, toast
from store_app.view_models.account import AddressCard, label_of, of_saved

ADD_BUTTON = "add-address"
"""Id of the button that opens an empty form, where the focus goes when its address is gone."""


class Removed(NamedTuple):
    """An address taken out a moment ago, with what it was used for."""

    address: Address
    default_shipping: bool
    default_billing: bool


class AddressBookState(rx.State):
    cards: list[AddressCard] = []
    loaded: bool = False
    _removed: dict[str, Removed] = {}

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            saved = await accounts.list_addresses(uow, identity) if identity.signed_in else []
        self._show(saved)

    @rx.event
    async def ship_to(self, address_id: str) -> None:
        """Deliver here unless told otherwise."""
        await self._change(address_id, "Parcels go there unless you say otherwise.", shipping=True)

    @rx.event
    async def bill_to(self, address_id: str) -> None:
        await self._change(address_id, "It is your billing address now.", billing=True)

    @rx.event
    async def remove(self, address_id: str) -> Any:
        """Take an address out of the book; the message offers to put it back."""
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            saved = await accounts.get_address(uow, identity, identifier(address_id))
            await accounts.remove_address(uow, identity, saved.id)
            book = await accounts.list_addresses(uow, identity)
        address, key = Address.kept(saved.address), str(saved.id)
        removed = Removed(address, saved.default_shipping, saved.default_billing)
        self._removed = dict([*self._removed.items(), (key, removed)][-MAX_TOASTS:])
        self._show(book)
        await toast(
            self, f"Removed “{label_of(address)}”.", "info", undo=(AddressBookState, "restore", (key,))
        )
        return await focus(self, ADD_BUTTON)

    @rx.event
    async def restore(self, address_id: str) -> None:
        """Put a removed address back, as what it was used for."""
        key = short_text(address_id, 36)
        removed = self._removed.get(key)
        if removed is None:
            return
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            await accounts.add_address(
                uow,
                identity,
                removed.address,
                default_shipping=removed.default_shipping,
                default_billing=removed.default_billing,
            )
            book = await accounts.list_addresses(uow, identity)
        self._removed = {known: each for known, each in self._removed.items() if known != key}
        self._show(book)

    async def _change(
        self, address_id: str, told: str, *, shipping: bool | None = None, billing: bool | None = None
    ) -> None:
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            await accounts.change_address(
                uow, identity, identifier(address_id), default_shipping=shipping, default_billing=billing
            )
            book = await accounts.list_addresses(uow, identity)
        self._show(book)
        await toast(self, told)

    def _show(self, saved: Sequence[SavedAddress]) -> None:
        self.cards = [of_saved(each) for each in saved]
        self.loaded = True


async def show_book(state: rx.State, saved: Sequence[SavedAddress]) -> None:
    """From within a handler of another state: show these addresses."""
    (await state.get_state(AddressBookState))._show(saved)
