"""The carts of somebody whose account is being deleted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from models.cart import Cart, CartStatus
from services.cart import merges_repository, repository, saved_repository
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork


async def lock_carts_of(uow: UnitOfWork, user_id: UUID) -> list[Cart]:
    """All of an account, kept from changing until the commit."""
    return await repository.lock_all(uow.session, user_id)


async def forget(uow: UnitOfWork, user_id: UUID, carts: Sequence[Cart], *, ordered: Collection[UUID]) -> None:
    """Delete an account's carts, which must be locked, and what it saved for later; give up the stock held for them.

    The carts in `ordered` are those that orders were made of: of these an empty shell stays.
    """
    for cart in carts:
        if cart.status == CartStatus.OPEN:
            await inventory.release(uow, cart.id)
    await saved_repository.delete_of(uow.session, user_id)
    await merges_repository.delete_of(uow.session, user_id)
    ids = {cart.id for cart in carts}
    await repository.clear(uow.session, ids)
    await repository.delete(uow.session, ids.difference(ordered))
