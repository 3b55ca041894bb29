"""Promises: units set aside for a checkout until a time, or for an order until it ends.

A holder is a cart. Its holds are only changed by those who have locked the cart, or by whoever gives back what has
expired; the latter passes over rows that somebody is at work on, so that nobody waits in a circle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from models.ids import now
from models.stock import Hold, StockReason
from services.errors import InsufficientStock
from services.inventory import holds_repository, repository
from services.inventory.changes import entry, promise, write_down
from services.inventory.holds_repository import Piece
from services.inventory.levels import levels
from services.inventory.repository import Delta
from services.live import topics
from services.unit_of_work import UnitOfWork

END_TASK = "inventory.end_hold"
BATCH = 200
"""Rows of expired holds given back in one transaction."""


async def hold_of(uow: UnitOfWork, holder_id: UUID) -> Hold | None:
    """What a holder was promised, also when its time is over and nobody has given it back yet."""
    return await holds_repository.find(uow.session, holder_id)


async def held(uow: UnitOfWork, holder_id: UUID) -> dict[str, int]:
    """The units of each SKU promised to a holder."""
    found = await hold_of(uow, holder_id)
    return dict(found.quantities) if found else {}


async def hold(
    uow: UnitOfWork, holder_id: UUID, quantities: Mapping[str, int], *, until: datetime | None = None
) -> Hold:
    """Promise a holder exactly these units, all or nothing; what it held before counts.

    Without `until` they are kept until the holder's order ends; what is kept for an order stays as it is when a
    timed hold is asked for. One whose time was over begins anew. Raises InsufficientStock naming the units the holder
    could have of each short SKU; the caller's unit of work has to roll back.
    """
    quantities = {sku: units for sku, units in quantities.items() if units > 0}
    before = await holds_repository.take(uow.session, holder_id)
    if before and until and not before.is_timed:
        await holds_repository.put(uow.session, holder_id, before)
        return before
    had = before.quantities if before else {}
    await _reserve(uow, holder_id, had, quantities)
    goes_on = before is not None and not before.is_over(now())
    after = Hold(quantities, until, before.since if before and goes_on else now())
    await holds_repository.put(uow.session, holder_id, after)
    if until and not (goes_on and before and before.is_timed):
        await _end_later(uow, holder_id, until)
    return after


async def extend(uow: UnitOfWork, holder_id: UUID, until: datetime) -> Hold | None:
    """Let a timed hold end later, never earlier; also one that is over, if nobody has given it back.

    Returns what is held now: None when it is gone, fewer units when some of it was given back to others.
    """
    await holds_repository.extend(uow.session, holder_id, until)
    return await hold_of(uow, holder_id)


async def lower(uow: UnitOfWork, holder_id: UUID, quantities: Mapping[str, int]) -> None:
    """Give back what is held beyond `quantities`: a line of the cart was reduced or removed.

    What is kept for an order is not the cart's any more, and stays.
    """
    found = await holds_repository.find(uow.session, holder_id, lock=True)
    if found is None or not found.is_timed:
        return
    kept = {sku: min(units, quantities.get(sku, 0)) for sku, units in found.quantities.items()}
    if kept != found.quantities:
        await holds_repository.take(uow.session, holder_id)
        left = replace(found, quantities={sku: units for sku, units in kept.items() if units > 0})
        await holds_repository.put(uow.session, holder_id, left)
        deltas = {sku: Delta(reserved=kept[sku] - units) for sku, units in found.quantities.items()}
        await promise(uow, deltas, StockReason.RELEASED, holder_id)


async def release(uow: UnitOfWork, holder_id: UUID) -> None:
    """Give up a holder's promise: the units can be sold to others. Doing it twice changes nothing."""
    taken = await holds_repository.take(uow.session, holder_id)
    if taken:
        deltas = {sku: Delta(reserved=-units) for sku, units in taken.quantities.items()}
        await promise(uow, deltas, StockReason.RELEASED, holder_id)


