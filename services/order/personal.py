"""What somebody has ordered: shown to them whole, and kept without them once their account is deleted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from models.order import Order, OrderStatus
from services.order import personal_repository, repository
from services.order.service import OrderView
from services.unit_of_work import UnitOfWork

OPEN = (OrderStatus.PENDING_PAYMENT.value, OrderStatus.PAID.value)
"""Not on its way yet: the address, or the means to give the money back, is still needed."""
_WORDED_BY_THE_STORE = ("store", "gateway")
"""Actors whose reasons are fixed sentences; anybody else's were typed."""


async def orders_of(uow: UnitOfWork, user_id: UUID) -> list[OrderView]:
    """All of an account, newest first, with all that belongs to them; the same few queries for any number."""
    session = uow.session
    orders = await personal_repository.orders(session, user_id)
    ids = [order.id for order in orders]
    items = await repository.items(session, ids)
    events = await personal_repository.events(session, ids)
    payments = {payment.order_id: payment for payment in await personal_repository.payments(session, ids)}
    refunds = await personal_repository.refunds(session, [payment.id for payment in payments.values()])
    return [
        OrderView(
            order=order,
            items=tuple(item for item in items if item.order_id == order.id),
            events=tuple(event for event in events if event.order_id == order.id),
            payment=payments[order.id],
            refunds=tuple(refund for refund in refunds if refund.payment_id == payments[order.id].id),
        )
        for order in orders
    ]


async def open_orders_of(uow: UnitOfWork, user_id: UUID) -> list[Order]:
    """Those that wait for their payment or for their parcel, newest first."""
    return await personal_repository.orders(uow.session, user_id, OPEN)


async def lock_orders_of(uow: UnitOfWork, user_id: UUID) -> list[Order]:
    """All of an account, kept from changing until the commit; their carts must be locked."""
    return await personal_repository.orders(uow.session, user_id, lock=True)


async def anonymise(uow: UnitOfWork, orders: Sequence[Order], names: Collection[str]) -> None:
    """Take out of orders, which must be locked, who placed them, and what was typed; `names` are the buyer's."""
    for order in orders:
        order.anonymise()
    ids = [order.id for order in orders]
    await personal_repository.clear_reasons(uow.session, ids, _WORDED_BY_THE_STORE)
    await personal_repository.rename_actors(uow.session, ids, names, to="shopper")
