"""What happens to an order: paid, refused, shipped, delivered, cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from models.audit import AuditAction
from models.identity import Identity
from models.ids import now
from models.money import Money
from models.order import IllegalTransition, Order, OrderEventKind, OrderStatus
from models.permissions import Permission
from services import metrics
from services.audit import service as audit
from services.cart import service as carts
from services.errors import Conflict, Invalid
from services.inventory import service as inventory
from services.live import topics
from services.order import repository
from services.order.reading import find_order
from services.order.timeline import note
from services.order.views import OrderView, view_order
from services.promotion import service as promotions
from services.unit_of_work import UnitOfWork


async def lock_order(uow: UnitOfWork, order_id: UUID) -> Order:
    """The order, kept from changing until the commit. Raises NotFound.

    Its cart is locked first, as everywhere; a sign-in meanwhile may have moved it to another one.
    """
    order = await find_order(uow, order_id)
    cart_id = None
    while order.cart_id != cart_id:
        cart_id = order.cart_id
        await carts.lock_cart(uow, cart_id)
        order = await find_order(uow, order_id, lock=True)
    return order


async def mark_paid(uow: UnitOfWork, order: Order) -> None:
    """The money is there: the held stock is sold and the cart gives up what was ordered. `order` must be locked."""
    _move(uow, order, OrderStatus.PAID, OrderEventKind.PAID, actor="gateway")
    items = await repository.items(uow.session, [order.id])
    quantities = {item.sku: item.quantity for item in items}
    await inventory.sell(uow, order.cart_id, order_id=order.id)
    await carts.take_ordered(uow, order.cart_id, quantities)
    await uow.defer("notification.order_confirmation", order_id=str(order.id))
    await uow.defer("catalog.record_sales", order_id=str(order.id), quantities=quantities)


async def mark_declined(uow: UnitOfWork, order: Order, reason: str, *, attempt: int) -> None:
    """A card was refused; the order waits for another try. The timeline shows each attempt once."""
    told = [
        event
        for event in await repository.events(uow.session, order.id)
        if event.kind == OrderEventKind.PAYMENT_DECLINED
    ]
    if len(told) < attempt:
        note(uow, order, OrderEventKind.PAYMENT_DECLINED, actor="gateway", message=reason)


def count_refund(uow: UnitOfWork, order: Order, amount: int) -> None:
    """So much (minor units) more of an order is to be given back; less, when that failed. `order` must be locked."""
    order.refunded_amount += amount
    order.version += 1
    order.updated_at = now()
    uow.announce(topics.order(order.id))


def audit_refund(uow: UnitOfWork, order: Order, amount: Money, by: Identity) -> None:
    """Staff have begun to give back a part of what was paid."""
    before, after = Money(order.refunded_amount - amount.amount, order.currency), order.refunded_amount
    told = {"before": {"refunded": before}, "after": {"refunded": Money(after, order.currency)}}
    audit.record(uow, AuditAction.ORDER_REFUNDED, by, order.id, order.number, **told)


def mark_refunded(uow: UnitOfWork, order: Order, amount: Money) -> None:
    """The gateway has given money back."""
    note(uow, order, OrderEventKind.REFUNDED, actor="gateway", message=amount.format())


async def mark_cancelled(uow: UnitOfWork, order: Order, *, by: Identity, reason: str) -> None:
    """Give the stock back: the held units of an unpaid order, the sold ones of a paid one; and its promotions, for
    others to use. `order` must be locked.

    Raises Conflict when it has been shipped or cancelled already.
    """
    before = order.status
    await promotions.give_back(uow, order.id)
    order.checkout_key = None
    _move(uow, order, OrderStatus.CANCELLED, OrderEventKind.CANCELLED, actor=by.signature, message=reason)
    _audit(uow, AuditAction.ORDER_CANCELLED, by, order, {"status": before})
    if before == OrderStatus.PAID:
        items = await repository.items(uow.session, [order.id])
        quantities = {item.sku: item.quantity for item in items}
        await inventory.restock(uow, quantities, holder_id=order.cart_id, by=by, order_id=order.id)
    else:
        await inventory.release(uow, order.cart_id)


async def ship(uow: UnitOfWork, order_id: UUID, *, tracking: str, by: Identity) -> OrderView:
    """The parcel left. Raises NotFound, Conflict (not paid, or shipped already), Invalid."""
    if len(tracking) > 120:
        raise Invalid("The tracking number is too long.", {"tracking": "120 characters at most"})
    order = await lock_order(uow, order_id)
    before = {"status": order.status, "tracking": order.tracking}
    order.tracking = tracking.strip()
    _move(uow, order, OrderStatus.SHIPPED, OrderEventKind.SHIPPED, actor=by.signature, message=order.tracking)
    _audit(uow, AuditAction.ORDER_SHIPPED, by, order, before)
    await uow.defer("notification.order_shipped", order_id=str(order.id))
    return await view_order(uow, order)


async def deliver(uow: UnitOfWork, order_id: UUID, *, by: Identity) -> OrderView:
    """The parcel arrived. Raises NotFound, Conflict (not shipped)."""
    order = await lock_order(uow, order_id)
    before = {"status": order.status}
    _move(uow, order, OrderStatus.DELIVERED, OrderEventKind.DELIVERED, actor=by.signature)
    _audit(uow, AuditAction.ORDER_DELIVERED, by, order, before)
    return await view_order(uow, order)


async def follow_cart(uow: UnitOfWork, merged: tuple[UUID, UUID], user_id: UUID) -> None:
    """A guest signed in: the order that waits for its payment goes along with the cart, and is the user's."""
    guest_cart, cart = merged
    await repository.move_pending(uow.session, guest_cart, cart, user_id)


def _move(
    uow: UnitOfWork, order: Order, status: OrderStatus, kind: OrderEventKind, *, actor: str, message: str = ""
) -> None:
    try:
        order.move_to(status)
    except IllegalTransition as error:
        raise Conflict(
            f"Order {order.number} is {order.status.replace('_', ' ')}, so this is not possible any more.",
            code="illegal_transition",
        ) from error
    metrics.ORDERS.labels(status.value).inc()
    note(uow, order, kind, actor=actor, message=message)


def _audit(
    uow: UnitOfWork, action: AuditAction, by: Identity, order: Order, before: Mapping[str, str]
) -> None:
    """Whoever may manage orders answers for what happens to them, their own included; other buyers don't."""
    if by.may(Permission.MANAGE_ORDERS):
        after = {name: getattr(order, name) for name in before}
        audit.record(uow, action, by, order.id, order.number, before=before, after=after)
