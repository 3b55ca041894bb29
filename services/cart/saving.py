"""Saving lines for later and taking them back; and putting back what was removed by a slip."""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.cart import MAX_LINE_QUANTITY, CartOwner
from models.catalog import Product, ProductStatus, Variant
from models.money import Money
from models.saved import LooseLine, SavedItem, SavedReason
from services.cart import repository, saved_repository
from services.cart.changing import loosen, on_sale
from services.cart.finding import open_cart
from services.cart.views import CartView, available_to, currency_of, goods_in, view, view_nothing
from services.errors import Conflict, InsufficientStock
from services.identity import people
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SavedLine:
    """`product` and `variant` are None for goods that have left the catalogue; `available` counts for everybody."""

    sku: str
    quantity: int
    product: Product | None
    variant: Variant | None
    unit_price: Money
    seen_price: Money
    available: int
    reason: SavedReason
    name: str = ""

    @property
    def title(self) -> str:
        """Of what has left the catalogue, the name that it had when it was put into the cart."""
        return self.product.title if self.product else self.name

    @property
    def on_sale(self) -> bool:
        return self.product is not None and self.product.status is ProductStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class MovedBack:
    """`moved` units are in the cart again, `left` stay saved: no more could be had."""

    cart: CartView
    moved: int
    left: int


async def view_saved(uow: UnitOfWork, owner: CartOwner) -> tuple[SavedLine, ...]:
    """What the owner has saved for later, the latest first."""
    if owner.user_id is None and not owner.visitor:
        return ()
    items = await saved_repository.items(uow.session, owner)
    skus = [item.sku for item in items]
    found = await goods_in(uow, await currency_of(uow, owner), skus)
    levels = await inventory.levels(uow, skus)
    return tuple(_saved_line(item, found.get(item.sku), levels[item.sku].available) for item in items)


async def save_for_later(uow: UnitOfWork, owner: CartOwner, sku: str) -> CartView:
    """Move a line below the cart, with its units and the price that was seen; a line that is gone is no error."""
    await people.keep(uow, owner.user_id)
    cart = await repository.find_open(uow.session, owner, lock=True)
    if cart is None:
        return await view_nothing(uow, owner)
    line = await loosen(uow, cart, sku)
    if line:
        await keep(uow, owner, [(line, SavedReason.CHOSEN)])
    return await view(uow, cart)


async def move_to_cart(uow: UnitOfWork, owner: CartOwner, sku: str) -> MovedBack:
    """Back into the cart, as many as can be had; moving what is not saved any more changes nothing.

    Raises NotFound (not on sale), InsufficientStock (none can be had), Conflict (the line is full).
    """
    cart = await open_cart(uow, owner)
    product, variant = await on_sale(uow, sku, cart.currency)
    item = await saved_repository.find(uow.session, owner, sku)
    if item is None:
        return MovedBack(await view(uow, cart), 0, 0)
    available = (await available_to(uow, cart, [sku]))[sku]
    present = await repository.quantity_of(uow.session, cart.id, sku)
    moved = min(item.quantity, min(available, MAX_LINE_QUANTITY) - present)
    if moved <= 0:
        raise _no_room(product, sku, available)
    line, left = replace(item.line(), quantity=moved), item.quantity - moved
    await repository.put_lines(uow.session, cart.id, [priced_in(line, cart.currency, variant)])
    await saved_repository.set_quantity(uow.session, item, left)
    await repository.touch(uow.session, cart.id)
    return MovedBack(await view(uow, cart), moved, left)


async def remove_saved(uow: UnitOfWork, owner: CartOwner, sku: str) -> LooseLine | None:
    """Off the list; None when it is gone already."""
    return await saved_repository.take(uow.session, owner, sku)


async def save_again(uow: UnitOfWork, owner: CartOwner, line: LooseLine) -> None:
    """Back on the list what was removed from it by a slip. Raises Unauthenticated (the account was deleted)."""
    await people.keep(uow, owner.user_id)
    await keep(uow, owner, [(line, SavedReason.CHOSEN)])


async def put_back(uow: UnitOfWork, owner: CartOwner, line: LooseLine) -> CartView:
    """Back into the cart, where it was and as it was, what was removed by a slip, even if it is sold out by now.

    Units beyond what a line can hold are saved for later.
    """
    cart = await open_cart(uow, owner)
    present = await repository.quantity_of(uow.session, cart.id, line.sku)
    moved = min(line.quantity, MAX_LINE_QUANTITY - present)
    variant = None
    if line.currency != cart.currency:
        _, variant = (await goods_in(uow, cart.currency, [line.sku])).get(line.sku, (None, None))
    if moved:
        fitting = priced_in(replace(line, quantity=moved), cart.currency, variant)
        await repository.put_lines(uow.session, cart.id, [fitting])
        await repository.touch(uow.session, cart.id)
    if moved < line.quantity:
        beyond = replace(line, quantity=line.quantity - moved)
        await keep(uow, owner, [(beyond, SavedReason.TOO_MANY)])
    return await view(uow, cart)


async def keep(uow: UnitOfWork, owner: CartOwner, lines: list[tuple[LooseLine, SavedReason]]) -> None:
    """Save lines for later that are in no cart any more."""
    await saved_repository.add(uow.session, owner, lines)


def priced_in(line: LooseLine, currency: str, variant: Variant | None) -> LooseLine:
    """The line for a cart in another currency: there its price has not been seen yet, so that of today is asked."""
    if line.currency == currency or variant is None:
        return line
    return replace(line, currency=currency, seen_price_amount=variant.price.amount)


def _no_room(product: Product, sku: str, available: int) -> Conflict:
    if available <= 0:
        return InsufficientStock(f"“{product.title}” is sold out. It stays saved for you.", {sku: 0})
    return InsufficientStock(
        f"As many of “{product.title}” as can be had are in your cart already. The rest stays saved for you.",
        {sku: available},
    )


def _saved_line(item: SavedItem, found: tuple[Product, Variant] | None, available: int) -> SavedLine:
    product, variant = found or (None, None)
    seen = Money(item.seen_price_amount, item.currency)
    return SavedLine(
        sku=item.sku,
        quantity=item.quantity,
        product=product,
        variant=variant,
        unit_price=variant.price if variant else seen,
        seen_price=seen,
        available=max(0, available),
        reason=SavedReason(item.reason),
        name=item.name,
    )
