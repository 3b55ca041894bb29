"""Stock: what is there, what is promised, and how it changes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from models.audit import AuditAction
from models.identity import STORE, Identity
from models.ids import now
from models.stock import LOW_STOCK_THRESHOLD, StockEntry, StockLevel, StockReason
from services.audit import service as audit
from services.errors import InsufficientStock, Invalid
from services.inventory import repository
from services.inventory.repository import Delta
from services.live import topics
from services.unit_of_work import UnitOfWork

MAX_ON_HAND = 1_000_000
AVAILABILITY_TASK = "catalog.refresh_availability"


async def levels(uow: UnitOfWork, skus: Sequence[str]) -> dict[str, StockLevel]:
    """The level of each SKU; one never counted has nothing on hand."""
    known = await repository.levels(uow.session, skus) if skus else {}
    return {sku: known.get(sku) or StockLevel(sku=sku, on_hand=0) for sku in skus}


async def low_levels(uow: UnitOfWork, limit: int = 8) -> list[StockLevel]:
    return await repository.low_levels(uow.session, LOW_STOCK_THRESHOLD, limit)


async def held(uow: UnitOfWork, holder_id: UUID) -> dict[str, int]:
    """The units of each SKU promised to a holder."""
    return await repository.holds(uow.session, holder_id)


async def available_to(
    uow: UnitOfWork, holder_ids: Collection[UUID], skus: Sequence[str]
) -> dict[UUID, dict[str, int]]:
    """The units of each SKU that each holder can have: what nobody was promised, and what it was promised itself."""
    free = {sku: max(0, level.available) for sku, level in (await levels(uow, skus)).items()}
    own = await repository.holds_of(uow.session, holder_ids, skus) if holder_ids and skus else {}
    return {
        holder: {sku: units + own.get((holder, sku), 0) for sku, units in free.items()}
        for holder in holder_ids
    }


async def hold(uow: UnitOfWork, holder_id: UUID, quantities: Mapping[str, int]) -> None:
    """Promise a holder exactly these units, all or nothing; what it held before counts.

    Raises InsufficientStock naming the units the holder could have of each short SKU; the caller's unit of work
    rolls back.
    """
    before = await repository.take_holds(uow.session, holder_id)
    difference = {
        sku: quantities.get(sku, 0) - before.get(sku, 0) for sku in quantities.keys() | before.keys()
    }
    deltas = {sku: Delta(reserved=units) for sku, units in difference.items() if units}
    changed = await repository.change(
        uow.session, deltas, reason=StockReason.HELD, holder_id=holder_id, actor=STORE.signature
    )
    short = sorted(deltas.keys() - changed)
    if short:
        present = await levels(uow, short)
        raise InsufficientStock(
            "Somebody was quicker: part of your cart is no longer in stock. Please adjust it and try again.",
            {sku: max(0, present[sku].available + before.get(sku, 0)) for sku in short},
        )
    if quantities:
        await repository.add_holds(uow.session, holder_id, quantities)
    await _tell(uow, deltas)


async def hand_over(uow: UnitOfWork, giver_id: UUID, receiver_id: UUID) -> bool:
    """Make one holder's promise another's. False, and nothing is changed, when both hold something."""
    if not await repository.holds(uow.session, giver_id):
        return True
    if await repository.holds(uow.session, receiver_id):
        return False
    await repository.change_holder(uow.session, giver_id, receiver_id)
    return True


async def release(uow: UnitOfWork, holder_id: UUID) -> None:
    """Give up a holder's promise: the units can be sold to others. Doing it twice changes nothing."""
    taken = await repository.take_holds(uow.session, holder_id)
    deltas = {sku: Delta(reserved=-units) for sku, units in taken.items()}
    await _change(uow, deltas, StockReason.RELEASED, holder_id, STORE)


async def sell(uow: UnitOfWork, holder_id: UUID) -> None:
    """What the holder was promised is paid and leaves the stock. Doing it twice changes nothing."""
    taken = await repository.take_holds(uow.session, holder_id)
    deltas = {sku: Delta(on_hand=-units, reserved=-units) for sku, units in taken.items()}
    await _change(uow, deltas, StockReason.SOLD, holder_id, STORE)


async def restock(uow: UnitOfWork, quantities: Mapping[str, int], *, holder_id: UUID, by: Identity) -> None:
    """A paid order was cancelled: its units come back."""
    deltas = {sku: Delta(on_hand=units) for sku, units in quantities.items()}
    await _change(uow, deltas, StockReason.RETURNED, holder_id, by)


async def _change(
    uow: UnitOfWork, deltas: Mapping[str, Delta], reason: StockReason, holder_id: UUID, by: Identity
) -> None:
    if deltas:
        await repository.change(uow.session, deltas, reason=reason, holder_id=holder_id, actor=by.signature)
        await _tell(uow, deltas)


async def _tell(uow: UnitOfWork, skus: Iterable[str]) -> None:
    """Levels have changed: open pages show it, and lists soon know what can be had."""
    if changed := sorted(skus):
        uow.announce(*topics.stocks(changed))
        await uow.defer(AVAILABILITY_TASK, skus=changed)


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


async def ledger(uow: UnitOfWork, sku: str, limit: int = 50) -> list[StockEntry]:
    """The latest changes of a SKU's stock, newest first."""
    return await repository.ledger(uow.session, sku, limit)


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
    repository.record(
        uow.session, StockEntry(sku=level.sku, on_hand_delta=delta, reason=reason.value, actor=by.signature)
    )
    await uow.session.flush()
    await _tell(uow, [level.sku])
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
