"""Opens and closes what every service needs: the databases, the HTTP client, the job queue."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
from pymongo import AsyncMongoClient
from sqlalchemy.ext.asyncio import AsyncEngine

from services import database, document_store
from services.document_store import Document, Documents
from services.live.sender import Sender
from services.settings import Settings, settings


@dataclass(frozen=True, slots=True)
class Resources:
    """The connections of one process. `http` speaks to the payment gateway and the identity provider."""

    settings: Settings
    engine: AsyncEngine
    mongo: AsyncMongoClient[Document]
    documents: Documents
    http: httpx.AsyncClient
    announcements: Sender


_current: Resources | None = None


def resources() -> Resources:
    """The connections of this process. Raises RuntimeError before `open_resources`."""
    if _current is None:
        raise RuntimeError("the store has not been started: enter open_resources() first")
    return _current


def _no_cookies() -> CookieJar:
    """A jar that takes none: what is asked for one person has nothing to do with what was asked for another."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))


@asynccontextmanager
async def open_resources(configuration: Settings | None = None) -> AsyncIterator[Resources]:
    """Hold the connections open. Entering again while they are open shares them."""
    global _current
    if _current is not None:
        yield _current
        return
    configuration = configuration or settings()
    mongo = document_store.create_client(configuration)
    opened = Resources(
        settings=configuration,
        engine=database.create_engine(configuration),
        mongo=mongo,
        documents=document_store.default_database(mongo),
        http=httpx.AsyncClient(timeout=httpx.Timeout(10, connect=3), cookies=_no_cookies()),
        announcements=Sender(configuration.database_url),
    )
    _current = opened
    try:
        yield opened
    finally:
        _current = None
        await opened.announcements.close()
        await opened.http.aclose()
        await opened.mongo.close()
        await opened.engine.dispose()
