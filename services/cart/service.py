"""The cart: adding, changing, showing and merging."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from models.cart import MAX_LINE_QUANTITY, Cart, CartItem, CartOwner, CartStatus
from models.catalog import Product, ProductStatus, Variant
from models.identity import Identity
from models.money import Money
from models.pricing import PricedLine, Totals, price_cart
from services.cart import repository
from services.catalog import service as catalog
from services.errors import Conflict, InsufficientStock, Invalid, NotFound
from services.identity import people
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork


class LineProblem(StrEnum):
    """Why a line can't be bought as it is; NONE when it can."""

    NONE = ""
    UNAVAILABLE = "unavailable"
    OUT_OF_STOCK = "out_of_stock"
    SHORT = "short"
    PRICE_CHANGED = "price_changed"


@dataclass(frozen=True, slots=True)
class CartLine:
    """`product` and `variant` are None for goods that have left the catalogue."""

    sku: str
    quantity: int
    product: Product | None
    variant: Variant | None
    unit_price: Money
    seen_price: Money
    available: int
    problem: LineProblem

    @property
    def total(self) -> Money:
        return self.unit_price * self.quantity

    @property
    def sellable(self) -> bool:
        return self.problem in (LineProblem.NONE, LineProblem.PRICE_CHANGED)


