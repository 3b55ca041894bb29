"""A guest signs in: two carts become one, and can be told apart again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from uuid import UUID

from models.cart import MAX_LINE_QUANTITY, Cart, CartItem, CartOwner, CartStatus
from models.catalog import Product, ProductStatus, Variant
from models.ids import now
from models.saved import CartMerge, LooseLine, MergedLine, SavedReason
from services.cart import merges_repository, repository, saved_repository
from services.cart.changing import give_back_surplus
from services.cart.saving import keep, priced_in
from services.cart.views import CartView, available_to, view
from services.catalog import service as catalog
from services.errors import Conflict, NotFound
from services.identity import people
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork

TOLD_FOR = timedelta(minutes=2)
"""How long after a merge pages of that browser still tell of it."""

Found = Mapping[str, tuple[Product, Variant]]


async def merge_carts(uow: UnitOfWork, user_id: UUID, visitor: str) -> tuple[UUID, UUID] | None:
    """Bring what a guest chose into the user's cart, and what the guest saved for later to the user's list.

    Of a SKU in both carts the units add up, to as many as this cart can have and at most 99; what is beyond that, or
    not sold any more, is saved for later. The user's own units stay whatever is left of the stock.

    Stock held for the guest's cart is held for the user's from now on. While both hold stock, each for an order that
    waits for its payment, they stay apart; the next page load tries again. Returns the ids of the guest's cart and of
    the user's when they were merged.
    """
    left = await repository.left_by(uow.session, visitor)
    if not left.cart and not left.saved:
        return None
    await people.keep(uow, user_id)
    carts = await _both(uow, user_id, visitor) if left.cart else None
    if left.saved:
        await saved_repository.bring_along(uow.session, visitor, user_id)
    if carts is None:
        return None
    guest, cart = carts
    await _bring_lines(uow, guest, cart, visitor, user_id)
    await repository.set_status(uow.session, guest.id, CartStatus.MERGED)
    await repository.touch(uow.session, cart.id)
    return guest.id, cart.id


async def latest_merge(uow: UnitOfWork, owner: CartOwner) -> CartMerge | None:
    """What the last sign-in of this browser brought along, when it has just been and can be undone."""
    if owner.user_id is None or not owner.visitor:
        return None
    return await merges_repository.latest(uow.session, owner.user_id, owner.visitor, now() - TOLD_FOR)


async def undo_merge(uow: UnitOfWork, owner: CartOwner, merge_id: UUID) -> CartView:
    """Leave what the guest chose out of the user's cart: it is saved for later. Doing it twice changes nothing.

    The user's own lines are what they were, with what was changed since. Raises NotFound, and Conflict `merge_ordered`
    when something of the cart has been ordered meanwhile.
    """
    if owner.user_id is None:
        raise NotFound("There is nothing to undo. Sign in first.")
    await people.keep(uow, owner.user_id)
    cart = await repository.find_open(uow.session, owner, lock=True)
    merge = await merges_repository.lock(uow.session, merge_id, owner.user_id)
    if merge is None:
        raise NotFound("There is nothing to undo.")
    if merge.undone_at:
        return await view(uow, cart)
    hold = await inventory.hold_of(uow, merge.cart_id)
    if cart is None or cart.id != merge.cart_id or merge.ordered_at or (hold and not hold.is_timed):
        raise Conflict(
            "This cart has been ordered meanwhile, so what was added stays in it. You can remove single items.",
            code="merge_ordered",
        )
    merge.undone_at = now()
    if await _take_apart(uow, cart, merge, owner):
        await repository.touch(uow.session, cart.id)
        await give_back_surplus(uow, cart)
    return await view(uow, cart)


async def _both(uow: UnitOfWork, user_id: UUID, visitor: str) -> tuple[Cart, Cart] | None:
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
    cart = await repository.open_cart(uow.session, own, guest.currency)
    if not await inventory.hand_over(uow, guest.id, cart.id):
        return None
    return locked, cart


async def _bring_lines(uow: UnitOfWork, guest: Cart, cart: Cart, visitor: str, user_id: UUID) -> None:
    brought = await repository.items(uow.session, guest.id)
    if not brought:
        return
    own = {item.sku: item for item in await repository.items(uow.session, cart.id)}
    skus = [item.sku for item in brought]
    found = await catalog.variants_by_sku(uow, skus)
    available = await available_to(uow, cart, skus)
    loose = {item.sku: _loose(item, guest.currency, cart.currency, found) for item in brought}
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
            currency=cart.currency,
            lines=[asdict(line) for line in merged],
        ),
    )


async def _take_apart(uow: UnitOfWork, cart: Cart, merge: CartMerge, owner: CartOwner) -> bool:
    """Whether the cart still had anything of what the merge had brought."""
    items = {item.sku: item for item in await repository.items(uow.session, cart.id)}
    there = [(line, items[line.sku]) for line in merge.merged_lines() if line.moved and line.sku in items]
    taken = {line.sku: min(line.moved, item.quantity) for line, item in there}
    await repository.subtract(uow.session, cart.id, taken)
    seen = {
        line.sku: line.seen_before
        for line, item in there
        if line.seen_before is not None and item.seen_price_amount == line.seen_after
    }
    await repository.set_seen_prices(uow.session, cart.id, seen)
    loose = [
        LooseLine(line.sku, taken[line.sku], line.seen, merge.currency, item.added_at) for line, item in there
    ]
    await keep(uow, owner, [(line, SavedReason.LEFT_OUT) for line in loose])
    return bool(taken)


def _loose(item: CartItem, currency: str, into: str, found: Found) -> LooseLine:
    line = LooseLine(item.sku, item.quantity, item.seen_price_amount, currency, item.added_at)
    return priced_in(line, into, found[item.sku][1] if item.sku in found else None)


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
    )


def _reason(sold: bool, available: int) -> SavedReason:
    if not sold:
        return SavedReason.UNAVAILABLE
    if available <= 0:
        return SavedReason.SOLD_OUT
    return SavedReason.TOO_MANY if available >= MAX_LINE_QUANTITY else SavedReason.SHORT
