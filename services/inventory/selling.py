"""Units that leave for a buyer, and those that come back."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from models.identity import Identity
from models.stock import StockReason
from services.inventory import holds_repository
from services.inventory.changes import change
from services.inventory.repository import Delta
from services.unit_of_work import UnitOfWork


async def sell(uow: UnitOfWork, holder_id: UUID) -> None:
    """What the holder was promised is paid and leaves the stock. Doing it twice changes nothing."""
    taken = await holds_repository.take(uow.session, holder_id)
    if taken:
        deltas = {sku: Delta(on_hand=-units, reserved=-units) for sku, units in taken.quantities.items()}
        await change(uow, deltas, StockReason.SOLD, holder_id)


async def restock(uow: UnitOfWork, quantities: Mapping[str, int], *, holder_id: UUID, by: Identity) -> None:
    """A paid order was cancelled: its units come back."""
    deltas = {sku: Delta(on_hand=units) for sku, units in quantities.items()}
    await change(uow, deltas, StockReason.RETURNED, holder_id, by)
