"""An order with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from models.order import Order, OrderEvent, OrderItem
from models.payment import Payment, Refund
from services.order import repository
from services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class OrderView:
    order: Order
    items: tuple[OrderItem, ...]
    events: tuple[OrderEvent, ...]
    payment: Payment
    refunds: tuple[Refund, ...]


@dataclass(frozen=True, slots=True)
class OrderSummary:
    order: Order
    items: tuple[OrderItem, ...]


async def view_order(uow: UnitOfWork, order: Order) -> OrderView:
    """An order with all that belongs to it."""
    await uow.session.flush()
    payment = await repository.payment(uow.session, order.id)
    return OrderView(
        order=order,
        items=tuple(await repository.items(uow.session, [order.id])),
        events=tuple(await repository.events(uow.session, order.id)),
        payment=payment,
        refunds=tuple(await repository.refunds(uow.session, payment.id)),
    )
