"""Whose cart is it, and which?"""

from __future__ import annotations

from uuid import UUID

from models.cart import Cart, CartOwner, CartStatus
from models.identity import Identity
from services.cart import repository
from services.cart.views import currency_of
from services.errors import Conflict, NotFound
from services.identity import people
from services.unit_of_work import UnitOfWork


def owner_of(identity: Identity) -> CartOwner:
    return CartOwner(user_id=identity.user_id, visitor=identity.visitor, currency=identity.currency)


async def find_cart(uow: UnitOfWork, cart_id: UUID, identity: Identity) -> Cart:
    """A cart by its id. A guest's id is an unguessable capability; a user's cart opens to that user only.

    Raises NotFound.
    """
    return _opening_to(identity, await repository.find(uow.session, cart_id))


async def find_open_cart(uow: UnitOfWork, cart_id: UUID, identity: Identity) -> Cart:
    """As find_cart, for a change: the cart is locked. Raises Conflict when it has become an order."""
    cart = _opening_to(identity, await repository.lock(uow.session, cart_id))
    if cart.status == CartStatus.MERGED:
        raise Conflict(
            "This cart went along when its shopper signed in. Go on with the account's cart: POST /api/v1/carts.",
            code="cart_closed",
        )
    if cart.status != CartStatus.OPEN:
        raise Conflict("This cart has become an order. Create a new one.", code="cart_closed")
    return cart


async def is_merged(uow: UnitOfWork, cart_id: UUID) -> bool:
    """Whether what was in a guest's cart has gone over into somebody's own."""
    cart = await repository.find(uow.session, cart_id)
    return cart is not None and cart.status == CartStatus.MERGED


async def lock_own_cart(uow: UnitOfWork, owner: CartOwner) -> Cart | None:
    """The owner's open cart, kept from changing until the commit; None when there is none."""
    return await repository.find_open(uow.session, owner, lock=True)


async def lock_cart(uow: UnitOfWork, cart_id: UUID) -> Cart | None:
    """The cart, kept from changing until the commit."""
    return await repository.lock(uow.session, cart_id)


async def open_cart(uow: UnitOfWork, owner: CartOwner) -> Cart:
    """The owner's open cart, locked, made when there is none, but not for an account that is being deleted.

    The person is kept first, though mostly the cart is there: one that was ordered while we waited for it is no answer
    any more, yet stays locked, and whoever deletes the account would wait for it.
    """
    await people.keep(uow, owner.user_id)
    existing = await repository.find_open(uow.session, owner, lock=True)
    if existing:
        return existing
    return await repository.open_cart(uow.session, owner, await currency_of(uow, owner))


def _opening_to(identity: Identity, cart: Cart | None) -> Cart:
    if cart is None or (cart.user_id and cart.user_id != identity.user_id):
        raise NotFound("There is no such cart. Create one with POST /api/v1/carts.")
    return cart
