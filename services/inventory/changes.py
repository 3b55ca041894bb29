"""Where levels change: the levels, their ledger entries and the announcement belong together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from models.identity import STORE, Identity
from models.stock import StockEntry, StockReason
from services.inventory import repository
from services.inventory.repository import Delta
from services.unit_of_work import UnitOfWork

AVAILABILITY_TASK = "catalog.refresh_availability"


async def change(
    uow: UnitOfWork,
    deltas: Mapping[str, Delta],
    reason: StockReason,
    holder_id: UUID,
    by: Identity = STORE,
) -> set[str]:
    """Change levels and write that down. Returns the SKUs left as they are, because too little is there."""
    wanted = {sku: delta for sku, delta in deltas.items() if delta != Delta()}
    if not wanted:
        return set()
    changed = await repository.change(uow.session, wanted)
    await write_down(uow, [entry(sku, wanted[sku], reason, holder_id, by) for sku in sorted(changed)])
    return wanted.keys() - changed


async def write_down(uow: UnitOfWork, entries: Sequence[StockEntry]) -> None:
    """What happened to levels goes into the ledger, and is announced."""
    await repository.record(uow.session, entries)
    await _announce(uow, {entry.sku for entry in entries})


def entry(sku: str, delta: Delta, reason: StockReason, holder_id: UUID | None, by: Identity) -> StockEntry:
    return StockEntry(
        sku=sku,
        on_hand_delta=delta.on_hand,
        reserved_delta=delta.reserved,
        reason=reason.value,
        holder_id=holder_id,
        actor=by.signature,
    )


async def _announce(uow: UnitOfWork, skus: Iterable[str]) -> None:
    """The levels of these SKUs will be others once this is committed."""
    named = sorted(skus)
    if named:
        await uow.defer(AVAILABILITY_TASK, skus=named)
