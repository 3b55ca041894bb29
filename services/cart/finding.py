"""Whose cart is it, and which?"""

from __future__ import annotations

from uuid import UUID

from models.cart import Cart, CartOwner, CartStatus
from models.identity import Identity
from services.cart import repository
from services.cart.views import CartView, view
from services.errors import Conflict, NotFound
from services.identity import people
from services.unit_of_work import UnitOfWork


def owner_of(identity: Identity) -> CartOwner:
    return CartOwner(user_id=identity.user_id, visitor=identity.visitor)


async def create_cart(uow: UnitOfWork, owner: CartOwner) -> CartView:
    """A cart for a program, which names it by its id; a signed-in user's or a browser's open cart is used again."""
    if owner.user_id or owner.visitor:
        cart = await open_cart(uow, owner)
    else:
        cart = await repository.create(uow.session, Cart(currency=uow.settings.currency))
    return await view(uow, cart)


async def find_cart(uow: UnitOfWork, cart_id: UUID, identity: Identity) -> Cart:
    """A cart by its id. A guest's id is an unguessable capability; a user's cart opens to that user only.

    Raises NotFound.
    """
    cart = await repository.find(uow.session, cart_id)
    if cart is None or (cart.user_id and cart.user_id != identity.user_id):
        raise NotFound("There is no such cart. Create one with POST /api/v1/carts.")
    return cart


async def find_open_cart(uow: UnitOfWork, cart_id: UUID, identity: Identity) -> Cart:
    """As find_cart, for a change: the cart is locked. Raises Conflict when it has become an order."""
    await repository.lock(uow.session, cart_id)
    cart = await find_cart(uow, cart_id, identity)
    if cart.status != CartStatus.OPEN:
        raise Conflict("This cart has become an order. Create a new one.", code="cart_closed")
    return cart


async def lock_cart(uow: UnitOfWork, cart_id: UUID) -> Cart | None:
    """The cart, kept from changing until the commit."""
    return await repository.lock(uow.session, cart_id)


async def open_cart(uow: UnitOfWork, owner: CartOwner) -> Cart:
    """The owner's open cart, locked, made when there is none, but not for an account that is being deleted."""
    existing = await repository.find_open(uow.session, owner, lock=True)
    if existing:
        return existing
    await people.keep(uow, owner.user_id)
    return await repository.open_cart(uow.session, owner, uow.settings.currency)
