"""Payments: an order is charged through one payment intent, which the gateway lets succeed once.

No transaction is open while the gateway is asked. Whatever happens between two lines here, `settle` brings the order in
step with the gateway later: it runs as a job some time after each try, and whenever a webhook comes in.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog

from models.identity import GATEWAY, Identity
from models.ids import now
from models.money import Money
from models.order import Order, OrderStatus
from models.payment import Payment, PaymentStatus
from services import metrics
from services.errors import Conflict, NotFound, PaymentDeclined, PreconditionFailed
from services.live import topics
from services.order import service as orders
from services.order.service import OrderView
from services.payment import gateway, repository
from services.payment.gateway import Intent
from services.payment.refunding import owe, refund, refund_order
from services.settings import settings
from services.unit_of_work import UnitOfWork, unit_of_work

__all__ = [
    "cancel_order",
    "forget_old_webhooks",
    "pay",
    "record",
    "refund",
    "refund_order",
    "settle",
    "shopper_message",
]

log = structlog.get_logger()

SETTLE_TASK = "payment.settle"
MAX_ATTEMPTS = 10
"""Cards tried on one order; more would be testing cards, not paying."""
SETTLE_AFTER = timedelta(seconds=45)
WEBHOOKS_REMEMBERED = timedelta(days=90)
"""A gateway repeats an event for days; later it would be harmless, as only the gateway's answer counts."""
_CONFIRMABLE = (PaymentStatus.REQUIRES_PAYMENT_METHOD, PaymentStatus.REQUIRES_ACTION)
"""A shopper who left the bank's question unanswered may take another card."""
_UNCONFIRMED = "Your bank didn't confirm the payment. Nothing was charged: try again or use another card."


async def pay(order_id: UUID, payment_method: str, identity: Identity) -> OrderView:
    """Charge an order to a payment method (the gateway's token for a card). Opens its own units of work.

    An order that is paid already is returned as it is. Raises NotFound, Conflict (cancelled), PaymentDeclined (the
    order waits for another try) and Unavailable (the gateway gave no answer: the order is settled later).
    """
    async with unit_of_work() as uow:
        order, payment = await _begin_attempt(uow, order_id, identity)
        if order.status != OrderStatus.PENDING_PAYMENT:
            return await orders.view_order(uow, order)
    intent = await _intent_of(order, payment, first_attempt=payment.attempts == 1)
    if intent.status in _CONFIRMABLE:
        return_url = f"{settings().public_url}/checkout/return?order={order.id}"
        intent = await gateway.confirm_intent(intent.id, payment_method, return_url)
    view = await record(order_id, intent)
    if intent.decline_code and intent.status is PaymentStatus.REQUIRES_PAYMENT_METHOD:
        raise PaymentDeclined(
            shopper_message(intent.decline_code), decline_code=intent.decline_code, order_id=str(order_id)
        )
    if view.order.status == OrderStatus.CANCELLED:
        raise _cancelled(view.order)
    return view


async def settle(order_id: UUID) -> OrderView:
    """Bring an order in step with its intent at the gateway. Doing it again changes nothing. Raises Unavailable."""
    async with unit_of_work() as uow:
        order = await orders.find_order(uow, order_id)
        payment = await orders.payment_of(uow, order_id)
        untouched = payment.attempts == 0 and payment.intent_id is None
        if untouched or payment.status == PaymentStatus.SUCCEEDED:
            return await orders.view_order(uow, order)
    return await record(order_id, await _intent_of(order, payment))


async def record(order_id: UUID, intent: Intent) -> OrderView:
    """Write down what the gateway says of an order's intent."""
    async with unit_of_work() as uow:
        order = await orders.lock_order(uow, order_id)
        payment = await orders.payment_of(uow, order_id)
        await _record(uow, order, payment, intent)
        return await orders.view_order(uow, order)


async def cancel_order(
    order_id: UUID,
    *,
    by: Identity,
    reason: str,
    expected_version: int | None = None,
    only_unpaid: bool = False,
) -> OrderView:
    """Cancel an order; money that was taken is given back, but with `only_unpaid` a paid order is left alone, also one
    that was paid a moment ago.

    An unpaid order is closed at the gateway first, so that nobody can pay it afterwards. Should it turn out to be paid,
    it stays so and is returned as paid to the caller. Raises NotFound, Conflict (shipped or cancelled), Unavailable,
    and PreconditionFailed when the order is not at `expected_version`.
    """
    async with unit_of_work() as uow:
        order = await orders.lock_order(uow, order_id)
        if expected_version is not None and order.version != expected_version:
            raise PreconditionFailed("Somebody changed this order meanwhile. Look at it again first.")
        if only_unpaid and order.status != OrderStatus.PENDING_PAYMENT:
            return await orders.view_order(uow, order)
        payment = await orders.payment_of(uow, order_id)
        if order.status != OrderStatus.PENDING_PAYMENT:
            await orders.mark_cancelled(uow, order, by=by, reason=reason)
            await owe(uow, order, payment, reason)
            return await orders.view_order(uow, order)
        if payment.attempts == 0:
            await orders.mark_cancelled(uow, order, by=by, reason=reason)
            payment.status = PaymentStatus.CANCELED
            return await orders.view_order(uow, order)
    intent = await gateway.cancel_intent((await _intent_of(order, payment)).id)
    return await _cancelled_at_gateway(order_id, intent, by=by, reason=reason)


