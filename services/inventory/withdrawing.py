"""Units that turn out not to be there, while checkouts hold them."""

from __future__ import annotations

from models.identity import Identity
from models.stock import StockLevel, StockReason
from services.inventory import holds_repository
from services.inventory.changes import entry, write_down
from services.inventory.repository import Delta
from services.live import topics
from services.unit_of_work import UnitOfWork


async def withdraw(uow: UnitOfWork, level: StockLevel, units: int, *, by: Identity) -> None:
    """Take up to so many units back from checkouts, from the youngest first; what orders were promised stays.

    Their pages are told. `level` must be locked; it is changed here, and written by the caller.
    """
    pieces = await holds_repository.take_youngest(uow.session, level.sku, units)
    if not pieces:
        return
    level.reserved -= sum(piece.quantity for piece in pieces)
    entries = [
        entry(
            level.sku,
            Delta(reserved=-piece.quantity),
            StockReason.RELEASED,
            holder_id=piece.holder_id,
            by=by,
        )
        for piece in pieces
    ]
    await write_down(uow, entries)
    uow.announce(*(topics.cart(piece.holder_id) for piece in pieces))
