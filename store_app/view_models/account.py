"""What one's own account shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.account import SavedAddress
from models.address import Address
from models.address_form import is_known
from models.identity import User, UserSession
from models.order import Order, OrderStatus
from store_app.view_models.checkout import of_address
from store_app.view_models.dates import ago, day, full_date_and_time
from store_app.view_models.devices import device_of
from store_app.view_models.order import STATUS_LABELS, STATUS_TONES


@dataclass(frozen=True, slots=True)
class ProfileView:
    """`account_url` is where the sign-in service lets people change what it keeps; empty when nobody told."""

    name: str = ""
    phone: str = ""
    email: str = ""
    since: str = ""
    account_url: str = ""


@dataclass(frozen=True, slots=True)
class AddressCard:
    """`label` tells the buttons of several addresses apart for those who hear them."""

    id: str
    lines: tuple[str, ...]
    phone: str
    label: str
    default_shipping: bool
    default_billing: bool


@dataclass(frozen=True, slots=True)
class AddressDraft:
    """An address as it was typed so far, right or wrong."""

    country: str = "GB"
    name: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    phone: str = ""
    default_shipping: bool = False
    default_billing: bool = False


@dataclass(frozen=True, slots=True)
class AddressChoice:
    """A saved address among which the checkout lets one choose."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class SessionCard:
    """A signed-in browser; `here` is the one that shows this. `seen_at` is ISO 8601."""

    id: str
    device: str
    address: str
    seen: str
    seen_at: str
    seen_exactly: str
    since: str
    here: bool


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order that an account still needs, and what would settle it."""

    number: str
    href: str
    label: str
    tone: str
    way_out: str


def of_profile(user: User, account_url: str) -> ProfileView:
    return ProfileView(
        name=user.preferred_name or user.name,
        phone=user.phone,
        email=user.email,
        since=day(user.created_at),
        account_url=account_url,
    )


def of_saved(saved: SavedAddress) -> AddressCard:
    address = Address.kept(saved.address)
    return AddressCard(
        id=str(saved.id),
        lines=tuple(of_address(address)),
        phone=address.phone,
        label=label_of(address),
        default_shipping=saved.default_shipping,
        default_billing=saved.default_billing,
    )


def draft_of(saved: SavedAddress) -> AddressDraft:
    """One in a country that the form doesn't know starts with the form's usual country."""
    fields = Address.chosen(saved.address).model_dump()
    if not is_known(fields["country"]):
        fields["country"] = AddressDraft().country
    return AddressDraft(
        **fields,
        default_shipping=saved.default_shipping,
        default_billing=saved.default_billing,
    )


def label_of(address: Address) -> str:
    """Ada Moss, 1 Quay Street, Bristol"""
    return f"{address.name}, {address.line1}, {address.city}"


def of_sessions(sessions: Sequence[UserSession], here: UUID | None, at: datetime) -> list[SessionCard]:
    """This browser's first, then as they are given."""
    cards = [_of_session(session, here, at) for session in sessions]
    return sorted(cards, key=lambda card: not card.here)


def of_obstacle(order: Order) -> OpenOrder:
    unpaid = order.status == OrderStatus.PENDING_PAYMENT
    return OpenOrder(
        number=order.number,
        href=f"/order/{order.id}",
        label=STATUS_LABELS[order.status],
        tone=STATUS_TONES[order.status],
        way_out="Pay it or cancel it." if unpaid else "Wait until it is on its way, or cancel it.",
    )


def _of_session(session: UserSession, here: UUID | None, at: datetime) -> SessionCard:
    return SessionCard(
        id=str(session.id),
        device=device_of(session.user_agent),
        address=session.address or "Unknown network address",
        seen=ago(session.last_seen_at, at),
        seen_at=session.last_seen_at.isoformat(),
        seen_exactly=full_date_and_time(session.last_seen_at),
        since=day(session.created_at),
        here=session.id == here,
    )
