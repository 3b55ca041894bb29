"""Checkout: from a cart to a paid order, across the order and the payment service."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from uuid import UUID

from models.identity import STORE, Identity
from models.money import Money
from models.order import Order, OrderStatus
from services.cart import service as carts
from services.cart.service import owner_of
from services.errors import Conflict, Invalid
from services.identity import people
from services.order import service as orders
from services.order.service import CheckoutDetails, OrderView, OtherOrderPending
from services.payment import service as payments
from services.unit_of_work import UnitOfWork, unit_of_work
from services.wishlist import service as wishes


@dataclass(frozen=True, slots=True)
class Checkout:
    """What a shopper agreed to. `cart_id` None means the identity's open cart; `expected_total` is what was shown.

    `key` is the same when the same request is sent again: an order it has paid already is returned.
    """

    details: CheckoutDetails
    payment_method: str
    cart_id: UUID | None = None
    expected_total: Money | None = None
    key: str = ""

    @property
    def hashed_key(self) -> str | None:
        return hashlib.sha256(self.key.encode()).hexdigest() if self.key else None


async def check_out(identity: Identity, checkout: Checkout) -> OrderView:
    """Place the order and pay it; opens its own units of work. Asked again for the same cart, it goes on where it was.

    Raises Invalid, InsufficientStock, PriceChanged, NotFound, Conflict, PaymentDeclined (order and cart are kept) and
    Unavailable.
    """
    if not checkout.payment_method:
        raise Invalid("Please choose how to pay.", {"payment_method": "needed"})
    checkout = replace(checkout, details=orders.checked_details(checkout.details))
    try:
        begun = await _begin(identity, checkout)
    except OtherOrderPending as other:
        await _drop(other.order_id)
        begun = await _begin(identity, checkout)
    if isinstance(begun, OrderView):
        return begun
    return await payments.pay(begun.id, checkout.payment_method, identity)


async def bring_cart_along(uow: UnitOfWork, user_id: UUID, visitor: str, currency: str = "") -> None:
    """Somebody signed in: what this browser chose and wished for as a guest, and the order it has yet to pay, are the
    user's now, in `currency` if the person has chosen one."""
    await wishes.bring_along(uow, user_id, visitor)
    merged = await carts.merge_carts(uow, user_id, visitor, currency)
    if merged:
        await orders.follow_cart(uow, merged, user_id)


async def expire_order(order_id: UUID) -> None:
    """Give back the stock of an order that was not paid in time; a paid or cancelled one is left alone."""
    await payments.cancel_order(order_id, by=STORE, reason="not paid in time", only_unpaid=True)


async def _begin(identity: Identity, checkout: Checkout) -> Order | OrderView:
    """The order that is to be paid, or what came of it if this very request has paid it before."""
    async with unit_of_work() as uow:
        paid = await _already_paid(uow, identity, checkout)
        if paid:
            return paid
        await people.keep(uow, identity.user_id)
        cart = await carts.find_open_cart(uow, await _cart_id(uow, identity, checkout), identity)
        return await orders.place_order(
            uow, cart, identity, checkout.details, checkout.expected_total, checkout_key=checkout.hashed_key
        )


async def _already_paid(uow: UnitOfWork, identity: Identity, checkout: Checkout) -> OrderView | None:
    """The answer to this request was lost, and meanwhile the gateway has told that the order is paid."""
    if checkout.hashed_key is None:
        return None
    order = await orders.find_by_checkout_key(uow, checkout.hashed_key)
    if order is None or order.paid_at is None or not orders.is_buyer(order, identity):
        return None
    return await orders.view_order(uow, order)


async def _cart_id(uow: UnitOfWork, identity: Identity, checkout: Checkout) -> UUID:
    cart_id = checkout.cart_id or (await carts.view_cart(uow, owner_of(identity))).id
    if cart_id is None:
        raise Invalid("The cart is empty. Put something in it first.", code="cart_empty")
    return cart_id


async def _drop(order_id: UUID) -> None:
    closed = await payments.cancel_order(
        order_id, by=STORE, reason="replaced by a newer checkout", only_unpaid=True
    )
    if closed.order.status != OrderStatus.CANCELLED:
        raise Conflict(
            f"Your earlier order {closed.order.number} has been paid meanwhile. Look at it before you order again.",
            code="order_paid",
            order_id=str(closed.order.id),
        )
