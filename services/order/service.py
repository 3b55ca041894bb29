"""Orders: placing them, showing them, and moving them along."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict, EmailStr

from models.address import Address
from models.audit import AuditAction
from models.cart import Cart
from models.identity import Identity
from models.ids import now
from models.money import Money
from models.order import IllegalTransition, Order, OrderEvent, OrderEventKind, OrderItem, OrderStatus
from models.payment import Payment, Refund
from models.permissions import Permission
from models.pricing import Totals
from models.shipping import COUNTRIES, ShippingMethod, methods_for
from models.stock import StockLevel
from services import metrics
from services.audit import service as audit
from services.cart import service as carts
from services.cart.service import CartLine, CartView, LineProblem
from services.errors import Conflict, InsufficientStock, Invalid, NotFound, PriceChanged
from services.identity import people
from services.identity.access import require
from services.inventory import service as inventory
from services.order import repository
from services.order.repository import OrderFilter
from services.unit_of_work import UnitOfWork

EXPIRY_TASK = "checkout.expire_order"


class CheckoutDetails(BaseModel):
    """Who gets the parcel, where, and how."""

    model_config = ConfigDict(frozen=True)

    email: EmailStr
    shipping_address: Address
    shipping_method: str


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


@dataclass(frozen=True, slots=True)
class OrderPage:
    items: list[OrderSummary]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What staff see first. Days are UTC; revenue counts orders paid and not cancelled, delivery included."""

    orders_today: int
    revenue_today: Money
    awaiting_shipment: int
    revenue_by_day: tuple[tuple[date, Money], ...]
    low_stock: tuple[StockLevel, ...]


def shipping_method(country: str, code: str) -> ShippingMethod:
    """Raises Invalid when the country is not served or not by this method."""
    methods = methods_for(country)
    if not methods:
        raise Invalid("We don't deliver to this country yet.", {"shipping_address.country": "not served"})
    found = next((method for method in methods if method.code == code), None)
    if found is None:
        raise Invalid(
            f"Please choose a delivery method for {COUNTRIES[country]}.",
            {"shipping_method": f"one of {', '.join(method.code for method in methods)}"},
        )
    return found


def quote(cart: CartView, country: str, method_code: str) -> Totals:
    """What the cart costs delivered. Raises Invalid as shipping_method does."""
    method = shipping_method(country, method_code)
    return carts.totals_of(cart.lines, cart.currency, method.price(cart.totals.subtotal))


