"""One event or request is one unit of work: one session, one commit, at the edge."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from procrastinate.exceptions import ConnectorException
from psycopg import AsyncConnection
from psycopg import OperationalError as PsycopgOperationalError
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled, SerializationFailure
from pymongo.errors import ConnectionFailure
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel.ext.asyncio.session import AsyncSession

from services.bootstrap import Resources, resources
from services.document_store import Documents
from services.errors import Invalid, Unavailable
from services.job_queue import queue
from services.live.announcing import announce, announced
from services.settings import Settings

_AWAY = (OperationalError, InterfaceError, PsycopgOperationalError, PoolTimeout, ConnectionFailure)
_BUSY = (LockNotAvailable, QueryCanceled, DeadlockDetected, SerializationFailure)


@dataclass(slots=True)
class UnitOfWork:
    """What a service function works with. Nothing it writes to PostgreSQL is seen by others before the commit."""

    session: AsyncSession
    resources: Resources

    @property
    def documents(self) -> Documents:
        return self.resources.documents

    @property
    def settings(self) -> Settings:
        return self.resources.settings

    def announce(self, *topics: str) -> None:
        """Tell the pages that show it, wherever they are served, once this is committed (services/live/topics.py).

        A page may miss it when the process dies right after the commit; what must not be missed is deferred.
        """
        announce(self.session, *topics)

    async def defer(self, task: str, *, after: timedelta | None = None, **arguments: Any) -> None:
        """Queue a background job that starts after the commit, and never if it fails (transactional outbox)."""
        connection = await self.session.connection()
        raw = cast(AsyncConnection[Any], (await connection.get_raw_connection()).driver_connection)
        delay = {"seconds": int(after.total_seconds())} if after else None
        try:
            await queue.configure_task(task, connection=raw, schedule_in=delay).defer_async(**arguments)
        except ConnectorException as error:
            if isinstance(error.__cause__, PsycopgOperationalError):
                raise error.__cause__ from None
            raise


@asynccontextmanager
async def unit_of_work() -> AsyncIterator[UnitOfWork]:
    """Commit when the block ends, roll back when it raises.

    Raises Unavailable when a database can't be reached or is too busy, Invalid for a value that it can't hold.
    """
    opened = resources()
    try:
        async with AsyncSession(opened.engine, expire_on_commit=False) as session, session.begin():
            yield UnitOfWork(session, opened)
        opened.announcements.send(announced(session))
    except _AWAY as error:
        if isinstance(getattr(error, "orig", error), _BUSY):
            raise Unavailable("The store is very busy. Please try again in a moment.", code="busy") from error
        raise Unavailable("The store can't reach its database. Please try again in a moment.") from error
    except DataError as error:
        raise Invalid(
            "Something in this is too long or has characters that can't be kept. Change it and try again.",
            code="unfit_value",
        ) from error
