"""A cart in another currency: the same lines, at that currency's prices."""

from __future__ import annotations

from models.cart import Cart, CartOwner
from models.identity import Identity
from models.prices import Prices
from services.cart import repository
from services.cart.views import CartView, currency_of, view, view_nothing
from services.catalog import service as catalog
from services.identity import people
from services.live import topics
from services.price_list import service as price_lists
from services.unit_of_work import UnitOfWork


async def choose_currency(uow: UnitOfWork, identity: Identity, currency: str) -> None:
    """Somebody wants to pay in another currency: their open cart follows, and an account keeps the choice.

    An order that waits for its payment stays as it is; the next checkout of the cart replaces it.
    Raises Invalid for a currency that is not offered.
    """
    wanted = (await price_lists.offered(uow, currency, skus=())).currency
    if identity.user_id:
        await people.prefer_currency(uow, identity.user_id, wanted)
    owner = CartOwner(user_id=identity.user_id, visitor=identity.visitor)
    cart = await repository.find_open(uow.session, owner, lock=True)
    if cart:
        await reckon_in(uow, cart, wanted)


async def change_currency(uow: UnitOfWork, cart: Cart, currency: str) -> CartView:
    """As choose_currency, for a cart already found and locked."""
    await reckon_in(uow, cart, (await price_lists.offered(uow, currency, skus=())).currency)
    return await view(uow, cart)


async def follow_choice(uow: UnitOfWork, owner: CartOwner) -> CartView:
    """The owner's open cart in the currency they are shown. It may be in another: theirs was chosen elsewhere, or isn't
    offered any more."""
    cart = await repository.find_open(uow.session, owner, lock=True)
    if cart is None:
        return await view_nothing(uow, owner)
    await reckon_in(uow, cart, await currency_of(uow, owner))
    return await view(uow, cart)


async def reckon_in(uow: UnitOfWork, cart: Cart, currency: str) -> None:
    """`cart` must be locked."""
    if cart.currency != currency:
        await restate(uow, cart, currency)
        await repository.touch(uow.session, cart.id, currency=currency)
        uow.announce(topics.cart(cart.id))


async def restate(uow: UnitOfWork, cart: Cart, currency: str) -> None:
    """Say in another currency which prices the shopper has seen. Whoever saw today's has seen today's there, and is not
    asked about a change that they made themselves; a change of price that they were not asked about yet stays one."""
    if cart.currency == currency:
        return
    items = await repository.items(uow.session, cart.id)
    skus = [item.sku for item in items]
    old, new = (
        await price_lists.prices(uow, cart.currency, skus),
        await price_lists.prices(uow, currency, skus),
    )
    goods = await catalog.variants_by_sku(uow, skus) if skus else {}
    seen = {}
    for item in items:
        _, variant = goods.get(item.sku, (None, None))
        today = variant.price.amount if variant else None
        seen[item.sku] = _seen(item.sku, item.seen_price_amount, today, old, new)
    await repository.set_seen_prices(uow.session, cart.id, seen)


def _seen(sku: str, seen: int, today: int | None, old: Prices, new: Prices) -> int:
    """`today` is the price in the store's currency, None for goods that are gone."""
    if today is not None and old.amount_of(sku, today) == seen:
        return new.amount_of(sku, today)
    return new.conversion.convert(old.conversion.least(seen))
