"""Customers in the staff list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from models.identity import User
from models.money import Money
from models.permissions import Role
from store_app.view_models.dates import numbered_day

ROLE_LABELS: dict[Role, str] = {
    Role.SUPPORT: "Support",
    Role.ORDER_MANAGER: "Order manager",
    Role.CATALOG_MANAGER: "Catalogue manager",
    Role.ADMIN: "Administrator",
}
DELETED = "Deleted customer"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """`roles` are in words; `email` is empty where it stands for the name."""

    id: str
    name: str
    email: str
    roles: tuple[str, ...]
    joined: str
    seen: str
    orders: int
    spent: str
    last_order: str


def name_of(user: User) -> str:
    if user.deleted_at is not None:
        return DELETED
    return user.display_name or user.email or "Customer without a name"


def roles_in_words(roles: Iterable[Role]) -> tuple[str, ...]:
    return tuple(ROLE_LABELS[role] for role in Role if role in set(roles))


def amounts(sums: Iterable[Money]) -> str:
    """One sum for each currency."""
    return " + ".join(each.format() for each in sums) or NOTHING


def of_row(
    user: User,
    roles: Iterable[Role],
    *,
    seen: datetime,
    orders: int,
    spent: Iterable[Money],
    last_order: datetime | None,
) -> CustomerRow:
    return CustomerRow(
        id=str(user.id),
        name=name_of(user),
        email=user.email if user.display_name else "",
        roles=roles_in_words(roles),
        joined=numbered_day(user.created_at),
        seen=numbered_day(seen),
        orders=orders,
        spent=amounts(spent),
        last_order=numbered_day(last_order) if last_order else NOTHING,
    )
