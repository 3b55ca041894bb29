"""Queries of orders by the account that placed them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from models.address import postcode_start
from models.order import NUMBER_PREFIX, POSTCODE, Order, OrderStatus

Value = TypeVar("Value")
Known: TypeAlias = Value | sa.BindParameter[Value]
"""A value, or the place for it in a statement that is put together once."""


class PurchaseRow(NamedTuple):
    user_id: UUID
    currency: str
    orders: int
    spent: int
    last_order_at: datetime


async def purchases(session: AsyncSession, user_ids: Sequence[UUID]) -> list[PurchaseRow]:
    """One row for each account and currency."""
    account, currency = col(Order.user_id), col(Order.currency)
    query: Any = (
        sa.select(
            account,
            currency,
            sa.func.count().filter(_bought()),
            sa.func.coalesce(sa.func.sum(_kept()).filter(_bought()), 0),
            sa.func.max(col(Order.placed_at)),
        )
        .where(account.in_(user_ids))
        .group_by(account, currency)
        .order_by(currency)
    )
    rows = await session.exec(query)
    return [PurchaseRow(user, code, number, int(spent), at) for user, code, number, spent, at in rows]


def totals(currency: str) -> sa.Subquery:
    account = col(Order.user_id)
    return (
        sa.select(
            account.label("user_id"),
            sa.func.count().label("orders"),
            sa.cast(sa.func.sum(_kept()), sa.BigInteger).label("spent"),
        )
        .where(account.is_not(None), col(Order.currency) == currency, _bought())
        .group_by(account)
        .subquery("totals")
    )


def buyers_found_by(text: str) -> sa.Select[Any]:
    number = text.strip().upper()
    found: sa.ColumnElement[bool] = col(Order.number).in_([number, f"{NUMBER_PREFIX}{number}"])
    if start := postcode_start(text):
        found |= sa.literal_column(POSTCODE, sa.Text).startswith(start)
    return sa.select(col(Order.user_id)).where(col(Order.user_id).is_not(None), found)


def earlier_orders(
    user_id: Known[UUID] | None, email: Known[str], cart_id: Known[UUID] | None
) -> sa.Select[Any]:
    theirs: list[sa.ColumnElement[bool]] = []
    if user_id is not None:
        theirs.append(col(Order.user_id) == user_id)
    if isinstance(email, sa.BindParameter) or email:
        theirs.append(sa.func.lower(col(Order.email)) == sa.func.lower(email))
    waits = (col(Order.cart_id) == cart_id) & (col(Order.status) == OrderStatus.PENDING_PAYMENT.value)
    return sa.select(col(Order.id)).where(
        sa.or_(sa.false(), *theirs), col(Order.status) != OrderStatus.CANCELLED.value, sa.not_(waits)
    )


def waiting_order(cart_id: Known[UUID] | None) -> sa.Select[Any]:
    return sa.select(col(Order.id)).where(
        col(Order.cart_id) == cart_id, col(Order.status) == OrderStatus.PENDING_PAYMENT.value
    )


def _bought() -> sa.ColumnElement[bool]:
    return col(Order.paid_at).is_not(None) & (col(Order.status) != OrderStatus.CANCELLED.value)


def _kept() -> sa.ColumnElement[int]:
    """What an order cost, less what was given back."""
    return col(Order.total_amount) - col(Order.refunded_amount)
