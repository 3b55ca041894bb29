"""Changes of documents in MongoDB, audited without a transaction that spans both databases.

A change and its entry are written in one transaction of MongoDB: the entry waits in `audit_outbox`. A job deferred in
the unit of work moves it to the log, and a sweep every minute finds what is left. So in the order of events:

1. MongoDB commits the change together with the waiting entry. If it can't, neither is there and nothing is recorded.
2. PostgreSQL commits the unit of work, the job among it. If that fails (the process dies, the connection breaks), what
   PostgreSQL was to keep is gone, stock counted along with a product for instance, and so is its entry; the change of
   the document stands, and the sweep records it.
3. The job writes the entry under the id it was given at first, then forgets the waiting one. Interrupted between the
   two, it does so again, and the log, which knows the id, stays as it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from models.audit import AuditEntry
from services.audit import repository
from services.document_store import DocumentSession, Outcome, in_transaction
from services.unit_of_work import UnitOfWork, unit_of_work

log = structlog.get_logger()

RELAY_TASK = "audit.relay"
BATCH = 200


async def change_documents(
    uow: UnitOfWork, change: Callable[[DocumentSession], Awaitable[tuple[Outcome, AuditEntry | None]]]
) -> Outcome:
    """Carry out a change in one MongoDB transaction with the entry it returns, None when there is nothing to record.

    `change` may be begun anew, when somebody else wrote to the same documents. Other than the rest of the unit of work,
    it is seen by others at once.
    """

    async def both(session: DocumentSession) -> tuple[Outcome, bool]:
        outcome, entry = await change(session)
        if entry is not None:
            await repository.put_into_outbox(uow.documents, entry, session)
        return outcome, entry is not None

    outcome, recorded = await in_transaction(uow.documents, both)
    if recorded:
        await uow.defer(RELAY_TASK)
    return outcome


async def relay() -> int:
    """Move what waits in the outbox to the log, and say how many entries that were. Opens its own units of work.

    Each entry is written once, however often and by however many this is done.
    """
    moved, full = 0, True
    while full:
        async with unit_of_work() as uow:
            waiting = await repository.waiting(uow.documents, BATCH)
            if waiting:
                await repository.add_missing(uow.session, waiting)
        await repository.remove_from_outbox(uow.documents, [entry.id for entry in waiting])
        moved += len(waiting)
        full = len(waiting) == BATCH
    if moved:
        log.info("audit_entries_relayed", entries=moved)
    return moved