def shopper_message(decline_code: str) -> str:
    """What a shopper can do about a refused card."""
    return {
        "insufficient_funds": "There are not enough funds on this card. Please use another one.",
        "expired_card": "This card has expired. Please use another one.",
        "incorrect_cvc": "The security code doesn't match this card. Please check it and try again.",
        "authentication_required": _UNCONFIRMED,
        "payment_intent_authentication_failure": _UNCONFIRMED,
        "resource_missing": "This card couldn't be read. Please enter it again.",
    }.get(decline_code, "Your bank declined this card. Nothing was charged: try again or use another card.")


async def _begin_attempt(uow: UnitOfWork, order_id: UUID, identity: Identity) -> tuple[Order, Payment]:
    order = await orders.lock_order(uow, order_id)
    if not orders.is_buyer(order, identity):
        raise NotFound("There is no such order, or it belongs to somebody else.")
    if order.status == OrderStatus.CANCELLED:
        raise _cancelled(order)
    payment = await orders.payment_of(uow, order_id)
    if order.status == OrderStatus.PENDING_PAYMENT:
        if payment.attempts >= MAX_ATTEMPTS:
            raise Conflict(
                f"Order {order.number} was tried {MAX_ATTEMPTS} times. Please cancel it, or wait until it expires, "
                "and order again.",
                code="too_many_attempts",
            )
        payment.attempts += 1
        payment.updated_at = now()
        await uow.defer(SETTLE_TASK, after=SETTLE_AFTER, order_id=str(order_id))
    return order, payment


async def _intent_of(order: Order, payment: Payment, *, first_attempt: bool = False) -> Intent:
    """The order's intent as it stands now. One that was made but never written down is found by its idempotency key,
    under which the gateway repeats its first answer: only on a first attempt is that how the intent stands.
    """
    if payment.intent_id:
        return await gateway.retrieve_intent(payment.intent_id)
    created = await gateway.create_intent(str(order.id), Money(payment.amount, payment.currency))
    async with unit_of_work() as uow:
        await orders.lock_order(uow, order.id)
        stored = await orders.payment_of(uow, order.id)
        stored.intent_id = created.id
    return created if first_attempt else await gateway.retrieve_intent(created.id)


async def _record(
    uow: UnitOfWork,
    order: Order,
    payment: Payment,
    intent: Intent,
    *,
    cancelled_by: tuple[Identity, str] = (GATEWAY, "the payment was cancelled"),
) -> None:
    """Bring order and payment, both locked, in step with the intent. `cancelled_by` says who and why."""
    if payment.status == PaymentStatus.SUCCEEDED:
        return
    _require_same_payment(order, payment, intent)
    new_decline = bool(intent.decline_code) and intent.status is PaymentStatus.REQUIRES_PAYMENT_METHOD
    if payment.status != intent.status or new_decline:
        metrics.PAYMENTS.labels(intent.decline_code if new_decline else intent.status.value).inc()
        uow.announce(topics.order(order.id))
    payment.intent_id = intent.id
    payment.status = intent.status
    payment.decline_code = intent.decline_code if new_decline else ""
    if not order.anonymised:
        payment.card_brand = intent.card_brand or payment.card_brand
        payment.card_last4 = intent.card_last4 or payment.card_last4
        payment.action_url = intent.action_url
    payment.updated_at = now()
    if intent.status is PaymentStatus.SUCCEEDED and order.status == OrderStatus.PENDING_PAYMENT:
        await orders.mark_paid(uow, order)
    elif intent.status is PaymentStatus.SUCCEEDED:
        log.error("cancelled_order_was_charged", order=order.number, intent_id=intent.id)
        await owe(uow, order, payment, "charged after it was cancelled")
    elif new_decline and order.status == OrderStatus.PENDING_PAYMENT:
        await orders.mark_declined(uow, order, payment.decline_code, attempt=payment.attempts)
    elif intent.status is PaymentStatus.CANCELED and order.status == OrderStatus.PENDING_PAYMENT:
        await orders.mark_cancelled(uow, order, by=cancelled_by[0], reason=cancelled_by[1])


def _require_same_payment(order: Order, payment: Payment, intent: Intent) -> None:
    """A gateway that answers with another intent, order or amount is not believed."""
    expected = Money(payment.amount, payment.currency)
    other_intent = payment.intent_id is not None and payment.intent_id != intent.id
    if other_intent or intent.order_id != str(order.id) or intent.amount != expected:
        log.error(
            "gateway_answer_mismatch",
            order=order.number,
            intent_id=intent.id,
            expected=str(expected),
            told=str(intent.amount),
            told_order=intent.order_id,
        )
        raise Conflict(
            "The payment service's answer doesn't fit this order. Nothing more is charged; please contact us.",
            code="payment_mismatch",
        )


async def _cancelled_at_gateway(order_id: UUID, intent: Intent, *, by: Identity, reason: str) -> OrderView:
    async with unit_of_work() as uow:
        order = await orders.lock_order(uow, order_id)
        payment = await orders.payment_of(uow, order_id)
        await _record(uow, order, payment, intent, cancelled_by=(by, reason))
        if order.status == OrderStatus.PENDING_PAYMENT:
            raise Conflict(
                "The payment of this order is under way. Please wait a moment and look again.",
                code="payment_in_progress",
            )
        return await orders.view_order(uow, order)


def _cancelled(order: Order) -> Conflict:
    return Conflict(
        f"Order {order.number} was cancelled and nothing was charged. Your cart is still there: check out again.",
        code="order_cancelled",
    )


async def forget_old_webhooks(uow: UnitOfWork) -> None:
    """Delete the record of events that can't be repeated any more."""
    await repository.delete_webhook_events(uow.session, before=now() - WEBHOOKS_REMEMBERED)
