"""A new cart, and the first things in it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from models.cart import Cart, CartItem, CartOwner
from services.cart import beginning_repository
from services.cart.changing import add_to_cart, not_enough, on_sale, require_quantity
from services.cart.finding import open_cart
from services.cart.repricing import reckon_in
from services.cart.views import CartView, view
from services.price_list import service as price_lists
from services.unit_of_work import UnitOfWork

NOTHING: Mapping[str, int] = MappingProxyType({})


async def create_cart(
    uow: UnitOfWork, owner: CartOwner, quantities: Mapping[str, int] = NOTHING, *, currency: str = ""
) -> CartView:
    """A cart for a program, which names it by its id; a signed-in user's or a browser's open cart is used again.

    `quantities` of SKUs are put into it, all or nothing: raises as add_item does, and must be rolled back then. It is
    in `currency`, if one is given. Raises Invalid for one that is not offered.
    """
    wanted = (await price_lists.offered(uow, currency, skus=())).currency if currency else ""
    if owner.user_id is None and not owner.visitor:
        return await _begin(uow, quantities, wanted or uow.settings.currency)
    cart = await open_cart(uow, owner)
    if wanted:
        await reckon_in(uow, cart, wanted)
    for sku, quantity in quantities.items():
        await add_to_cart(uow, cart, sku, quantity)
    return await view(uow, cart)


async def _begin(uow: UnitOfWork, quantities: Mapping[str, int], currency: str) -> CartView:
    """Cart and lines are written in one statement and not read again: nobody else knows them yet."""
    cart = Cart(currency=currency)
    items = [await _first_line(uow, cart, sku, quantity) for sku, quantity in quantities.items()]
    await beginning_repository.create(uow.session, cart, items)
    shown = await view(uow, cart, items=items)
    for line in shown.lines:
        if line.product and line.available < line.quantity:
            raise not_enough(line.product, line.sku, line.available)
    return shown


async def _first_line(uow: UnitOfWork, cart: Cart, sku: str, quantity: int) -> CartItem:
    require_quantity(quantity)
    product, variant = await on_sale(uow, sku, cart.currency)
    return CartItem(
        cart_id=cart.id,
        sku=sku,
        quantity=quantity,
        seen_price_amount=variant.price.amount,
        name=product.name_of(variant),
    )