def fingerprint(cart: CartView, details: CheckoutDetails) -> str:
    """Identifies what would be ordered, at which prices, to whom and how."""
    lines = sorted((line.sku, line.quantity, line.unit_price.amount) for line in cart.lines)
    content = json.dumps([str(cart.id), lines, details.model_dump(mode="json")], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


async def find_pending(uow: UnitOfWork, cart_id: UUID) -> Order | None:
    """The order of a cart that still waits for its payment."""
    return await repository.find_pending(uow.session, cart_id)


async def find_by_checkout_key(uow: UnitOfWork, checkout_key: str) -> Order | None:
    return await repository.find_by_checkout_key(uow.session, checkout_key)


async def follow_cart(uow: UnitOfWork, merged: tuple[UUID, UUID], user_id: UUID) -> None:
    """A guest signed in: the order that waits for its payment goes along with the cart, and is the user's."""
    guest_cart, cart = merged
    await repository.move_pending(uow.session, guest_cart, cart, user_id)


async def place_order(
    uow: UnitOfWork,
    cart: Cart,
    identity: Identity,
    details: CheckoutDetails,
    expected_total: Money | None = None,
    *,
    checkout_key: str | None = None,
) -> Order:
    """Turn a cart into an order that waits for its payment, with its stock held.

    The same cart, details and prices give the same order again. The cart is kept until the order is paid.
    `checkout_key` finds the order again after an answer was lost. `cart` must be locked and open.
    Raises Invalid, PriceChanged (the total is not what the shopper saw), InsufficientStock, and Conflict (something in
    the cart is not sold any more, or another order of this cart waits for its payment), Unauthenticated (the account
    was deleted a moment ago).
    """
    await people.keep(uow, identity.user_id)
    view = await carts.view(uow, cart)
    totals = _checked_totals(view, details, expected_total)
    mark = fingerprint(view, details)
    pending = await repository.find_pending(uow.session, cart.id)
    if pending and pending.fingerprint == mark:
        pending.checkout_key = checkout_key or pending.checkout_key
        return pending
    if pending:
        raise Conflict("Another order of this cart waits for its payment.", code="order_pending")
    order = Order(
        number=await repository.next_number(uow.session),
        user_id=identity.user_id,
        visitor=identity.visitor,
        cart_id=cart.id,
        email=details.email,
        currency=view.currency,
        subtotal_amount=totals.subtotal.amount,
        discount_amount=totals.discount.amount,
        shipping_amount=totals.shipping.amount,
        tax_amount=totals.tax.amount,
        total_amount=totals.total.amount,
        shipping_address=details.shipping_address.model_dump(),
        shipping_method=details.shipping_method,
        fingerprint=mark,
        checkout_key=checkout_key,
    )
    items = [_item(order, line, position) for position, line in enumerate(view.lines)]
    payment = Payment(order_id=order.id, amount=order.total_amount, currency=order.currency)
    await repository.add(uow.session, order, items, payment)
    await inventory.hold(uow, cart.id, view.quantities())
    _note(uow, order, OrderEventKind.PLACED, actor="shopper")
    await uow.defer(
        EXPIRY_TASK, after=timedelta(minutes=uow.settings.order_payment_minutes), order_id=str(order.id)
    )
    return order


async def lock_order(uow: UnitOfWork, order_id: UUID) -> Order:
    """The order, kept from changing until the commit. Raises NotFound.

    Its cart is locked first, as everywhere; a sign-in meanwhile may have moved it to another one.
    """
    order = await _find(uow, order_id)
    cart_id = None
    while order.cart_id != cart_id:
        cart_id = order.cart_id
        await carts.lock_cart(uow, cart_id)
        order = await _find(uow, order_id, lock=True)
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
        _note(uow, order, OrderEventKind.PAYMENT_DECLINED, actor="gateway", message=reason)


async def mark_refunded(uow: UnitOfWork, order_id: UUID, amount: Money) -> None:
    """The gateway has given money back."""
    order = await lock_order(uow, order_id)
    _note(uow, order, OrderEventKind.REFUNDED, actor="gateway", message=amount.format())


async def mark_cancelled(uow: UnitOfWork, order: Order, *, by: Identity, reason: str) -> None:
    """Give the stock back: the held units of an unpaid order, the sold ones of a paid one. `order` must be locked.

    Raises Conflict when it has been shipped or cancelled already.
    """
    before = order.status
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


async def get_order(uow: UnitOfWork, order_id: UUID, identity: Identity) -> OrderView:
    """An order for its buyer or for staff who may see orders.

    A guest's order opens to whoever knows its unguessable id. Raises NotFound, also for somebody else's order, so that
    an answer tells nothing about orders of others; Forbidden for an API key without the scope.
    """
    _require_scope(identity)
    order = await repository.find(uow.session, order_id)
    if order is None or not may_see(order, identity):
        raise _unknown()
    return await view_order(uow, order)


def may_see(order: Order, identity: Identity) -> bool:
    return is_buyer(order, identity) or identity.may(Permission.VIEW_ORDERS)


def is_buyer(order: Order, identity: Identity) -> bool:
    """A guest's order is its browser's, and that of whoever knows its unguessable id; but staff see the ids of all.

    An API key buys nothing, so none is its own.
    """
    if identity.is_api_key:
        return False
    if order.user_id is not None:
        return order.user_id == identity.user_id
    same_browser = bool(order.visitor) and order.visitor == identity.visitor
    return same_browser or not identity.may(Permission.VIEW_ORDERS)


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


async def list_orders(
    uow: UnitOfWork,
    identity: Identity,
    *,
    status: str = "",
    limit: int = 24,
    offset: int = 0,
    cursor: str = "",
) -> OrderPage:
    """One's own orders, newest first: those of the account, or for a guest those of this browser.

    Raises Forbidden for an API key without the scope for orders: it has none of its own.
    """
    _require_scope(identity)
    if not identity.user_id and not identity.visitor:
        return OrderPage([], 0, None)
    wanted = OrderFilter(user_id=identity.user_id, visitor=identity.visitor, status=status)
    return await _page(uow, wanted, limit, offset, cursor)


async def list_all_orders(
    uow: UnitOfWork, *, status: str = "", text: str = "", limit: int = 24, offset: int = 0, cursor: str = ""
) -> OrderPage:
    """Everybody's orders for staff; the caller has checked the permission. `text` matches number or e-mail."""
    return await _page(uow, OrderFilter(status=status, text=text), limit, offset, cursor)


def _require_scope(identity: Identity) -> None:
    if identity.is_api_key:
        require(identity, Permission.VIEW_ORDERS)


async def counts_by_status(uow: UnitOfWork) -> dict[str, int]:
    return await repository.counts_by_status(uow.session)


async def todays_figures(uow: UnitOfWork, *, days: int = 14) -> Figures:
    """The store's day so far and the days before it."""
    currency = uow.settings.currency
    today = now().date()
    first = today - timedelta(days=days - 1)
    revenue = await repository.revenue_by_day(uow.session, datetime.combine(first, time(), UTC), currency)
    series = [first + timedelta(days=index) for index in range(days)]
    counts = await repository.counts_by_status(uow.session)
    orders_today, amount_today = revenue.get(today, (0, 0))
    return Figures(
        orders_today=orders_today,
        revenue_today=Money(amount_today, currency),
        awaiting_shipment=counts.get(OrderStatus.PAID, 0),
        revenue_by_day=tuple((day, Money(revenue.get(day, (0, 0))[1], currency)) for day in series),
        low_stock=tuple(await inventory.low_levels(uow)),
    )


async def _page(uow: UnitOfWork, wanted: OrderFilter, limit: int, offset: int, cursor: str) -> OrderPage:
    if cursor:
        wanted = OrderFilter(wanted.user_id, wanted.visitor, wanted.status, wanted.text, _cursor_id(cursor))
    orders = await repository.page(uow.session, wanted, limit + 1, offset)
    shown = orders[:limit]
    items = await repository.items(uow.session, [order.id for order in shown]) if shown else []
    summaries = [
        OrderSummary(order, tuple(item for item in items if item.order_id == order.id)) for order in shown
    ]
    more = len(orders) > limit
    return OrderPage(
        summaries, await repository.count(uow.session, wanted), str(shown[-1].id) if more and shown else None
    )


def _cursor_id(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise Invalid("This cursor is not one of ours.", {"cursor": "take it from next_cursor"}) from None


def _checked_totals(view: CartView, details: CheckoutDetails, expected_total: Money | None) -> Totals:
    if view.is_empty:
        raise Invalid("The cart is empty. Put something in it first.", code="cart_empty")
    gone = [line for line in view.lines if line.problem is LineProblem.UNAVAILABLE]
    if gone:
        raise Conflict(
            "Something in your cart is not sold any more. Please take it out and try again.",
            code="item_unavailable",
            skus=[line.sku for line in gone],
        )
    short = {line.sku: line.available for line in view.lines if not line.sellable}
    if short:
        raise InsufficientStock(
            "Part of your cart is no longer in stock. Please adjust it and try again.", short
        )
    totals = quote(view, details.shipping_address.country, details.shipping_method)
    seen = all(line.unit_price == line.seen_price for line in view.lines)
    if (expected_total is None and not seen) or (
        expected_total is not None and expected_total != totals.total
    ):
        raise PriceChanged(
            f"A price has changed since you last looked: the total is now {totals.total.format()}.",
            total={"amount": totals.total.amount, "currency": totals.total.currency},
        )
    return totals


def _item(order: Order, line: CartLine, position: int) -> OrderItem:
    assert line.product and line.variant  # noqa: S101, PT018 - a sellable line has both
    images = line.product.images_for(line.variant.options)
    return OrderItem(
        order_id=order.id,
        sku=line.sku,
        position=position,
        product_slug=line.product.slug,
        title=line.product.title,
        options=line.variant.options,
        image_url=images[0].url if images else "",
        unit_price_amount=line.unit_price.amount,
        quantity=line.quantity,
        ships_in_days=line.ships_in_days,
    )


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
    _note(uow, order, kind, actor=actor, message=message)


def _note(uow: UnitOfWork, order: Order, kind: OrderEventKind, *, actor: str, message: str = "") -> None:
    event = OrderEvent(order_id=order.id, kind=kind.value, actor=actor, message=message)
    repository.add_event(uow.session, event)


def _audit(
    uow: UnitOfWork, action: AuditAction, by: Identity, order: Order, before: Mapping[str, str]
) -> None:
    """Whoever may manage orders answers for what happens to them, their own included; other buyers don't."""
    if by.may(Permission.MANAGE_ORDERS):
        after = {name: getattr(order, name) for name in before}
        audit.record(uow, action, by, order.id, order.number, before=before, after=after)


async def _find(uow: UnitOfWork, order_id: UUID, *, lock: bool = False) -> Order:
    order = await repository.find(uow.session, order_id, lock=lock)
    if order is None:
        raise _unknown()
    return order


def _unknown() -> NotFound:
    return NotFound(
        "There is no such order, or it belongs to somebody else. Sign in with the account you used."
    )


async def list_orders_of(uow: UnitOfWork, user_id: UUID, *, limit: int = 24, offset: int = 0) -> OrderPage:
    """An account's orders for staff, newest first; the caller has checked the permission."""
    return await _page(uow, OrderFilter(user_id=user_id), limit, offset, "")


async def list_guest_orders(uow: UnitOfWork, email: str, *, limit: int = 24) -> OrderPage:
    """What guests ordered with this e-mail address, for staff, newest first. Nobody checked that it was theirs."""
    if not email:
        return OrderPage([], 0, None)
    return await _page(uow, OrderFilter(guest_email=email), limit, 0, "")
