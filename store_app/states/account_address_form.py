"""My account: an address being written or changed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import reflex as rx

from models.account import SavedAddress
from models.address import Address
from models.address_form import is_known
from models.identity import Identity
from services.account import service as accounts
from services.addresses import ADDRESS_FIELDS, address_problems, read_address
from services.delivery import service as delivery
from services.errors import Invalid, NotFound
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.states.account_addresses import show_book
from store_app.states.focus import focus
from store_app.states.parsing import identifier, short_text
from store_app.states.session import identity_of
from store_app.states.toasts import toast
from store_app.view_models.account import AddressDraft, draft_of, label_of
from store_app.view_models.checkout import AddressForm, Option, of_countries, of_country

NEW = "new"
TYPED_FIELDS = frozenset(ADDRESS_FIELDS) - {"country"}


class AddressFormState(rx.State):
    """`editing` is the id of the address in the form, `new`, or empty while the form is closed; `opened` counts how
    often it was opened, so that it starts from its draft each time. A reload leaves it as it is. `returning` is where
    the focus goes once it is closed: to the address with this id, or to the button for a `new` one."""

    editing: str = ""
    returning: str = ""
    opened: int = 0
    draft: AddressDraft = AddressDraft()
    form: AddressForm = AddressForm()
    countries: tuple[Option, ...] = ()
    errors: dict[str, str] = {}

    @rx.event
    async def add(self) -> Any:
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            saved = await accounts.list_addresses(uow, identity)
            served = await delivery.countries(uow)
        country = draft_of(saved[0]).country if saved else AddressDraft().country
        return await self._open(
            NEW, AddressDraft(country=country, name="" if saved else identity.name), served
        )

    @rx.event
    async def edit(self, address_id: str) -> Any:
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            saved = await accounts.get_address(uow, identity, identifier(address_id))
            served = await delivery.countries(uow)
        return await self._open(str(saved.id), draft_of(saved), served)

    @rx.event
    def cancel(self) -> None:
        """Close the form; the focus goes back to what opened it."""
        self._close(self.editing)

    @rx.event
    def returned(self) -> None:
        """The focus is where it was to go."""
        self.returning = ""

    @rx.event
    def check(self, field: str, value: str) -> None:
        """Keep what was typed when the cursor leaves a field, and say at once what is wrong with it."""
        name, text = short_text(field, 20), short_text(value)
        if name not in TYPED_FIELDS:
            return
        typed: dict[str, Any] = {name: text}
        self.draft = replace(self.draft, **typed)
        problems = address_problems(asdict(self.draft))
        kept = {key: message for key, message in self.errors.items() if key != name}
        self.errors = kept | ({name: problems[name]} if text and name in problems else {})

    @rx.event
    def choose_country(self, country: str) -> None:
        """Another country has other fields."""
        code = short_text(country, 2)
        if not is_known(code):
            raise Invalid(
                "Please choose a country from the list.", {"country": "Choose a country from the list."}
            )
        self.draft, self.form, self.errors = (
            replace(self.draft, country=code, region=""),
            of_country(code),
            {},
        )

    @rx.event
    async def save(self, form: dict[str, Any]) -> Any:
        """Store the form; it closes when that worked, and a second press of its button does nothing."""
        if not self.editing:
            return None
        typed: dict[str, Any] = {name: short_text(form[name]) for name in TYPED_FIELDS if name in form}
        self.draft = replace(self.draft, **typed)
        self.errors = address_problems(asdict(self.draft))
        if self.errors:
            return await focus(self, next(name for name in ADDRESS_FIELDS if name in self.errors))
        address = read_address(asdict(self.draft))
        try:
            async with unit_of_work() as uow:
                identity = await identity_of(uow, self)
                saved = await self._store(uow, identity, address, form)
                book = await accounts.list_addresses(uow, identity)
        except NotFound:
            self.editing = NEW
            await toast(self, "It was removed meanwhile. Save once more to add it as a new address.", "info")
            return None
        await show_book(self, book)
        self._close(str(saved.id))
        await toast(self, f"Saved “{label_of(address)}”.")
        return None

    async def _store(
        self, uow: UnitOfWork, identity: Identity, address: Address, form: dict[str, Any]
    ) -> SavedAddress:
        shipping, billing = bool(form.get("default_shipping")), bool(form.get("default_billing"))
        if self.editing == NEW:
            return await accounts.add_address(
                uow, identity, address, default_shipping=shipping, default_billing=billing
            )
        return await accounts.change_address(
            uow,
            identity,
            identifier(self.editing),
            address,
            default_shipping=shipping or None,
            default_billing=billing or None,
        )

    async def _open(self, editing: str, draft: AddressDraft, served: frozenset[str]) -> None:
        self.countries = of_countries(served, draft.country)
        self.draft, self.form, self.errors = draft, of_country(draft.country), {}
        self.editing, self.returning = editing, ""
        self.opened += 1
        await focus(self, "country")

    def _close(self, returning: str) -> None:
        self.editing, self.returning, self.errors = "", returning, {}
