"""A guest signs in: two carts become one."""

from __future__ import annotations

from uuid import UUID

from models.cart import CartOwner, CartStatus
from services.cart import repository
from services.identity import people
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork


async def merge_carts(uow: UnitOfWork, user_id: UUID, visitor: str) -> tuple[UUID, UUID] | None:
    """Bring what a guest chose into the user's cart; of a SKU in both, the units add up to at most 99.

    Stock held for the guest's cart is held for the user's from now on. While both hold stock, each for an order that
    waits for its payment, they stay apart; the next page load tries again. Returns the ids of the guest's cart and of
    the user's when they were merged.
    """
    guest = await repository.find_open(uow.session, CartOwner(visitor=visitor))
    if guest is None:
        return None
    await people.keep(uow, user_id)
    own = CartOwner(user_id=user_id)
    known = await repository.find_open(uow.session, own)
    if known and known.id < guest.id:
        await repository.lock(uow.session, known.id)
    locked = await repository.find_open(uow.session, CartOwner(visitor=visitor), lock=True)
    if locked is None:
        return None
    cart = await repository.open_cart(uow.session, own, guest.currency)
    if not await inventory.hand_over(uow, guest.id, cart.id):
        return None
    await repository.move_items(uow.session, guest.id, cart.id)
    await repository.set_status(uow.session, guest.id, CartStatus.MERGED)
    await repository.touch(uow.session, cart.id)
    return guest.id, cart.id
