"""Queries of orders, their items and their timeline."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.order import NUMBER_PREFIX, ORDER_NUMBERS, Order, OrderEvent, OrderItem, OrderStatus
from models.payment import Payment, Refund
from services.live import topics
from services.live.announcing import announce


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Empty fields don't filter. `text` is looked for in the number and the e-mail address; `guest_email` means the
    orders that guests placed with this address."""

    user_id: UUID | None = None
    visitor: str = ""
    status: str = ""
    text: str = ""
    before: UUID | None = None
    guest_email: str = ""


_PENDING = (
    select(Order)
    .where(Order.cart_id == sa.bindparam("cart_id"), Order.status == OrderStatus.PENDING_PAYMENT.value)
    .execution_options(populate_existing=True)
)
_OF_CHECKOUT = (
    select(Order)
    .where(Order.checkout_key == sa.bindparam("checkout_key"))
    .execution_options(populate_existing=True)
)


async def next_number(session: AsyncSession) -> str:
    return f"{NUMBER_PREFIX}{(await session.exec(select(ORDER_NUMBERS.next_value()))).one()}"


async def add(session: AsyncSession, order: Order, items: Sequence[OrderItem], payment: Payment) -> None:
    session.add(order)
    await session.flush()
    session.add_all([*items, payment])
    await session.flush()


def add_event(session: AsyncSession, event: OrderEvent) -> None:
    """Whatever happens to an order is one of its events."""
    session.add(event)
    announce(session, topics.order(event.order_id))


async def find(session: AsyncSession, order_id: UUID, *, lock: bool = False) -> Order | None:
    query = select(Order).where(Order.id == order_id).execution_options(populate_existing=True)
    return (await session.exec(query.with_for_update() if lock else query)).first()


async def find_all(session: AsyncSession, order_ids: Collection[UUID]) -> list[Order]:
    return list(await session.exec(select(Order).where(col(Order.id).in_(order_ids))))


async def find_pending(session: AsyncSession, cart_id: UUID) -> Order | None:
    return (await session.exec(_PENDING, params={"cart_id": cart_id})).first()


async def find_by_checkout_key(session: AsyncSession, checkout_key: str) -> Order | None:
    return (await session.exec(_OF_CHECKOUT, params={"checkout_key": checkout_key})).first()


async def move_pending(session: AsyncSession, from_cart: UUID, to_cart: UUID, user_id: UUID) -> None:
    waiting = (col(Order.cart_id) == from_cart, col(Order.status) == OrderStatus.PENDING_PAYMENT.value)
    await session.exec(sa.update(Order).where(*waiting).values(cart_id=to_cart, user_id=user_id))


async def items(session: AsyncSession, order_ids: Sequence[UUID]) -> list[OrderItem]:
    query = select(OrderItem).where(col(OrderItem.order_id).in_(order_ids)).order_by(col(OrderItem.position))
    return list(await session.exec(query))


async def events(session: AsyncSession, order_id: UUID) -> list[OrderEvent]:
    oldest_first = (col(OrderEvent.created_at), col(OrderEvent.id))
    return list(
        await session.exec(select(OrderEvent).where(OrderEvent.order_id == order_id).order_by(*oldest_first))
    )


async def payment(session: AsyncSession, order_id: UUID) -> Payment:
    query = select(Payment).where(Payment.order_id == order_id).execution_options(populate_existing=True)
    return (await session.exec(query)).one()


async def refunds(session: AsyncSession, payment_id: UUID) -> list[Refund]:
    query = select(Refund).where(Refund.payment_id == payment_id).order_by(col(Refund.created_at))
    return list(await session.exec(query))


async def page(session: AsyncSession, wanted: OrderFilter, limit: int, offset: int) -> list[Order]:
    """Newest first. UUIDv7 ids sort by time, so `before` continues after the last one shown."""
    conditions = _conditions(wanted)
    if wanted.before:
        conditions.append(col(Order.id) < wanted.before)
    query = select(Order).where(*conditions).order_by(col(Order.id).desc()).limit(limit).offset(offset)
    return list(await session.exec(query))


async def count(session: AsyncSession, wanted: OrderFilter) -> int:
    return (await session.exec(select(sa.func.count()).select_from(Order).where(*_conditions(wanted)))).one()


async def counts_by_status(session: AsyncSession) -> dict[str, int]:
    rows = await session.exec(select(Order.status, sa.func.count()).group_by(col(Order.status)))
    return dict(rows.all())


async def revenue_by_day(session: AsyncSession, since: datetime) -> dict[tuple[date, str], tuple[int, int]]:
    """Number and total (minor units), less what was given back, of the orders paid on each day (UTC) in each currency
    and not cancelled."""
    day = sa.cast(sa.func.timezone("UTC", col(Order.paid_at)), sa.Date)
    rows = await session.exec(
        select(
            day,
            Order.currency,
            sa.func.count(),
            sa.func.sum(col(Order.total_amount) - col(Order.refunded_amount)),
        )
        .where(
            col(Order.paid_at) >= since,
            col(Order.status) != OrderStatus.CANCELLED.value,
        )
        .group_by(day, col(Order.currency))
    )
    return {(on, currency): (number, int(total)) for on, currency, number, total in rows}


def _conditions(wanted: OrderFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.user_id:
        conditions.append(col(Order.user_id) == wanted.user_id)
    elif wanted.visitor:
        conditions += [col(Order.visitor) == wanted.visitor, col(Order.user_id).is_(None)]
    if wanted.guest_email:
        conditions += [
            col(Order.user_id).is_(None),
            sa.func.lower(col(Order.email)) == sa.func.lower(wanted.guest_email),
        ]
    if wanted.status:
        conditions.append(col(Order.status) == wanted.status)
    if wanted.text:
        text = wanted.text.strip()
        conditions.append(
            col(Order.number).istartswith(text, autoescape=True)
            | col(Order.email).icontains(text, autoescape=True)
        )
    return conditions
