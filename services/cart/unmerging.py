"""What a sign-in brought into a cart is told, and taken out again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from models.cart import Cart, CartOwner
from models.ids import now
from models.saved import CartMerge, LooseLine, SavedReason
from services.cart import merges_repository, repository
from services.cart.changing import give_back_surplus
from services.cart.saving import keep
from services.cart.views import CartView, view, view_nothing
from services.errors import Conflict, NotFound
from services.identity import people
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork

TOLD_FOR = timedelta(minutes=2)
"""How long after a merge pages of that browser still tell of it."""


async def latest_merge(uow: UnitOfWork, owner: CartOwner) -> CartMerge | None:
    """What the last sign-in of this browser brought along, when it has just been and can be undone."""
    if owner.user_id is None or not owner.visitor:
        return None
    return await merges_repository.latest(uow.session, owner.user_id, owner.visitor, now() - TOLD_FOR)


async def undo_merge(uow: UnitOfWork, owner: CartOwner, merge_id: UUID) -> CartView:
    """Leave what the guest chose out of the user's cart: it is saved for later. Doing it twice changes nothing.

    The user's own lines are what they were, with what was changed since. Codes that came along go, unless somebody has
    entered them anew. Raises NotFound, and Conflict `merge_ordered` when something of the cart has been ordered
    meanwhile.
    """
    if owner.user_id is None:
        raise NotFound("There is nothing to undo. Sign in first.")
    await people.keep(uow, owner.user_id)
    cart = await repository.find_open(uow.session, owner, lock=True)
    merge = await merges_repository.find(uow.session, merge_id, owner.user_id)
    if merge is None:
        raise NotFound("There is nothing to undo.")
    if merge.undone_at:
        return await view(uow, cart) if cart else await view_nothing(uow, owner)
    hold = await inventory.hold_of(uow, merge.cart_id)
    if cart is None or cart.id != merge.cart_id or merge.ordered_at or (hold and not hold.is_timed):
        raise Conflict(
            "This cart has been ordered meanwhile, so what was added stays in it. You can remove single items.",
            code="merge_ordered",
        )
    merge.undone_at = now()
    taken = await _take_apart(uow, cart, merge, owner)
    codes = [code for code in cart.codes if code not in merge.codes]
    if taken or codes != cart.codes:
        await repository.touch(uow.session, cart.id, codes=codes)
    if taken:
        await give_back_surplus(uow, cart)
    return await view(uow, cart)


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
        LooseLine(line.sku, taken[line.sku], line.seen, merge.currency, item.added_at, item.name)
        for line, item in there
    ]
    await keep(uow, owner, [(line, SavedReason.LEFT_OUT) for line in loose])
    return bool(taken)
