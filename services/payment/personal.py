"""What payments say about people."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.payment import repository
from services.unit_of_work import UnitOfWork


async def forget_cards(uow: UnitOfWork, order_ids: Sequence[UUID]) -> None:
    """Of the payments of these orders, which must be locked, amounts, statuses and the gateway's number stay."""
    await repository.clear_details(uow.session, order_ids)
