"""How long the answers to repeated requests are kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from models.idempotency import IdempotencyRecord
from models.ids import now
from services.unit_of_work import UnitOfWork

LIFETIME = timedelta(hours=24)


async def forget_old(uow: UnitOfWork) -> None:
    """Delete the answers that nobody may ask for again."""
    await uow.session.exec(
        sa.delete(IdempotencyRecord).where(col(IdempotencyRecord.created_at) < now() - LIFETIME)
    )


async def forget_those_of(uow: UnitOfWork, user_id: UUID, orders: Collection[UUID]) -> None:
    """Delete the answers to somebody's requests, and those about their orders, which they may have placed as a guest.

    A request still being worked on finds its record gone and keeps nothing.
    """
    about = col(IdempotencyRecord.response_body)["id"].astext
    theirs = sa.or_(col(IdempotencyRecord.user_id) == user_id, about.in_([str(order) for order in orders]))
    await uow.session.exec(sa.delete(IdempotencyRecord).where(theirs))
