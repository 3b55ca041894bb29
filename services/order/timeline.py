"""The timeline of an order: what happened to it, by whom."""

from __future__ import annotations

from models.order import Order, OrderEvent, OrderEventKind
from services.order import repository
from services.unit_of_work import UnitOfWork


def note(uow: UnitOfWork, order: Order, kind: OrderEventKind, *, actor: str, message: str = "") -> None:
    event = OrderEvent(order_id=order.id, kind=kind.value, actor=actor, message=message)
    repository.add_event(uow.session, event)
