"""Customers as staff see them: finding them, what they bought, what was noted about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from models.account import MAX_NOTE_LENGTH, CustomerNote, SavedAddress
from models.audit import AuditAction
from models.identity import Identity, User
from models.ids import now
from models.permissions import Role
from services.account import service as accounts
from services.audit import service as audit
from services.customer import repository
from services.customer.listing import Cursor, CustomerQuery, Sort
from services.errors import Conflict, Forbidden, Invalid, NotFound, Unauthenticated
from services.identity import sessions
from services.identity.roles import known_roles
from services.order import buyers
from services.order import service as orders
from services.order.buyers import NO_PURCHASES, Purchases
from services.order.service import OrderPage
from services.unit_of_work import UnitOfWork

VIEWED_EVERY = timedelta(hours=1)
"""Within this time, coming back to a customer's page is the same visit to the audit log."""


@dataclass(frozen=True, slots=True)
class Customer:
    """An account with its figures. `sessions` are the browsers that it is signed in with."""

    user: User
    roles: frozenset[Role]
    purchases: Purchases
    sessions: int
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerPage:
    items: list[Customer]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class CustomerView:
    """`guest_orders` were placed without signing in, under the same e-mail address; nobody checked whose they are."""

    customer: Customer
    addresses: tuple[SavedAddress, ...]
    orders: OrderPage
    guest_orders: OrderPage
    notes: tuple[CustomerNote, ...]


async def list_customers(
    uow: UnitOfWork,
    *,
    text: str = "",
    sort: str = Sort.NEWEST,
    deleted: bool = False,
    limit: int = 24,
    offset: int = 0,
    cursor: str = "",
) -> CustomerPage:
    """Accounts, found by part of name or e-mail, phone, an order's number or the beginning of a postcode.

    The caller has checked the permission. Sorting by purchases counts those in the store's currency. Raises Invalid for
    a sort or cursor that isn't one.
    """
    order = _known_sort(sort)
    after = Cursor.decode(cursor, order) if cursor else None
    wanted = CustomerQuery(text, order, deleted, uow.settings.currency, limit, offset, after)
    found = await repository.page(uow.session, wanted)
    shown = found[:limit]
    last = Cursor(order, shown[-1][1], shown[-1][0].id).encode() if len(found) > limit else None
    customers = await _with_figures(uow, [user for user, _ in shown])
    return CustomerPage(customers, await repository.count(uow.session, wanted), last)


async def get_customer(
    uow: UnitOfWork, user_id: UUID, identity: Identity, *, limit: int = 10, offset: int = 0
) -> CustomerView:
    """All there is to know of a customer, with a page of their orders. The caller has checked the permission.

    The look is written to the audit log, once an hour for each member of staff. Raises NotFound.
    """
    user = await repository.find(uow.session, user_id)
    if user is None:
        raise _unknown()
    await _record_look(uow, user_id, identity)
    [customer] = await _with_figures(uow, [user])
    return CustomerView(
        customer=customer,
        addresses=tuple(await accounts.addresses_of(uow, user_id)),
        orders=await orders.list_orders_of(uow, user_id, limit=limit, offset=offset),
        guest_orders=await orders.list_guest_orders(uow, user.email, limit=limit),
        notes=tuple(await repository.notes(uow.session, user_id)),
    )


async def list_notes(uow: UnitOfWork, user_id: UUID) -> list[CustomerNote]:
    """Newest first. Raises NotFound for no such customer."""
    if await repository.find(uow.session, user_id) is None:
        raise _unknown()
    return await repository.notes(uow.session, user_id)


async def add_note(uow: UnitOfWork, user_id: UUID, text: str, *, by: Identity) -> CustomerNote:
    """Write something down about a customer. The audit log keeps that it was done, not what it says.

    Raises Invalid, NotFound, and Conflict for a deleted account: what names a person is gone from it, and stays so.
    """
    if by.user_id is None:
        raise Unauthenticated("Please sign in with a staff account to do this.")
    written = text.strip()
    if not written:
        raise Invalid("Write something first.", {"text": "not empty"})
    if len(written) > MAX_NOTE_LENGTH:
        raise Invalid(
            f"A note has room for {MAX_NOTE_LENGTH} characters; this has {len(written)}. Shorten it.",
            {"text": f"{MAX_NOTE_LENGTH} characters at most"},
        )
    user = await repository.find(uow.session, user_id, lock=True)
    if user is None:
        raise _unknown()
    if user.deleted_at is not None:
        raise Conflict("This account was deleted. Nothing more is written down about it.", code="deleted")
    note = CustomerNote(user_id=user_id, author_id=by.user_id, author=by.label[:254], text=written)
    repository.add_note(uow.session, note)
    audit.record(uow, AuditAction.CUSTOMER_NOTE_WRITTEN, by, user_id, after={"note": note.id})
    return note


async def find_note(uow: UnitOfWork, user_id: UUID, note_id: UUID, *, lock: bool = False) -> CustomerNote:
    """A note about this customer. Raises NotFound."""
    note = await repository.find_note(uow.session, note_id, lock=lock)
    if note is None or note.user_id != user_id:
        raise NotFound("This note is not there any more. Load the page again to see how things stand.")
    return note


async def remove_note(uow: UnitOfWork, user_id: UUID, note_id: UUID, *, by: Identity) -> None:
    """Delete a note: its author may, and an administrator. Raises NotFound, Forbidden."""
    note = await find_note(uow, user_id, note_id, lock=True)
    if not may_remove(note, by):
        raise Forbidden(f"Only {note.author} or an administrator can remove this note.")
    await repository.delete_note(uow.session, note)
    audit.record(uow, AuditAction.CUSTOMER_NOTE_REMOVED, by, user_id, before={"note": note_id})


def may_remove(note: CustomerNote, by: Identity) -> bool:
    return note.author_id == by.user_id or Role.ADMIN in by.roles


async def _with_figures(uow: UnitOfWork, users: Sequence[User]) -> list[Customer]:
    ids = [user.id for user in users]
    purchases = await buyers.purchases_of(uow, ids)
    activity = await sessions.activity_of(uow, ids)
    return [
        Customer(
            user=user,
            roles=known_roles(user.roles),
            purchases=purchases.get(user.id, NO_PURCHASES),
            sessions=activity[user.id].sessions if user.id in activity else 0,
            last_seen_at=max(
                user.last_sign_in_at,
                activity[user.id].last_seen_at if user.id in activity else user.last_sign_in_at,
            ),
        )
        for user in users
    ]


async def _record_look(uow: UnitOfWork, user_id: UUID, by: Identity) -> None:
    viewed = AuditAction.CUSTOMER_VIEWED
    if not await audit.recorded_since(uow, viewed, by, user_id, now() - VIEWED_EVERY):
        audit.record(uow, viewed, by, user_id)


def _known_sort(text: str) -> Sort:
    try:
        return Sort(text)
    except ValueError:
        raise Invalid("That order is not known.", {"sort": f"Use one of {', '.join(Sort)}."}) from None


def _unknown() -> NotFound:
    return NotFound("There is no such customer. Look for their name or e-mail address.")
