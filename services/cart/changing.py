"""Adding to a cart and changing its lines."""

from __future__ import annotations

from collections.abc import Mapping

from models.cart import MAX_LINE_QUANTITY, Cart, CartOwner
from models.catalog import Product, ProductStatus, Variant
from models.money import Money
from models.saved import LooseLine
from services.cart import clicks, repository
from services.cart.finding import open_cart
from services.cart.views import CartView, available_to, goods_in, view, view_cart, view_nothing
from services.errors import Conflict, InsufficientStock, Invalid, NotFound
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork


async def add_item(
    uow: UnitOfWork, owner: CartOwner, sku: str, quantity: int = 1, *, click: str = ""
) -> CartView:
    """Put units of a SKU into the owner's cart, making the cart if needed. What one `click` adds is added once.

    Raises NotFound (no such SKU on sale), Invalid (quantity), InsufficientStock (with the units available), Conflict
    (a browser that keeps no cookies could never find its cart again).
    """
    require_quantity(quantity)
    if owner.user_id is None and not owner.visitor:
        raise Conflict(
            "Please allow cookies for this store, then load the page again: your cart hangs on one.",
            code="no_cookies",
        )
    if not await clicks.is_first(uow, owner, click):
        return await view_cart(uow, owner)
    cart = await open_cart(uow, owner)
    return await add_to_cart(uow, cart, sku, quantity)


async def add_to_cart(uow: UnitOfWork, cart: Cart, sku: str, quantity: int) -> CartView:
    """As add_item, for a cart already found and locked. What is refused must be rolled back."""
    require_quantity(quantity)
    product, variant = await on_sale(uow, sku, cart.currency)
    added = await repository.add_quantity(
        uow.session,
        cart.id,
        sku,
        quantity,
        seen_price_amount=variant.price.amount,
        name=product.name_of(variant),
    )
    if added is not None:
        await repository.touch(uow.session, cart.id)
    shown = await view(uow, cart)
    line = next(line for line in shown.lines if line.sku == sku)
    if added is None or line.available < line.quantity:
        before = line.quantity if added is None else line.quantity - quantity
        raise not_enough(product, sku, line.available, before if line.available >= quantity else 0)
    return shown


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
    require_quantity(quantity)
    held = await repository.quantity_of(uow.session, cart.id, sku)
    if not held:
        raise NotFound("This line is no longer in your cart.")
    if quantity > held:
        product, _ = await on_sale(uow, sku, cart.currency)
        available = (await available_to(uow, cart, [sku]))[sku]
        if available < quantity:
            raise not_enough(product, sku, available, held)
    await repository.set_quantity(uow.session, cart.id, sku, quantity)
    if quantity < held:
        await give_back_surplus(uow, cart)
    await repository.touch(uow.session, cart.id)
    return await view(uow, cart)


async def remove_item(uow: UnitOfWork, owner: CartOwner, sku: str) -> CartView:
    """Take a line out; taking it out twice is no error."""
    return (await take_out(uow, owner, sku))[0]


async def take_out(uow: UnitOfWork, owner: CartOwner, sku: str) -> tuple[CartView, LooseLine | None]:
    """As remove_item, with the line that was there, to be put back if that was a slip."""
    cart = await repository.find_open(uow.session, owner, lock=True)
    if cart is None:
        return await view_nothing(uow, owner), None
    line = await loosen(uow, cart, sku)
    return await view(uow, cart), line


async def remove_from_cart(uow: UnitOfWork, cart: Cart, sku: str) -> CartView:
    """As remove_item, for a cart already found and locked."""
    await loosen(uow, cart, sku)
    return await view(uow, cart)


async def loosen(uow: UnitOfWork, cart: Cart, sku: str) -> LooseLine | None:
    """Take a line out of a locked cart; None when it is gone already."""
    line = await repository.take_line(uow.session, cart, sku)
    if line:
        await give_back_surplus(uow, cart)
        await repository.touch(uow.session, cart.id)
    return line


async def give_back_surplus(uow: UnitOfWork, cart: Cart) -> None:
    """What a checkout holds beyond the lines of its cart, which must be locked, others can have at once."""
    held = await inventory.hold_of(uow, cart.id)
    if held and held.is_timed:
        lines = {item.sku: item.quantity for item in await repository.items(uow.session, cart.id)}
        await inventory.lower(uow, cart.id, lines)


async def accept_prices(
    uow: UnitOfWork, owner: CartOwner, shown: Mapping[str, Money] | None = None
) -> CartView:
    """The shopper agrees to the prices that were `shown`, by SKU; None: to those of this moment. What was shown in
    another currency than the cart is in by now says nothing."""
    cart = await repository.find_open(uow.session, owner, lock=True)
    if cart is None:
        return await view_nothing(uow, owner)
    seen = await view(uow, cart)
    told = {line.sku: line.unit_price for line in seen.lines} if shown is None else shown
    agreed = {
        line.sku: told[line.sku].amount
        for line in seen.lines
        if line.repriced and line.sku in told and told[line.sku].currency == seen.currency
    }
    if agreed:
        await repository.set_seen_prices(uow.session, cart.id, agreed)
        await repository.touch(uow.session, cart.id)
    return await view(uow, cart)


async def on_sale(uow: UnitOfWork, sku: str, currency: str) -> tuple[Product, Variant]:
    """Raises NotFound for what can't be bought at present."""
    found = (await goods_in(uow, currency, [sku])).get(sku)
    if found is None or found[0].status is not ProductStatus.ACTIVE:
        raise NotFound("This article is not on sale any more. Please choose another.")
    return found


def require_quantity(quantity: int) -> None:
    """Raises Invalid for what no line has room for."""
    if not 1 <= quantity <= MAX_LINE_QUANTITY:
        raise Invalid(
            f"Please choose a quantity between 1 and {MAX_LINE_QUANTITY}.",
            {"quantity": f"a whole number from 1 to {MAX_LINE_QUANTITY}"},
        )


def not_enough(product: Product, sku: str, available: int, in_cart: int = 0) -> InsufficientStock:
    if available == 0:
        detail = f"“{product.title}” has just sold out in this version."
    elif in_cart:
        detail = (
            f"Only {available} of “{product.title}” can be had; {in_cart} of them are in your cart already."
        )
    else:
        detail = f"Only {available} of “{product.title}” can be had. Please choose fewer."
    return InsufficientStock(detail, {sku: available})
