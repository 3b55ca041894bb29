"""Queries of refunds and webhook events; an order's payment is read with the order."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.ids import now
from models.payment import Payment, Refund, WebhookEvent


async def payment(session: AsyncSession, payment_id: UUID) -> Payment | None:
    return await session.get(Payment, payment_id)


async def refund(session: AsyncSession, refund_id: UUID) -> Refund | None:
    return await session.get(Refund, refund_id, populate_existing=True)


async def refunds(session: AsyncSession, payment_id: UUID) -> list[Refund]:
    query = select(Refund).where(Refund.payment_id == payment_id).execution_options(populate_existing=True)
    return list(await session.exec(query))


async def refund_of_key(session: AsyncSession, key: str) -> Refund | None:
    return (await session.exec(select(Refund).where(Refund.key == key))).first()


async def add_refund(session: AsyncSession, refund: Refund) -> None:
    session.add(refund)
    await session.flush()


async def record_webhook_event(session: AsyncSession, event_id: str, kind: str) -> bool:
    """False when this event was recorded before."""
    statement = (
        insert(WebhookEvent).values(id=event_id, kind=kind, received_at=now()).on_conflict_do_nothing()
    )
    return (await session.exec(statement.returning(col(WebhookEvent.id)))).first() is not None


async def delete_webhook_events(session: AsyncSession, *, before: datetime) -> None:
    await session.exec(sa.delete(WebhookEvent).where(col(WebhookEvent.received_at) < before))


async def clear_details(session: AsyncSession, order_ids: Sequence[UUID]) -> None:
    """The cards that orders were paid with, and why money was given back."""
    paid = col(Payment.order_id).in_(order_ids)
    await session.exec(
        sa.update(Refund)
        .where(col(Refund.payment_id).in_(sa.select(col(Payment.id)).where(paid)))
        .values(reason="")
    )
    await session.exec(sa.update(Payment).where(paid).values(card_brand="", card_last4="", action_url=""))
