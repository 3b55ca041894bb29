"""What happened to an order, as a way in three steps and as a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.order import Order, OrderEvent, OrderEventKind, OrderStatus
from store_app.view_models.dates import day_and_time, short_day

_MILESTONES = (
    (OrderEventKind.PAID, "Paid"),
    (OrderEventKind.SHIPPED, "On its way"),
    (OrderEventKind.DELIVERED, "Delivered"),
)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of an order's way; `state` is done, next or later."""

    label: str
    when: str
    state: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    text: str
    detail: str
    when: str


def of_milestones(order: Order, events: Sequence[OrderEvent]) -> tuple[Milestone, ...]:
    """The way of an order that is going its way; none for a cancelled one."""
    if order.status == OrderStatus.CANCELLED:
        return ()
    reached = {event.kind: short_day(event.created_at) for event in events}
    following = next((kind for kind, _ in _MILESTONES if kind not in reached), None)
    return tuple(
        Milestone(
            label,
            reached.get(kind, ""),
            "done" if kind in reached else "next" if kind == following else "later",
        )
        for kind, label in _MILESTONES
    )


def of_event(event: OrderEvent) -> TimelineEntry:
    text = {
        OrderEventKind.PLACED: "Order placed",
        OrderEventKind.PAYMENT_DECLINED: "A card was declined",
        OrderEventKind.PAID: "Payment received",
        OrderEventKind.SHIPPED: "Handed to the carrier",
        OrderEventKind.DELIVERED: "Delivered",
        OrderEventKind.CANCELLED: "Cancelled",
        OrderEventKind.REFUNDED: "Money returned",
    }[OrderEventKind(event.kind)]
    return TimelineEntry(text, _event_detail(event), day_and_time(event.created_at))


def _event_detail(event: OrderEvent) -> str:
    if event.kind == OrderEventKind.SHIPPED:
        return f"Tracking number {event.message}" if event.message else ""
    if event.kind == OrderEventKind.PAYMENT_DECLINED:
        return "Nothing was charged."
    if event.kind == OrderEventKind.REFUNDED:
        return f"{event.message} on its way to your card"
    return ""
