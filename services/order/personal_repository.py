"""Queries of all that one account has ordered."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.order import Order, OrderEvent, OrderEventKind
from models.payment import Payment, Refund


async def orders(
    session: AsyncSession, user_id: UUID, statuses: Collection[str] = (), *, lock: bool = False
) -> list[Order]:
    """Newest first; with `lock` they can't change until the commit."""
    query = select(Order).where(Order.user_id == user_id).order_by(col(Order.id).desc())
    if statuses:
        query = query.where(col(Order.status).in_(statuses))
    if lock:
        query = query.with_for_update()
    return list(await session.exec(query.execution_options(populate_existing=True)))


async def events(session: AsyncSession, order_ids: Sequence[UUID]) -> list[OrderEvent]:
    query = select(OrderEvent).where(col(OrderEvent.order_id).in_(order_ids))
    return list(await session.exec(query.order_by(col(OrderEvent.created_at), col(OrderEvent.id))))


async def payments(session: AsyncSession, order_ids: Sequence[UUID]) -> list[Payment]:
    return list(await session.exec(select(Payment).where(col(Payment.order_id).in_(order_ids))))


async def refunds(session: AsyncSession, payment_ids: Sequence[UUID]) -> list[Refund]:
    query = select(Refund).where(col(Refund.payment_id).in_(payment_ids))
    return list(await session.exec(query.order_by(col(Refund.created_at))))


async def clear_reasons(session: AsyncSession, order_ids: Sequence[UUID], fixed: Collection[str]) -> None:
    """Why orders were cancelled, but what actors in `fixed` said."""
    await session.exec(
        sa.update(OrderEvent)
        .where(
            col(OrderEvent.order_id).in_(order_ids),
            col(OrderEvent.kind) == OrderEventKind.CANCELLED.value,
            col(OrderEvent.actor).not_in(fixed),
        )
        .values(message="")
    )


async def rename_actors(
    session: AsyncSession, order_ids: Sequence[UUID], names: Collection[str], to: str
) -> None:
    await session.exec(
        sa.update(OrderEvent)
        .where(col(OrderEvent.order_id).in_(order_ids), col(OrderEvent.actor).in_(names))
        .values(actor=to)
    )
