"""What the tests read of the audit log."""

from __future__ import annotations

from sqlmodel import col, select

from models.audit import AuditEntry
from models.identity import Identity
from models.ids import new_id
from models.permissions import Role
from services.unit_of_work import unit_of_work

TOM = Identity(
    user_id=new_id(),
    name="Tomás Ferreira",
    roles=frozenset({Role.CATALOG_MANAGER}),
    address="198.51.100.4",
)


async def entries() -> list[AuditEntry]:
    """The whole log, the oldest entry first."""
    async with unit_of_work() as uow:
        in_order = (col(AuditEntry.at), col(AuditEntry.id))
        return list(await uow.session.exec(select(AuditEntry).order_by(*in_order)))


async def told() -> list[tuple[str, str, dict[str, object]]]:
    """Action, object and changes of each entry, the oldest first."""
    return [(entry.action, entry.object_name, entry.changes) for entry in await entries()]
