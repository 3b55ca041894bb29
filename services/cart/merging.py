"""A guest signs in: two carts become one."""

from __future__ import annotations

from dataclasses import asdict, replace
from uuid import UUID

from models.cart import MAX_LINE_QUANTITY, Cart, CartItem, CartOwner, CartStatus
from models.catalog import Product, ProductStatus, Variant
from models.saved import CartMerge, LooseLine, MergedLine, SavedReason
from services.cart import merges_repository, repository, saved_repository
from services.cart.changing import give_back_surplus
from services.cart.coupons import together
from services.cart.repricing import restate
from services.cart.saving import keep
from services.cart.views import available_to, currency_of
from services.catalog import service as catalog
from services.identity import people
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork


async def merge_carts(
    uow: UnitOfWork, user_id: UUID, visitor: str, currency: str = ""
) -> tuple[UUID, UUID] | None:
    """Bring what a guest chose into the user's cart, and what the guest saved for later to the user's list.

    Of a SKU in both carts the units add up, to as many as this cart can have and at most 99; what is beyond that, or
    not sold any more, is saved for later. The user's own units stay whatever is left of the stock.

    All of it is in `currency`, the person's present choice, or else in that of the user's cart, at today's prices.
    Stock held for the guest's cart is held for the user's from now on. While both hold stock, each for an order that
    waits for its payment, they stay apart; the next page load tries again. Returns the ids of the guest's cart and of
    the user's when they were merged.
    """
    left = await repository.left_by(uow.session, visitor)
    if not left.cart and not left.saved:
        return None
    await people.keep(uow, user_id)
    wanted = await currency_of(uow, CartOwner(currency=currency)) if currency else ""
    carts = await _both(uow, user_id, visitor, wanted) if left.cart else None
    if left.saved:
        await saved_repository.bring_along(uow.session, visitor, user_id)
    if carts is None:
        return None
    guest, cart = carts
    target = wanted or cart.currency
    await restate(uow, guest, target)
    await restate(uow, cart, target)
    await _bring_lines(uow, guest, cart, visitor, user_id, target)
    await repository.set_status(uow.session, guest.id, CartStatus.MERGED)
    await repository.touch(uow.session, cart.id, codes=together(cart.codes, guest.codes), currency=target)
    return guest.id, cart.id


async def _both(uow: UnitOfWork, user_id: UUID, visitor: str, currency: str) -> tuple[Cart, Cart] | None:
    """The guest's cart and the user's, locked in the order of their ids, with the stock held for both in one hand."""
    guests, own = CartOwner(visitor=visitor), CartOwner(user_id=user_id)
    guest = await repository.find_open(uow.session, guests)
    if guest is None:
        return None
    known = await repository.find_open(uow.session, own)
    if known and known.id < guest.id:
        await repository.lock(uow.session, known.id)
    locked = await repository.find_open(uow.session, guests, lock=True)
    if locked is None:
        return None
    cart = await repository.open_cart(uow.session, own, currency or guest.currency)
    if not await inventory.hand_over(uow, guest.id, cart.id):
        return None
    return locked, cart


async def _bring_lines(
    uow: UnitOfWork, guest: Cart, cart: Cart, visitor: str, user_id: UUID, currency: str
) -> None:
    """What the shopper has seen is stated in `currency` already."""
    brought = await repository.items(uow.session, guest.id)
    if not brought:
        return
    own = {item.sku: item for item in await repository.items(uow.session, cart.id)}
    skus = [item.sku for item in brought]
    found = await catalog.variants_by_sku(uow, skus)
    available = await available_to(uow, cart, skus)
    loose = {item.sku: _loose(item, currency) for item in brought}
    merged = [_split(loose[sku], own.get(sku), found.get(sku), available[sku]) for sku in skus]
    await repository.empty(uow.session, guest.id)
    moved = [replace(loose[line.sku], quantity=line.moved) for line in merged if line.moved]
    await repository.put_lines(uow.session, cart.id, moved)
    beyond = [(replace(loose[line.sku], quantity=line.saved), line.reason) for line in merged if line.saved]
    await keep(uow, CartOwner(user_id=user_id), beyond)
    await give_back_surplus(uow, cart)
    merges_repository.add(
        uow.session,
        CartMerge(
            user_id=user_id,
            visitor=visitor,
            guest_cart_id=guest.id,
            cart_id=cart.id,
            currency=currency,
            lines=[asdict(line) for line in merged],
            codes=[code for code in together(cart.codes, guest.codes) if code not in cart.codes],
        ),
    )


def _loose(item: CartItem, currency: str) -> LooseLine:
    return LooseLine(item.sku, item.quantity, item.seen_price_amount, currency, item.added_at, item.name)


def _split(
    line: LooseLine, own: CartItem | None, found: tuple[Product, Variant] | None, available: int
) -> MergedLine:
    """How much of a guest's line has room in the user's cart."""
    sold = found is not None and found[0].status is ProductStatus.ACTIVE
    present = own.quantity if own else 0
    room = min(available, MAX_LINE_QUANTITY) - present if sold else 0
    moved = max(0, min(line.quantity, room))
    seen = line.seen_price_amount
    return MergedLine(
        sku=line.sku,
        moved=moved,
        saved=line.quantity - moved,
        reason=SavedReason.CHOSEN if moved == line.quantity else _reason(sold, available),
        available=available,
        seen=seen,
        seen_before=own.seen_price_amount if own else None,
        seen_after=min(seen, own.seen_price_amount) if own else seen,
        name=line.name,
    )


def _reason(sold: bool, available: int) -> SavedReason:
    if not sold:
        return SavedReason.UNAVAILABLE
    if available <= 0:
        return SavedReason.SOLD_OUT
    return SavedReason.TOO_MANY if available >= MAX_LINE_QUANTITY else SavedReason.SHORT
