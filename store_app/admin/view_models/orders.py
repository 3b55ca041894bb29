"""Orders in the staff list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.address import DELETED_CUSTOMER
from models.order import Order, OrderItem, OrderStatus
from store_app.view_models.dates import day_and_time

STATUS_LABELS: dict[str, str] = {
    OrderStatus.PENDING_PAYMENT: "Awaiting payment",
    OrderStatus.PAID: "To ship",
    OrderStatus.SHIPPED: "Shipped",
    OrderStatus.DELIVERED: "Delivered",
    OrderStatus.CANCELLED: "Cancelled",
}
STATUS_TONES: dict[str, str] = {
    OrderStatus.PENDING_PAYMENT: "warning",
    OrderStatus.PAID: "accent",
    OrderStatus.SHIPPED: "plain",
    OrderStatus.DELIVERED: "success",
    OrderStatus.CANCELLED: "error",
}


@dataclass(frozen=True, slots=True)
class OrderRow:
    id: str
    number: str
    placed: str
    email: str
    units: int
    total: str
    label: str
    tone: str


def of_row(order: Order, items: Sequence[OrderItem]) -> OrderRow:
    return OrderRow(
        id=str(order.id),
        number=order.number,
        placed=day_and_time(order.placed_at),
        email=order.email or DELETED_CUSTOMER,
        units=sum(item.quantity for item in items),
        total=order.total.format(),
        label=STATUS_LABELS[order.status],
        tone=STATUS_TONES[order.status],
    )
