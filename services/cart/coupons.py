"""Codes that a shopper enters, and takes off again."""

from __future__ import annotations

from collections.abc import Sequence

from models.cart import Cart, CartOwner
from models.pricing import RefusalKind
from models.promotion import MAX_CODES, normal_code
from services.cart import merges_repository, repository
from services.cart.views import CartView, view, view_nothing
from services.errors import Invalid
from services.live import topics
from services.promotion import service as promotions
from services.unit_of_work import UnitOfWork


async def enter_code(uow: UnitOfWork, owner: CartOwner, typed: str, *, address: str) -> CartView:
    """Put a code on the owner's cart, if it does something there, or may once a delivery is chosen. `address` is where
    the shopper asks from.

    Raises Invalid, whose `code` is the kind of refusal and whose text is the reason, TooManyRequests after many wrong
    codes from one address.
    """
    cart = await repository.find_open(uow.session, owner, lock=True)
    if cart is None:
        raise Invalid("Put something in your cart first.", {"code": "The cart is empty."}, code="cart_empty")
    return await add_code(uow, cart, typed, address=address)


async def add_code(uow: UnitOfWork, cart: Cart, typed: str, *, address: str) -> CartView:
    """As enter_code, for a cart already found and locked."""
    promotions.require_patience(address)
    code = promotions.look_up(typed)
    if code not in cart.codes:
        if len(cart.codes) == MAX_CODES:
            told = f"A cart takes {MAX_CODES} codes at most. Take one off first."
            raise Invalid(told, {"code": told}, code="too_many_codes")
        await repository.touch(uow.session, cart.id, codes=[*cart.codes, code])
        uow.announce(topics.cart(cart.id))
    seen = await view(uow, cart)
    refused = next((each for each in seen.totals.refused if each.code == code), None)
    if refused and refused.refusal.kind is not RefusalKind.AWAITS_DELIVERY:
        if refused.refusal.kind is RefusalKind.UNKNOWN_CODE:
            promotions.count_wrong(address)
        raise Invalid(refused.reason, {"code": refused.reason}, code=refused.refusal.kind.value)
    if cart.user_id:
        await merges_repository.strike_code(uow.session, cart.id, code)
    return seen


async def take_off_code(uow: UnitOfWork, owner: CartOwner, typed: str) -> CartView:
    """Taking it off twice is no error."""
    cart = await repository.find_open(uow.session, owner, lock=True)
    return await remove_code(uow, cart, typed) if cart else await view_nothing(uow, owner)


async def remove_code(uow: UnitOfWork, cart: Cart, typed: str) -> CartView:
    """As take_off_code, for a cart already found and locked."""
    code = normal_code(typed)
    if code in cart.codes:
        await repository.touch(uow.session, cart.id, codes=[each for each in cart.codes if each != code])
        uow.announce(topics.cart(cart.id))
    return await view(uow, cart)


def together(own: Sequence[str], brought: Sequence[str]) -> list[str]:
    """The codes of two carts that become one; beyond what a cart takes, those brought along are left out."""
    return list(dict.fromkeys([*own, *brought]))[:MAX_CODES]
