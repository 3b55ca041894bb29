"""Saved addresses at the checkout: choosing one, and keeping a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import reflex as rx

from models.account import SavedAddress
from models.address import Address
from models.identity import Identity
from services.account import service as accounts
from services.addresses import ADDRESS_FIELDS, address_problems, read_address
from services.delivery import service as delivery
from services.errors import NotFound
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.states.checkout import CheckoutState
from store_app.states.parsing import identifier
from store_app.states.session import identity_of
from store_app.states.toasts import toast
from store_app.view_models.account import AddressChoice, label_of
from store_app.view_models.checkout import ADDRESS


class SavedAddressState(CheckoutState):
    """Part of the checkout, whose draft it fills. `filled` counts how often it did; `keep` is whether a new address is
    to be saved. One that was saved here and is mended afterwards is changed in the book, not added twice."""

    choices: list[AddressChoice] = []
    filled: int = 0
    keep: bool = True
    _saved: dict[str, Address] = {}
    _kept: str = ""

    @rx.var
    def chosen(self) -> str:
        """The id of the saved address that the form holds; empty for one that is not in the book."""
        typed = asdict(self.draft)
        if address_problems(typed):
            return ""
        address = read_address(typed)
        return next((key for key, saved in self._saved.items() if saved == address), "")

    @rx.event
    async def load_addresses(self) -> None:
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            book = await accounts.list_addresses(uow, identity) if identity.signed_in else []
            served = await delivery.countries(uow)
        self._kept = ""
        self._show_choices(book, served)

    @rx.event
    async def choose_address(self, address_id: str) -> None:
        """Fill the form with a saved address; with none of them, empty it."""
        address: dict[str, str] = {name: "" for name in ADDRESS_FIELDS if name != "country"}
        if address_id:
            async with unit_of_work() as uow:
                identity = await identity_of(uow, self)
                saved = await accounts.get_address(uow, identity, identifier(address_id))
            address = Address.chosen(saved.address).model_dump()
        self.draft = replace(self.draft, **address)
        self.errors = {}
        self.reached = min(self.reached, ADDRESS)
        self.filled += 1
        await self._reprice()

    @rx.event
    def keep_new(self, wanted: bool) -> None:
        self.keep = wanted is True

    @rx.event
    async def remember(self, form: dict[str, Any]) -> None:
        """After the form was sent: save its address if that is wanted and it is not in the book yet."""
        typed = asdict(self.draft)
        if not form.get("save_address") or self.chosen or address_problems(typed):
            return
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            if not identity.signed_in:
                return
            saved = await self._keep(uow, identity, read_address(typed))
            book = await accounts.list_addresses(uow, identity)
            served = await delivery.countries(uow)
        self._kept = str(saved.id)
        self._show_choices(book, served)
        await toast(self, "Saved to your addresses.")

    async def _keep(self, uow: UnitOfWork, identity: Identity, address: Address) -> SavedAddress:
        if self._kept:
            try:
                return await accounts.change_address(uow, identity, identifier(self._kept), address)
            except NotFound:
                self._kept = ""
        return await accounts.add_address(uow, identity, address)

    def _show_choices(self, book: Sequence[SavedAddress], served: frozenset[str]) -> None:
        """Those in countries the store delivers to."""
        addresses = {str(saved.id): Address.chosen(saved.address) for saved in book}
        self._saved = {key: each for key, each in addresses.items() if each.country in served}
        self.choices = [AddressChoice(key, label_of(each)) for key, each in self._saved.items()]
