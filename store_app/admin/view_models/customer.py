"""One customer as staff see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.account import CustomerNote, SavedAddress
from models.address import Address
from models.countries import country_name
from models.identity import User
from models.money import Money
from models.permissions import Role
from store_app.admin.view_models.customers import NOTHING, amounts, name_of, roles_in_words
from store_app.view_models.dates import day, numbered_day, numbered_day_and_time


@dataclass(frozen=True, slots=True)
class AddressCard:
    lines: tuple[str, ...]
    phone: str
    use: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    id: str
    text: str
    author: str
    when: str
    removable: bool


@dataclass(frozen=True, slots=True)
class StaffCustomer:
    """`deleted` is the day an account was deleted, empty for one that wasn't."""

    id: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    phone_href: str = ""
    roles: tuple[str, ...] = ()
    since: str = ""
    seen: str = ""
    signed_in: str = ""
    deleted: str = ""
    orders: int = 0
    spent: str = ""
    average: str = ""
    last_order: str = ""
    addresses: tuple[AddressCard, ...] = ()


def of_customer(
    user: User,
    roles: Iterable[Role],
    addresses: tuple[AddressCard, ...],
    *,
    seen: datetime,
    sessions: int,
    orders: int,
    spent: Iterable[Money],
    average: Iterable[Money],
    last_order: datetime | None,
) -> StaffCustomer:
    return StaffCustomer(
        id=str(user.id),
        name=name_of(user),
        email=user.email,
        phone=user.phone,
        phone_href="tel:" + "".join(sign for sign in user.phone if sign.isdigit() or sign == "+"),
        roles=roles_in_words(roles),
        since=day(user.created_at),
        seen=numbered_day_and_time(seen),
        signed_in=_devices(sessions),
        deleted=day(user.deleted_at) if user.deleted_at else "",
        orders=orders,
        spent=amounts(spent),
        average=amounts(average),
        last_order=numbered_day(last_order) if last_order else NOTHING,
        addresses=addresses,
    )


def address_cards(saved: Sequence[SavedAddress], latest: dict[str, Any] | None) -> tuple[AddressCard, ...]:
    """The address book, and where the latest order went if that isn't in it."""
    cards = [_card(each.address, _use(each)) for each in saved]
    if latest and all(_without_phone(each.address) != _without_phone(latest) for each in saved):
        cards.append(_card(latest, "From the latest order"))
    return tuple(cards)


def of_note(note: CustomerNote, *, removable: bool) -> NoteRow:
    return NoteRow(
        id=str(note.id),
        text=note.text,
        author=note.author,
        when=numbered_day_and_time(note.created_at),
        removable=removable,
    )


def _card(fields: dict[str, Any], use: str) -> AddressCard:
    address = Address.model_validate(fields)
    country = country_name(address.country)
    return AddressCard(lines=(*address.lines(), country), phone=address.phone, use=use)


def _use(saved: SavedAddress) -> str:
    uses = [
        word
        for word, used in (("delivery", saved.default_shipping), ("billing", saved.default_billing))
        if used
    ]
    return f"Default for {' and '.join(uses)}" if uses else ""


def _without_phone(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name != "phone"}


def _devices(sessions: int) -> str:
    if not sessions:
        return "not signed in"
    return "signed in on 1 device" if sessions == 1 else f"signed in on {sessions} devices"
