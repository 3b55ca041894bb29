"""Units that turn out not to be there, while checkouts hold them."""

from __future__ import annotations

from collections.abc import Sequence

from models.identity import STORE, Identity
from models.stock import StockLevel, StockReason
from services.inventory import holds_repository
from services.inventory.changes import entry, write_down
from services.inventory.holds_repository import Piece
from services.inventory.repository import Delta
from services.live import topics
from services.unit_of_work import UnitOfWork


async def withdraw(uow: UnitOfWork, level: StockLevel, units: int, *, by: Identity) -> None:
    """Take up to so many units back from checkouts, from the youngest first; what orders were promised stays.

    Nobody loses anything to one whose time is over: what it held is given back before. Their pages are told. `level`
    must be locked; it is changed here, and written by the caller.
    """
    over = await holds_repository.take_expired(uow.session, skus=[level.sku])
    await _give_back(uow, level, over, StockReason.EXPIRED, STORE)
    units -= _units(over)
    if units > 0:
        youngest = await holds_repository.take_youngest(uow.session, level.sku, units)
        await _give_back(uow, level, youngest, StockReason.RELEASED, by)


async def _give_back(
    uow: UnitOfWork, level: StockLevel, pieces: Sequence[Piece], reason: StockReason, by: Identity
) -> None:
    level.reserved -= _units(pieces)
    entries = [
        entry(level.sku, Delta(reserved=-piece.quantity), reason, holder_id=piece.holder_id, by=by)
        for piece in pieces
    ]
    await write_down(uow, entries)
    uow.announce(*(topics.cart(piece.holder_id) for piece in pieces))


def _units(pieces: Sequence[Piece]) -> int:
    return sum(piece.quantity for piece in pieces)