async def release_expired(uow: UnitOfWork) -> set[UUID]:
    """Give back the holds whose time is over; a batch of them, so call it until none is left. Returns the holders."""
    return await _give_back(uow, await holds_repository.take_expired(uow.session, limit=BATCH))


async def end_hold(uow: UnitOfWork, holder_id: UUID) -> bool:
    """Give back a hold whose time is over; of one that was extended, come back at its end. Whether it ended now."""
    ended = await _give_back(uow, await holds_repository.take_expired(uow.session, holder_id=holder_id))
    left = await hold_of(uow, holder_id)
    if left and left.expires_at:
        await _end_later(uow, holder_id, left.expires_at)
    return bool(ended)


async def hand_over(uow: UnitOfWork, giver_id: UUID, receiver_id: UUID) -> bool:
    """Make one holder's promise another's; two timed ones become one that ends when the later would have.

    A timed one beside one kept for an order is given back. False, and nothing is changed, when both are for orders.
    """
    given = await holds_repository.find(uow.session, giver_id, lock=True)
    present = await holds_repository.find(uow.session, receiver_id, lock=True) if given else None
    if given is None:
        return True
    if present is None:
        await holds_repository.change_holder(uow.session, giver_id, receiver_id)
        return True
    if not given.is_timed and not present.is_timed:
        return False
    if not present.is_timed:
        await release(uow, giver_id)
        return True
    if not given.is_timed:
        await release(uow, receiver_id)
        await holds_repository.change_holder(uow.session, giver_id, receiver_id)
        return True
    await holds_repository.take(uow.session, giver_id)
    await holds_repository.take(uow.session, receiver_id)
    await holds_repository.put(uow.session, receiver_id, _together(given, present))
    return True


def _together(one: Hold, other: Hold) -> Hold:
    ends = [end for end in (one.expires_at, other.expires_at) if end]
    quantities = Counter(one.quantities) + Counter(other.quantities)
    return Hold(dict(quantities), max(ends), min(one.since, other.since))


async def _reserve(
    uow: UnitOfWork, holder_id: UUID, had: Mapping[str, int], wanted: Mapping[str, int]
) -> None:
    """Change the levels from what a holder had to what it wants; raises InsufficientStock.

    When too little is there, holds of these SKUs that are over are given back first: their levels are locked already.
    """
    deltas = {sku: Delta(reserved=wanted.get(sku, 0) - had.get(sku, 0)) for sku in wanted.keys() | had.keys()}
    short = await promise(uow, deltas, StockReason.HELD, holder_id)
    if short:
        over = await holds_repository.take_expired(uow.session, skus=sorted(short))
        if await _give_back(uow, over):
            short = await promise(uow, {sku: deltas[sku] for sku in short}, StockReason.HELD, holder_id)
    if short:
        present = await levels(uow, sorted(short))
        raise InsufficientStock(
            "Somebody was quicker: part of your cart is no longer in stock. Please adjust it and try again.",
            {sku: max(0, level.available + had.get(sku, 0)) for sku, level in present.items()},
        )


async def _give_back(uow: UnitOfWork, pieces: Sequence[Piece]) -> set[UUID]:
    units: Counter[str] = Counter()
    for piece in pieces:
        units[piece.sku] += piece.quantity
    if pieces:
        await repository.change(uow.session, {sku: Delta(reserved=-count) for sku, count in units.items()})
        entries = [
            entry(piece.sku, Delta(reserved=-piece.quantity), StockReason.EXPIRED, holder_id=piece.holder_id)
            for piece in pieces
        ]
        await write_down(uow, entries)
    holders = {piece.holder_id for piece in pieces}
    uow.announce(*map(topics.cart, holders))
    return holders


async def _end_later(uow: UnitOfWork, holder_id: UUID, moment: datetime) -> None:
    """A job follows a hold to its end; a minute's sweep makes up for one that was lost."""
    seconds = max(0.0, (moment - now()).total_seconds()) + 1
    await uow.defer(END_TASK, after=timedelta(seconds=seconds), holder_id=str(holder_id))
