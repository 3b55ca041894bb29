"""Giving money back: what was agreed for the parts of an order, once, and never more than was paid.

What is owed is written down with the order; a job asks the gateway for it, however long that takes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

import structlog

from models.identity import Identity
from models.money import Money
from models.order import Order, sold_in
from models.payment import Payment, PaymentStatus, Refund, RefundStatus
from models.pricing.refunds import DELIVERY, Sold, falls_on, given_by, rest_of
from services.errors import Conflict, Invalid, NotFound, PreconditionFailed
from services.live import topics
from services.order import service as orders
from services.order.service import OrderView
from services.payment import gateway, repository
from services.unit_of_work import UnitOfWork, unit_of_work

log = structlog.get_logger()

REFUND_TASK = "payment.refund"


async def refund_order(
    order_id: UUID,
    units: Mapping[str, int] | None = None,
    *,
    delivery: bool = False,
    by: Identity,
    reason: str,
    expected_version: int | None = None,
    key: str = "",
) -> OrderView:
    """Give back what was paid for units of an order, by SKU, and for its delivery; for None, for all that is left.
    With a `key` that is done once, also when the process dies before it can answer.

    Opens its own unit of work; the caller has checked the permission. The goods are another matter: their stock stays
    as it is. Raises NotFound, Invalid (units that the order doesn't have any more), Conflict (not paid, or nothing was
    paid for that), PreconditionFailed at another version.
    """
    async with unit_of_work() as uow:
        order = await orders.lock_order(uow, order_id)
        hashed = hashlib.sha256(key.encode()).hexdigest() if key else ""
        if hashed and await repository.refund_of_key(uow.session, hashed):
            return await orders.view_order(uow, order)
        if expected_version not in (None, order.version):
            raise PreconditionFailed("Somebody changed this order meanwhile. Look at it again first.")
        payment = await orders.payment_of(uow, order_id)
        if payment.status != PaymentStatus.SUCCEEDED:
            raise Conflict(
                f"Order {order.number} was not paid, so there is nothing to give back.", code="not_paid"
            )
        wanted = None if units is None else {**units, **({DELIVERY: 1} if delivery else {})}
        owed = await owe(uow, order, payment, reason, wanted, key=hashed)
        if owed is None:
            raise Conflict("Nothing is left to give back of that.", code="nothing_to_refund")
        orders.audit_refund(uow, order, Money(owed.amount, order.currency), by)
        return await orders.view_order(uow, order)


async def owe(
    uow: UnitOfWork,
    order: Order,
    payment: Payment,
    reason: str,
    units: Mapping[str, int] | None = None,
    *,
    key: str = "",
) -> Refund | None:
    """Write down what is to be given back for units of a paid order, for all that is left by default; None when that
    comes to nothing. `order` must be locked. Raises Invalid."""
    sold = sold_in(order, await orders.items_of(uow, order.id))
    given = _given(sold, await repository.refunds(uow.session, payment.id))
    try:
        parts = falls_on(sold, given, rest_of(sold, given) if units is None else units, order.currency)
    except ValueError as error:
        told = "Name units that the order has, and that were not given back yet."
        raise Invalid(told, {"items": told}) from error
    amount = sum(part.amount for part in parts)
    if not amount or amount > order.total_amount - order.refunded_amount:
        return None
    owed = Refund(
        payment_id=payment.id,
        amount=amount,
        reason=reason[:200],
        parts=[asdict(part) for part in parts],
        key=key or None,
    )
    await repository.add_refund(uow.session, owed)
    orders.count_refund(uow, order, amount)
    await uow.defer(REFUND_TASK, refund_id=str(owed.id))
    return owed


async def refund(refund_id: UUID) -> None:
    """Give back what a refund says, once however often it is called. Raises Unavailable: then it is tried again.

    One that the gateway refuses is marked as failed, which the order's page tells staff.
    """
    async with unit_of_work() as uow:
        pending = await repository.refund(uow.session, refund_id)
        payment = await repository.payment(uow.session, pending.payment_id) if pending else None
    if pending is None or payment is None or pending.status != RefundStatus.PENDING:
        return
    if payment.intent_id is None:
        raise NotFound(f"payment {payment.id} has no intent to refund")
    amount = Money(pending.amount, payment.currency)
    outcome = await gateway.refund(payment.intent_id, amount, idempotency_key=f"refund-{refund_id}")
    async with unit_of_work() as uow:
        order = await orders.lock_order(uow, payment.order_id)
        done = await repository.refund(uow.session, refund_id)
        if done is None or done.status != RefundStatus.PENDING:
            return
        done.status = outcome
        if outcome is RefundStatus.SUCCEEDED:
            orders.mark_refunded(uow, order, amount)
        else:
            orders.count_refund(uow, order, -min(amount.amount, order.refunded_amount))
            uow.announce(topics.order(order.id))


def _given(sold: Sequence[Sold], refunds: Iterable[Refund]) -> dict[str, Sold]:
    """What was given back, or is about to be; refunds that failed are not. One that doesn't say what it was for was for
    the whole order."""
    counted = [each for each in refunds if each.status != RefundStatus.FAILED]
    if any(not each.parts for each in counted):
        return given_by(sold)
    return given_by(Sold(**part) for each in counted for part in each.parts)
