"""One customer: what there is to know, and what staff note down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import reflex as rx

from models.account import MAX_NOTE_LENGTH, CustomerNote
from models.identity import Identity
from models.permissions import Permission
from services.customer import service as customers
from services.customer.service import CustomerView
from services.errors import Conflict, Invalid, NotFound
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.customers import PATH
from store_app.admin.states.guard import admit, staff
from store_app.admin.states.listing import address, page_number, pages_of
from store_app.admin.states.orders import PATH as ORDERS
from store_app.admin.view_models.customer import NoteRow, StaffCustomer, address_cards, of_customer, of_note
from store_app.admin.view_models.orders import OrderRow, of_row
from store_app.states.focus import focus
from store_app.states.parsing import identifier, short_text
from store_app.states.toasts import toast
from store_app.view_models.links import Pages

ORDERS_SHOWN = 10
NOTE = "note"
"""Name and id of the field for a new note."""


class StaffCustomerState(rx.State):
    """`shown` is the id in the address that `customer` or `missing` answers, `removing` the note asked about."""

    customer: StaffCustomer = StaffCustomer()
    orders: tuple[OrderRow, ...] = ()
    pages: Pages = Pages()
    guest_orders: tuple[OrderRow, ...] = ()
    more_guest_orders: str = ""
    notes: tuple[NoteRow, ...] = ()
    may_write: bool = False
    note_error: str = ""
    removing: str = ""
    missing: bool = False
    shown: str = ""

    @rx.event
    async def load(self) -> None:
        """`page` of the address is that of the orders."""
        asked = self.router.url.path.rsplit("/", 1)[-1]
        number = page_number(self.router.url.query_parameters.get("page"))
        async with unit_of_work() as uow:
            identity = await admit(uow, self, Permission.VIEW_CUSTOMERS)
            if identity is None:
                return
            view = await _find(uow, asked, identity, number)
        if view is None:
            self.reset()
            self.missing = True
        else:
            self._show(view, identity, number)
        self.shown = asked

    @rx.event
    async def add_note(self, form: dict[str, Any]) -> Any:
        """Write a note; when it is refused, what was typed stays in the field."""
        text = short_text(form.get(NOTE), MAX_NOTE_LENGTH + 1, lines=True)
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_CUSTOMERS)
                await customers.add_note(uow, identifier(self.customer.id), text, by=identity)
        except (Invalid, Conflict) as refusal:
            self.note_error = refusal.detail
            return await focus(self, NOTE)
        self.note_error = ""
        await self._read_notes()
        await focus(self, NOTE)
        return rx.set_value(NOTE, "")

    @rx.event
    async def ask_remove(self, note_id: str) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CUSTOMERS)
        self.removing = short_text(note_id, 36)

    @rx.event
    async def stop_asking(self) -> None:
        """The dialog was closed in the browser."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_CUSTOMERS)
        self.removing = ""

    @rx.event
    async def remove_note(self) -> None:
        """Remove the note that was asked about; if a colleague was quicker, that is fine too."""
        note_id, self.removing = self.removing, ""
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_CUSTOMERS)
                customer_id = identifier(self.customer.id)
                await customers.remove_note(uow, customer_id, identifier(note_id), by=identity)
        except NotFound:
            await toast(self, "This note had been removed already.", "info")
        else:
            await toast(self, "The note is removed.")
        await self._read_notes()

    async def _read_notes(self) -> None:
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.VIEW_CUSTOMERS)
            notes = await customers.list_notes(uow, identifier(self.customer.id))
        self.notes = _rows(notes, identity)

    def _show(self, view: CustomerView, identity: Identity, number: int) -> None:
        self.customer = _customer(view)
        self.orders = tuple(of_row(each.order, each.items) for each in view.orders.items)
        place = f"{PATH}/{self.customer.id}"
        self.pages = pages_of(place, {}, number, view.orders.total, ORDERS_SHOWN)
        guests = view.guest_orders
        self.guest_orders = tuple(of_row(each.order, each.items) for each in guests.items)
        more = guests.total > len(guests.items)
        self.more_guest_orders = address(ORDERS, {"q": self.customer.email}) if more else ""
        self.notes = _rows(view.notes, identity)
        self.may_write = identity.may(Permission.MANAGE_CUSTOMERS) and not self.customer.deleted
        self.note_error = self.removing = ""
        self.missing = False


async def _find(uow: UnitOfWork, text: str, identity: Identity, number: int) -> CustomerView | None:
    offset = (number - 1) * ORDERS_SHOWN
    try:
        return await customers.get_customer(uow, UUID(text), identity, limit=ORDERS_SHOWN, offset=offset)
    except (ValueError, NotFound):
        return None


def _customer(view: CustomerView) -> StaffCustomer:
    customer, purchases = view.customer, view.customer.purchases
    latest = view.orders.items[0].order.shipping_address if view.orders.items else None
    return of_customer(
        customer.user,
        customer.roles,
        address_cards(view.addresses, None if customer.user.deleted_at else latest),
        seen=customer.last_seen_at,
        sessions=customer.sessions,
        orders=purchases.orders,
        spent=[spending.total for spending in purchases.spending],
        average=[spending.average for spending in purchases.spending],
        last_order=purchases.last_order_at,
    )


def _rows(notes: Sequence[CustomerNote], by: Identity) -> tuple[NoteRow, ...]:
    return tuple(of_note(note, removable=customers.may_remove(note, by)) for note in notes)