@dataclass(frozen=True, slots=True)
class CartView:
    """`id` is None for somebody who has no cart yet. The totals leave out lines that can't be sold."""

    id: UUID | None
    version: int
    currency: str
    lines: tuple[CartLine, ...]
    totals: Totals

    @property
    def quantity(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def is_empty(self) -> bool:
        return not self.lines

    @property
    def purchasable(self) -> bool:
        return bool(self.lines) and all(line.problem is LineProblem.NONE for line in self.lines)

    def quantities(self) -> dict[str, int]:
        return {line.sku: line.quantity for line in self.lines}


def owner_of(identity: Identity) -> CartOwner:
    return CartOwner(user_id=identity.user_id, visitor=identity.visitor)


async def view_cart(uow: UnitOfWork, owner: CartOwner) -> CartView:
    """The owner's open cart; an empty one when there is none, without writing a row."""
    cart = await repository.find_open(uow.session, owner)
    return await _view(uow, cart)


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
    cart = await _open_cart(uow, owner)
    return await add_to_cart(uow, cart, sku, quantity)


async def add_to_cart(uow: UnitOfWork, cart: Cart, sku: str, quantity: int) -> CartView:
    """As add_item, for a cart already found and locked."""
    _require_quantity(quantity)
    product, variant = await _on_sale(uow, sku)
    available = (await _available(uow, cart, [sku]))[sku]
    if available < quantity:
        raise _not_enough(product, sku, available)
    added = await repository.add_quantity(
        uow.session, cart.id, sku, quantity, seen_price_amount=variant.price.amount, limit=available
    )
    if added is None:
        raise _not_enough(product, sku, available, await repository.quantity_of(uow.session, cart.id, sku))
    await repository.touch(uow.session, cart.id)
    return await _view(uow, cart)


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
        available = (await _available(uow, cart, [sku]))[sku]
        if available < quantity:
            raise _not_enough(product, sku, available, held)
    await repository.set_quantity(uow.session, cart.id, sku, quantity)
    await repository.touch(uow.session, cart.id)
    return await _view(uow, cart)


async def remove_item(uow: UnitOfWork, owner: CartOwner, sku: str) -> CartView:
    """Take a line out; taking it out twice is no error."""
    cart = await repository.find_open(uow.session, owner, lock=True)
    return await remove_from_cart(uow, cart, sku) if cart else await _view(uow, None)


async def remove_from_cart(uow: UnitOfWork, cart: Cart, sku: str) -> CartView:
    """As remove_item, for a cart already found and locked."""
    if await repository.remove(uow.session, cart.id, sku):
        await repository.touch(uow.session, cart.id)
    return await _view(uow, cart)


async def accept_prices(uow: UnitOfWork, owner: CartOwner) -> CartView:
    """The shopper has seen today's prices and agrees to them."""
    cart = await repository.find_open(uow.session, owner, lock=True)
    view = await _view(uow, cart)
    if cart is None:
        return view
    changed = {line.sku: line.unit_price.amount for line in view.lines if line.unit_price != line.seen_price}
    await repository.set_seen_prices(uow.session, cart.id, changed)
    return await _view(uow, cart)


async def create_cart(uow: UnitOfWork, owner: CartOwner) -> CartView:
    """A cart for a program, which names it by its id; a signed-in user's or a browser's open cart is used again."""
    if owner.user_id or owner.visitor:
        cart = await _open_cart(uow, owner)
    else:
        cart = await repository.create(uow.session, Cart(currency=uow.settings.currency))
    return await _view(uow, cart)


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


async def view(uow: UnitOfWork, cart: Cart) -> CartView:
    """A cart with its lines as they stand today."""
    return await _view(uow, cart)


async def versions(uow: UnitOfWork, cart_ids: Collection[UUID]) -> dict[UUID, int]:
    """At which version each cart is; what is shown of another version is out of date."""
    return await repository.versions(uow.session, cart_ids) if cart_ids else {}


async def is_merged(uow: UnitOfWork, cart_id: UUID) -> bool:
    """Whether what was in a guest's cart has gone over into somebody's own."""
    cart = await repository.find(uow.session, cart_id)
    return cart is not None and cart.status == CartStatus.MERGED


async def lock_cart(uow: UnitOfWork, cart_id: UUID) -> Cart | None:
    """The cart, kept from changing until the commit."""
    return await repository.lock(uow.session, cart_id)


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


async def _open_cart(uow: UnitOfWork, owner: CartOwner) -> Cart:
    """The owner's open cart, locked, made when there is none, but not for an account that is being deleted."""
    existing = await repository.find_open(uow.session, owner, lock=True)
    if existing:
        return existing
    await people.keep(uow, owner.user_id)
    return await repository.open_cart(uow.session, owner, uow.settings.currency)


async def _view(uow: UnitOfWork, cart: Cart | None) -> CartView:
    if cart is None:
        currency = uow.settings.currency
        return CartView(None, 0, currency, (), price_cart((), currency))
    items = await repository.items(uow.session, cart.id)
    skus = [item.sku for item in items]
    found = await catalog.variants_by_sku(uow, skus) if skus else {}
    available = await _available(uow, cart, skus)
    lines = tuple(_line(item, found.get(item.sku), available[item.sku], cart.currency) for item in items)
    return CartView(cart.id, cart.version, cart.currency, lines, totals_of(lines, cart.currency))


async def _available(uow: UnitOfWork, cart: Cart, skus: Sequence[str]) -> dict[str, int]:
    """The units this cart can have of each SKU: what nobody was promised, and what it was promised itself."""
    stock = await inventory.levels(uow, skus)
    held = await inventory.held(uow, cart.id)
    return {sku: max(0, level.available) + held.get(sku, 0) for sku, level in stock.items()}


def totals_of(lines: Sequence[CartLine], currency: str, shipping: Money | None = None) -> Totals:
    priced = [PricedLine(line.sku, line.quantity, line.unit_price) for line in lines if line.sellable]
    return price_cart(priced, currency, shipping=shipping)


def _line(item: CartItem, found: tuple[Product, Variant] | None, available: int, currency: str) -> CartLine:
    product, variant = found or (None, None)
    seen = Money(item.seen_price_amount, currency)
    price = variant.price if variant else seen
    return CartLine(
        sku=item.sku,
        quantity=item.quantity,
        product=product,
        variant=variant,
        unit_price=price,
        seen_price=seen,
        available=available,
        problem=_problem(item, product, price, seen, available),
    )


def _problem(
    item: CartItem, product: Product | None, price: Money, seen: Money, available: int
) -> LineProblem:
    if product is None or product.status is not ProductStatus.ACTIVE:
        return LineProblem.UNAVAILABLE
    if available <= 0:
        return LineProblem.OUT_OF_STOCK
    if available < item.quantity:
        return LineProblem.SHORT
    return LineProblem.PRICE_CHANGED if price != seen else LineProblem.NONE


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
