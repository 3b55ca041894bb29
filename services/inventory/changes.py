"""Where levels change: the levels, what lies where, the ledger and the announcement belong together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from models.identity import STORE, Identity
from models.stock import StockEntry, StockReason
from services.inventory import locations_repository, repository
from services.inventory.repository import Delta
from services.live import topics
from services.unit_of_work import UnitOfWork

AVAILABILITY_TASK = "catalog.refresh_availability"

Moves = Mapping[tuple[str, str], int]
"""Units by SKU and location; below zero for those that leave."""


async def promise(
    uow: UnitOfWork, deltas: Mapping[str, Delta], reason: StockReason, holder_id: UUID
) -> set[str]:
    """Change what is reserved, and write that down. Returns the SKUs left as they are: too little is there."""
    wanted = {sku: delta for sku, delta in deltas.items() if delta != Delta()}
    if not wanted:
        return set()
    changed = await repository.change(uow.session, wanted)
    entries = [entry(sku, wanted[sku], reason, holder_id=holder_id) for sku in sorted(changed)]
    await write_down(uow, entries)
    return wanted.keys() - changed


async def move(
    uow: UnitOfWork,
    moves: Moves,
    reason: StockReason,
    *,
    by: Identity = STORE,
    holder_id: UUID | None = None,
    were_reserved: bool = False,
) -> None:
    """Bring units to locations or take them away, and write that down. The levels say it already, and are locked."""
    moves = {where: units for where, units in moves.items() if units}
    await locations_repository.change(uow.session, moves)
    entries = [
        entry(
            sku,
            Delta(on_hand=units, reserved=units if were_reserved else 0),
            reason,
            location=location,
            holder_id=holder_id,
            by=by,
        )
        for (sku, location), units in sorted(moves.items())
    ]
    await write_down(uow, entries)


async def write_down(uow: UnitOfWork, entries: Sequence[StockEntry]) -> None:
    """What happened to levels goes into the ledger, and is announced."""
    await repository.record(uow.session, entries)
    await announce(uow, {entry.sku for entry in entries})


def entry(
    sku: str,
    delta: Delta,
    reason: StockReason,
    *,
    location: str | None = None,
    holder_id: UUID | None = None,
    by: Identity = STORE,
) -> StockEntry:
    return StockEntry(
        sku=sku,
        on_hand_delta=delta.on_hand,
        reserved_delta=delta.reserved,
        reason=reason.value,
        location=location,
        holder_id=holder_id,
        actor=by.signature,
    )


async def announce(uow: UnitOfWork, skus: Iterable[str]) -> None:
    """What can be had of these SKUs will be something else after the commit; open pages show it, and lists soon."""
    named = sorted(skus)
    if named:
        uow.announce(*topics.stocks(named))
        await uow.defer(AVAILABILITY_TASK, skus=named)
