"""What accounts have bought, for the customers' pages.

Four functions give relations: queries of other services may join them, what they are made of stays in this service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.money import Money
from services.order import buyer_repository
from services.order.buyer_repository import Known
from services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Spending:
    """Orders in one currency that were paid and not cancelled, and what they cost, delivery included, less what was
    given back."""

    orders: int
    total: Money

    @property
    def average(self) -> Money:
        """Rounded half up to the minor unit."""
        return Money((2 * self.total.amount + self.orders) // (2 * self.orders), self.total.currency)


@dataclass(frozen=True, slots=True)
class Purchases:
    """`last_order_at` counts any order, also one that was never paid."""

    spending: tuple[Spending, ...] = ()
    last_order_at: datetime | None = None

    @property
    def orders(self) -> int:
        return sum(each.orders for each in self.spending)


NO_PURCHASES = Purchases()


async def purchases_of(uow: UnitOfWork, user_ids: Sequence[UUID]) -> dict[UUID, Purchases]:
    """By account; accounts that never ordered are not in it."""
    found: dict[UUID, Purchases] = {}
    for row in await buyer_repository.purchases(uow.session, user_ids):
        known = found.get(row.user_id, NO_PURCHASES)
        spending = (Spending(row.orders, Money(row.spent, row.currency)),) if row.orders else ()
        latest = max(row.last_order_at, known.last_order_at or row.last_order_at)
        found[row.user_id] = Purchases((*known.spending, *spending), latest)
    return found


def totals(currency: str) -> sa.Subquery:
    """A relation of accounts that bought in `currency`: `user_id`, `orders`, `spent` (minor units)."""
    return buyer_repository.totals(currency)


def buyers_found_by(text: str) -> sa.Select[Any]:
    """A relation of accounts: one column, those with an order of this number, or sent to such a postcode."""
    return buyer_repository.buyers_found_by(text)


def earlier_orders(
    user_id: Known[UUID] | None, email: Known[str], cart_id: Known[UUID] | None
) -> sa.Select[Any]:
    """A relation of orders, one column: those that count as a buyer's earlier ones, as an account or under their e-mail
    address. Not what was cancelled, nor what the cart that is being bought waits to be paid for already."""
    return buyer_repository.earlier_orders(user_id, email, cart_id)


def waiting_order(cart_id: Known[UUID] | None) -> sa.Select[Any]:
    """A relation of orders, one column: what this cart waits to be paid for."""
    return buyer_repository.waiting_order(cart_id)
