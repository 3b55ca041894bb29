"""What people say about the stock: counts and adjustments."""

from __future__ import annotations

from collections.abc import Mapping

from models.audit import AuditAction
from models.identity import STORE, Identity
from models.ids import now
from models.stock import StockLevel, StockReason
from services.audit import service as audit
from services.errors import Invalid
from services.inventory import repository
from services.inventory.changes import entry, write_down
from services.inventory.repository import Delta
from services.unit_of_work import UnitOfWork

MAX_ON_HAND = 1_000_000


async def set_on_hand(
    uow: UnitOfWork, sku: str, on_hand: int, *, by: Identity, reason: StockReason = StockReason.COUNTED
) -> StockLevel:
    """Write down a count. Raises Invalid below zero, above a million, or below what open orders are promised."""
    _require_on_hand_in_range(on_hand)
    level = await repository.lock_or_create(uow.session, sku)
    before = level.on_hand
    if await _set(uow, level, on_hand, by=by, reason=reason):
        _audit(uow, AuditAction.STOCK_COUNTED, by, level, before)
    return level


async def adjust(uow: UnitOfWork, sku: str, delta: int, *, reason: StockReason, by: Identity) -> StockLevel:
    """Add or take away units. Raises Invalid when that leaves fewer than open orders are promised."""
    level = await repository.lock_or_create(uow.session, sku)
    before = level.on_hand
    _require_on_hand_in_range(before + delta)
    if await _set(uow, level, before + delta, by=by, reason=reason):
        _audit(uow, AuditAction.STOCK_ADJUSTED, by, level, before, {"reason": reason})
    return level


def _require_on_hand_in_range(on_hand: int) -> None:
    if not 0 <= on_hand <= MAX_ON_HAND:
        raise Invalid(
            f"Stock must be between 0 and {MAX_ON_HAND:,} units.", {"on_hand": f"0 to {MAX_ON_HAND:,}"}
        )


async def _set(
    uow: UnitOfWork, level: StockLevel, on_hand: int, *, by: Identity, reason: StockReason
) -> bool:
    """Whether that changed anything."""
    if on_hand < level.reserved:
        raise Invalid(
            f"{level.reserved} units of {level.sku} are promised to open orders: ship or cancel those first.",
            {"on_hand": f"at least {level.reserved}"},
        )
    delta = on_hand - level.on_hand
    if delta == 0:
        return False
    level.on_hand = on_hand
    level.updated_at = now()
    await uow.session.flush()
    await write_down(uow, [entry(level.sku, Delta(on_hand=delta), reason, None, by)])
    return True


def _audit(
    uow: UnitOfWork,
    action: AuditAction,
    by: Identity,
    level: StockLevel,
    before: int,
    why: Mapping[str, StockReason] | None = None,
) -> None:
    if by != STORE:
        after = {"on_hand": level.on_hand, **(why or {})}
        audit.record(uow, action, by, level.sku, level.sku, before={"on_hand": before}, after=after)
