"""Units that may be sold before they are made."""

from __future__ import annotations

from models.audit import AuditAction
from models.identity import STORE, Identity
from models.ids import now
from models.stock import StockLevel
from services.audit import service as audit
from services.errors import Invalid
from services.inventory import repository
from services.inventory.changes import announce
from services.unit_of_work import UnitOfWork

MAX_BACKORDER = 10_000
MAX_BACKORDER_DAYS = 365


async def set_backorder(uow: UnitOfWork, sku: str, *, limit: int, days: int, by: Identity) -> StockLevel:
    """Let so many units more than there are be sold, ready in so many days; a limit of 0 allows none.

    Raises Invalid out of range, for a limit without days, or below what is owed already.
    """
    if not 0 <= limit <= MAX_BACKORDER:
        raise Invalid("Please choose fewer units.", {"limit": f"0 to {MAX_BACKORDER:,}"})
    if not (1 if limit else 0) <= days <= MAX_BACKORDER_DAYS:
        raise Invalid(
            "Please say in how many days units made to order are ready.",
            {"days": f"1 to {MAX_BACKORDER_DAYS}"},
        )
    level = await repository.lock_or_create(uow.session, sku)
    if limit < level.owed:
        raise Invalid(
            f"{level.owed} units of {sku} are owed to buyers already: add those to the stock first.",
            {"limit": f"at least {level.owed}"},
        )
    before = {"backorder_limit": level.backorder_limit, "backorder_days": level.backorder_days}
    after = {"backorder_limit": limit, "backorder_days": days}
    if before == after:
        return level
    level.backorder_limit, level.backorder_days, level.updated_at = limit, days, now()
    await uow.session.flush()
    await announce(uow, [sku])
    if by != STORE:
        audit.record(uow, AuditAction.STOCK_BACKORDER_CHANGED, by, sku, sku, before=before, after=after)
    return level
