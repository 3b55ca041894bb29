"""Wish lists: a browser's until somebody signs in there, then the account's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.cart import CartOwner
from models.catalog import Product, ProductStatus, Variant
from models.stock import Offer
from models.wish import MAX_WISHES, Wish
from services.cart import service as carts
from services.catalog import service as catalog
from services.errors import Conflict, NotFound
from services.identity import people
from services.inventory import service as inventory
from services.price_list import service as price_lists
from services.unit_of_work import UnitOfWork
from services.wishlist import repository


@dataclass(frozen=True, slots=True)
class Wished:
    """A product somebody would like. `variant` is the one they looked at, else the first, for variants come and go."""

    product: Product
    variant: Variant
    offer: Offer
    wished_at: datetime


async def wished_ids(uow: UnitOfWork, owner: CartOwner) -> frozenset[UUID]:
    """The products on the list; for a browser that keeps no cookies there is none."""
    return frozenset(wish.product_id for wish in await _wishes(uow, owner))


async def list_wishes(uow: UnitOfWork, owner: CartOwner) -> tuple[Wished, ...]:
    """The latest first. What is not in the store at present is left out, and is there again when it is."""
    wishes = await _wishes(uow, owner)
    products = await catalog.products_by_id(uow, [wish.product_id for wish in wishes])
    prices = await price_lists.prices(uow, await carts.currency_of(uow, owner))
    priced = {
        known.id: prices.product(known) for known in products.values() if known.status is ProductStatus.ACTIVE
    }
    shown = [
        (wish, product, product.variant(wish.sku) or product.variants[0])
        for wish in wishes
        if (product := priced.get(wish.product_id))
    ]
    levels = await inventory.levels(uow, [variant.sku for _, _, variant in shown])
    return tuple(
        Wished(product, variant, levels[variant.sku].offer(), wish.created_at)
        for wish, product, variant in shown
    )


async def add_wish(uow: UnitOfWork, owner: CartOwner, slug: str, sku: str = "") -> Product:
    """Put a product on the list; there already, it becomes this variant.

    Raises NotFound (no such product or variant), Conflict (`wish_list_full`, `no_cookies`), Unauthenticated (the
    account was deleted a moment ago).
    """
    if owner.user_id is None and not owner.visitor:
        raise Conflict(
            "Please allow cookies for this store, then load the page again: your wish list hangs on one.",
            code="no_cookies",
        )
    product = await catalog.get_product(uow, slug)
    if sku and product.variant(sku) is None:
        raise NotFound("This product isn’t made like that any more. Choose another version.")
    await people.keep(uow, owner.user_id)
    if await repository.count(uow.session, owner) >= MAX_WISHES:
        known = await wished_ids(uow, owner)
        if product.id not in known:
            raise Conflict(
                f"A wish list has room for {MAX_WISHES} things. Take something off it first.",
                code="wish_list_full",
            )
    await repository.add(uow.session, owner, product.id, sku or product.variants[0].sku)
    return product


async def remove_wish(uow: UnitOfWork, owner: CartOwner, product_id: UUID) -> bool:
    """Take a product off the list; False when it isn't on it."""
    return await repository.remove(uow.session, owner, product_id)


async def bring_along(uow: UnitOfWork, user_id: UUID, visitor: str) -> None:
    """Somebody signed in: what this browser wished for is the account's now. Nobody's wishes are too many for that."""
    guests = CartOwner(visitor=visitor)
    if await repository.count(uow.session, guests):
        await people.keep(uow, user_id)
        await repository.bring_along(uow.session, visitor, user_id)


async def forget(uow: UnitOfWork, user_id: UUID) -> None:
    """The list of somebody whose account is being deleted."""
    await repository.delete_of(uow.session, user_id)


async def _wishes(uow: UnitOfWork, owner: CartOwner) -> list[Wish]:
    if owner.user_id is None and not owner.visitor:
        return []
    return await repository.wishes(uow.session, owner)
