"""Units that leave for a buyer, and those that come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from models.identity import Identity
from models.stock import StockReason
from models.stock_location import StockAllocation, draw
from services.inventory import holds_repository, locations_repository, repository
from services.inventory.changes import Moves, move
from services.inventory.repository import Delta
from services.unit_of_work import UnitOfWork


async def sell(uow: UnitOfWork, holder_id: UUID, *, order_id: UUID | None = None) -> None:
    """What the holder was promised is paid and leaves the stock, from locations by priority.

    From where is written down for the order, or for the holder when there is none. Doing it twice changes nothing.
    """
    taken = await holds_repository.take(uow.session, holder_id)
    if taken is None:
        return
    deltas = {sku: Delta(on_hand=-units, reserved=-units) for sku, units in taken.quantities.items()}
    await repository.change(uow.session, deltas)
    given = await _draw(uow, taken.quantities)
    leaving = {where: -units for where, units in given.items()}
    await move(uow, leaving, StockReason.SOLD, holder_id=holder_id, were_reserved=True)
    await locations_repository.allocate(uow.session, order_id or holder_id, given)


async def restock(
    uow: UnitOfWork,
    quantities: Mapping[str, int],
    *,
    holder_id: UUID,
    by: Identity,
    order_id: UUID | None = None,
) -> None:
    """Sold units come back to where they came from; those of which nobody knows, to the first location."""
    deltas = {sku: Delta(on_hand=units) for sku, units in quantities.items() if units}
    if not deltas:
        return
    known = await repository.change(uow.session, deltas)
    returned = {sku: units for sku, units in quantities.items() if sku in known}
    moves = await _give_back(uow, order_id or holder_id, returned)
    await move(uow, moves, StockReason.RETURNED, by=by, holder_id=holder_id)


async def allocations(uow: UnitOfWork, order_id: UUID) -> list[StockAllocation]:
    """From where an order was given its units."""
    return await locations_repository.allocations(uow.session, order_id)


async def _draw(uow: UnitOfWork, quantities: Mapping[str, int]) -> Moves:
    codes, shelves = await locations_repository.open_shelves(uow.session, quantities.keys())
    return {
        (sku, code): share
        for sku, units in quantities.items()
        for code, share in draw(units, shelves[sku], codes).items()
    }


async def _give_back(uow: UnitOfWork, order_id: UUID, quantities: Mapping[str, int]) -> Moves:
    codes = await locations_repository.open_codes(uow.session)
    taken = await locations_repository.take_allocations(uow.session, order_id, list(quantities))
    moves: Counter[tuple[str, str]] = Counter()
    left = dict(quantities)
    for (sku, code), units in sorted(taken.items()):
        share = min(units, left[sku])
        moves[sku, code if code in codes else codes[0]] += share
        taken[sku, code] -= share
        left[sku] -= share
    for sku, units in left.items():
        moves[sku, codes[0]] += units
    await locations_repository.allocate(
        uow.session, order_id, {where: units for where, units in taken.items() if units}
    )
    return moves
