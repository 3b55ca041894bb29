"""What people say about the stock: counts, adjustments, and units carried from one location to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.audit import AuditAction
from models.identity import STORE, Identity
from models.ids import now
from models.stock import StockLevel, StockReason
from models.stock_location import draw
from services.audit import service as audit
from services.errors import Invalid
from services.inventory import locations_repository, repository
from services.inventory.changes import move
from services.inventory.withdrawing import withdraw
from services.unit_of_work import UnitOfWork

MAX_ON_HAND = 1_000_000


@dataclass(frozen=True, slots=True)
class _Stock:
    """The level of a SKU, locked, with what lies in each open location; `codes` are these by priority."""

    level: StockLevel
    shelves: Mapping[str, int]
    codes: list[str]

    def spread(self, delta: int) -> dict[str, int]:
        """Units without a location come to the first one, and are taken from where some are, by priority."""
        if delta >= 0:
            return {self.codes[0]: delta}
        return {code: -units for code, units in draw(-delta, self.shelves, self.codes).items()}

    def lying(self, location: str | None) -> int:
        """Units that can be counted in a location, or in all: what is owed lies nowhere."""
        return sum(max(0, units) for units in self._books(location))

    def owed(self, location: str | None) -> int:
        """Units sold that have yet to be made."""
        return sum(max(0, -units) for units in self._books(location))

    def _books(self, location: str | None) -> Iterable[int]:
        return self.shelves.values() if location is None else [self.shelves.get(location, 0)]


async def set_on_hand(
    uow: UnitOfWork,
    sku: str,
    on_hand: int,
    *,
    by: Identity,
    reason: StockReason = StockReason.COUNTED,
    location: str | None = None,
) -> StockLevel:
    """Write down a count of what lies in one location, or in all together when none is named.

    What is owed to buyers stays owed: where some is, units beyond those that the books know have come in, and are
    received. So a count written down twice is the same as once.
    Raises Invalid for these (`units_owed`), below zero, above a million, below what open orders are promised, or for an
    unknown location.
    """
    _require_on_hand_in_range(on_hand)
    stock = await _lock(uow, sku, location)
    lying, owed = stock.lying(location), stock.owed(location)
    if on_hand > lying and owed:
        raise Invalid(
            f"{_owed(owed, sku)} Write down what came in as received: it goes to them first.",
            {"on_hand": f"at most {lying}"},
            code="units_owed",
        )
    before = _books(stock.level)
    if await _change(uow, stock, on_hand - lying, location, reason, by):
        _audit(uow, AuditAction.STOCK_COUNTED, by, stock.level, before, _at(location))
    return stock.level


async def adjust(
    uow: UnitOfWork, sku: str, delta: int, *, reason: StockReason, by: Identity, location: str | None = None
) -> StockLevel:
    """Add or take away units, in one location or, when none is named, where it fits. What comes in goes to buyers to
    whom units are owed first.

    Raises Invalid when that leaves fewer than open orders are promised or than there are, or for an unknown location.
    """
    stock = await _lock(uow, sku, location)
    before = _books(stock.level)
    there = stock.level.on_hand if location is None else stock.shelves.get(location, 0)
    if delta < 0 and there + delta < 0:
        raise Invalid(_only(there, sku), {"delta": f"at least {-max(0, there)}"})
    if await _change(uow, stock, delta, location, reason, by):
        _audit(uow, AuditAction.STOCK_ADJUSTED, by, stock.level, before, {"reason": reason, **_at(location)})
    return stock.level


async def transfer(
    uow: UnitOfWork, sku: str, units: int, *, source: str, target: str, by: Identity
) -> StockLevel:
    """Carry units from one location to another. Raises Invalid when they aren't there, or for an unknown location."""
    if units < 1:
        raise Invalid("Please say how many units to carry over.", {"units": "1 or more"})
    if source == target:
        raise Invalid("Please choose two different locations.", {"target": "another location"})
    stock = await _lock(uow, sku, source, target)
    there = max(0, stock.shelves.get(source, 0))
    if there < units:
        raise Invalid(_only(there, sku), {"units": f"at most {there}"})
    await move(uow, {(sku, source): -units, (sku, target): units}, StockReason.TRANSFERRED, by=by)
    if by != STORE:
        deed = {"units": units, "source": source, "target": target}
        audit.record(uow, AuditAction.STOCK_TRANSFERRED, by, sku, sku, after=deed)
    return stock.level


async def _lock(uow: UnitOfWork, sku: str, *locations: str | None) -> _Stock:
    level = await repository.lock_or_create(uow.session, sku)
    codes, shelves = await locations_repository.open_shelves(uow.session, [sku])
    for location in locations:
        if location is not None and location not in codes:
            raise Invalid(
                "There is no such location, or it is closed.", {"location": f"one of {', '.join(codes)}"}
            )
    return _Stock(level, shelves[sku], codes)


async def _change(
    uow: UnitOfWork, stock: _Stock, delta: int, location: str | None, reason: StockReason, by: Identity
) -> bool:
    """Whether that changed anything. Checkouts give up what isn't there, orders don't: raises Invalid for these."""
    level = stock.level
    if level.on_hand + delta > MAX_ON_HAND:
        _require_on_hand_in_range(level.on_hand + delta)
    missing = level.reserved - level.backorder_limit - (level.on_hand + delta)
    if delta < 0 and missing > 0:
        await withdraw(uow, level, missing, by=by)
    least = level.reserved - level.backorder_limit
    if delta < 0 and level.on_hand + delta < least:
        raise Invalid(
            f"{level.reserved} units of {level.sku} are promised to open orders: ship or cancel those first.",
            {"on_hand": f"at least {least}"},
        )
    if delta == 0:
        return False
    level.on_hand += delta
    level.updated_at = now()
    await uow.session.flush()
    parts = stock.spread(delta) if location is None else {location: delta}
    await move(uow, {(level.sku, code): units for code, units in parts.items()}, reason, by=by)
    return True


def _require_on_hand_in_range(on_hand: int) -> None:
    if not 0 <= on_hand <= MAX_ON_HAND:
        raise Invalid(
            f"Stock must be between 0 and {MAX_ON_HAND:,} units.", {"on_hand": f"0 to {MAX_ON_HAND:,}"}
        )


def _only(there: int, sku: str) -> str:
    if there <= 0:
        return f"No units of {sku} are there."
    return f"Only 1 unit of {sku} is there." if there == 1 else f"Only {there} units of {sku} are there."


def _owed(units: int, sku: str) -> str:
    if units == 1:
        return f"1 unit of {sku} is sold and owed to a buyer."
    return f"{units} units of {sku} are sold and owed to buyers."


def _at(location: str | None) -> dict[str, str]:
    return {"location": location} if location else {}


def _audit(
    uow: UnitOfWork,
    action: AuditAction,
    by: Identity,
    level: StockLevel,
    before: Mapping[str, int],
    why: Mapping[str, Any],
) -> None:
    if by != STORE:
        after = {**_books(level), **why}
        audit.record(uow, action, by, level.sku, level.sku, before=before, after=after)


def _books(level: StockLevel) -> dict[str, int]:
    return {"on_hand": level.on_hand, "owed": level.owed}
