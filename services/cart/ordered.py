"""What was ordered leaves the cart."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from models.cart import CartStatus
from services.cart import repository
from services.unit_of_work import UnitOfWork


async def take_ordered(uow: UnitOfWork, cart_id: UUID, quantities: Mapping[str, int]) -> None:
    """What was ordered is paid and leaves the cart; what was added meanwhile stays. An emptied cart is closed.

    The cart is written once: written twice in one transaction, PostgreSQL would check its foreign key anew and wait for
    the person, who may be leaving and waiting for the cart.
    """
    await repository.subtract(uow.session, cart_id, quantities)
    if await repository.items(uow.session, cart_id):
        await repository.touch(uow.session, cart_id)
    else:
        await repository.set_status(uow.session, cart_id, CartStatus.ORDERED)
