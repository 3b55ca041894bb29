"""Adding to a cart and changing its lines."""

from __future__ import annotations

from models.cart import MAX_LINE_QUANTITY, Cart, CartOwner
from models.catalog import Product, ProductStatus, Variant
from services.cart import repository
from services.cart.finding import open_cart
from services.cart.views import CartView, available_to, view
from services.catalog import service as catalog
from services.errors import Conflict, InsufficientStock, Invalid, NotFound
from services.unit_of_work import UnitOfWork


async def add_item(uow: UnitOfWork, owner: CartOwner, sku: str, quantity: int = 1) -> CartView:
    """Put units of a SKU into the owner's cart, making the cart if needed.

    Raises NotFound (no such SKU on sale), Invalid (quantity), InsufficientStock (with the units available), Conflict
    (a browser that keeps no cookies could never find its cart again).
    """
    _require_quantity(quantity)
    if owner.user_id is None and not owner.visitor:
        raise Conflict(
            "Please allow cookies for this store, then load the page again: your cart hangs on one.",
            code="no_cookies",
        )
    cart = await open_cart(uow, owner)
    return await add_to_cart(uow, cart, sku, quantity)


async def add_to_cart(uow: UnitOfWork, cart: Cart, sku: str, quantity: int) -> CartView:
    """As add_item, for a cart already found and locked."""
    _require_quantity(quantity)
    product, variant = await _on_sale(uow, sku)
    available = (await available_to(uow, cart, [sku]))[sku]
    if available < quantity:
        raise _not_enough(product, sku, available)
    added = await repository.add_quantity(
        uow.session, cart.id, sku, quantity, seen_price_amount=variant.price.amount, limit=available
    )
    if added is None:
        raise _not_enough(product, sku, available, await repository.quantity_of(uow.session, cart.id, sku))
    await repository.touch(uow.session, cart.id)
    return await view(uow, cart)


async def set_quantity(uow: UnitOfWork, owner: CartOwner, sku: str, quantity: int) -> CartView:
    """Set the units of a line; 0 removes it. Raises as add_item does, NotFound also when the line is gone."""
    cart = await repository.find_open(uow.session, owner, lock=True)
    if cart is None:
        raise NotFound("Your cart is empty.")
    return await set_cart_quantity(uow, cart, sku, quantity)


async def set_cart_quantity(uow: UnitOfWork, cart: Cart, sku: str, quantity: int) -> CartView:
    """As set_quantity, for a cart already found and locked."""
    if quantity == 0:
        return await remove_from_cart(uow, cart, sku)
    _require_quantity(quantity)
    held = await repository.quantity_of(uow.session, cart.id, sku)
    if not held:
        raise NotFound("This line is no longer in your cart.")
    if quantity > held:
        product, _ = await _on_sale(uow, sku)
        available = (await available_to(uow, cart, [sku]))[sku]
        if available < quantity:
            raise _not_enough(product, sku, available, held)
    await repository.set_quantity(uow.session, cart.id, sku, quantity)
    await repository.touch(uow.session, cart.id)
    return await view(uow, cart)


async def remove_item(uow: UnitOfWork, owner: CartOwner, sku: str) -> CartView:
    """Take a line out; taking it out twice is no error."""
    cart = await repository.find_open(uow.session, owner, lock=True)
    return await remove_from_cart(uow, cart, sku) if cart else await view(uow, None)


async def remove_from_cart(uow: UnitOfWork, cart: Cart, sku: str) -> CartView:
    """As remove_item, for a cart already found and locked."""
    if await repository.remove(uow.session, cart.id, sku):
        await repository.touch(uow.session, cart.id)
    return await view(uow, cart)


async def accept_prices(uow: UnitOfWork, owner: CartOwner) -> CartView:
    """The shopper has seen today's prices and agrees to them."""
    cart = await repository.find_open(uow.session, owner, lock=True)
    seen = await view(uow, cart)
    if cart is None:
        return seen
    changed = {line.sku: line.unit_price.amount for line in seen.lines if line.unit_price != line.seen_price}
    await repository.set_seen_prices(uow.session, cart.id, changed)
    return await view(uow, cart)


async def _on_sale(uow: UnitOfWork, sku: str) -> tuple[Product, Variant]:
    found = (await catalog.variants_by_sku(uow, [sku])).get(sku)
    if found is None or found[0].status is not ProductStatus.ACTIVE:
        raise NotFound("This article is not on sale any more. Please choose another.")
    return found


def _require_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MAX_LINE_QUANTITY:
        raise Invalid(
            f"Please choose a quantity between 1 and {MAX_LINE_QUANTITY}.",
            {"quantity": f"a whole number from 1 to {MAX_LINE_QUANTITY}"},
        )


def _not_enough(product: Product, sku: str, available: int, in_cart: int = 0) -> InsufficientStock:
    if available == 0:
        detail = f"“{product.title}” has just sold out in this version."
    elif in_cart:
        detail = (
            f"Only {available} of “{product.title}” can be had; {in_cart} of them are in your cart already."
        )
    else:
        detail = f"Only {available} of “{product.title}” can be had. Please choose fewer."
    return InsufficientStock(detail, {sku: available})
