"""The store's life in one process: logs, connections, indexes, the listener, background jobs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import structlog

from models.address_form import form_of
from models.delivery_dates import Calendar
from models.ids import now
from services.bootstrap import open_resources
from services.catalog import service as catalog
from services.jobs import working
from services.live.listener import listening
from services.logs import configure_logs
from services.settings import Settings, settings

log = structlog.get_logger()


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """Hold everything open that requests, events and jobs need."""
    configuration = settings()
    configure_logs(configuration)
    async with AsyncExitStack() as stack:
        opened = await stack.enter_async_context(open_resources(configuration))
        await catalog.ensure_indexes(opened.documents)
        await asyncio.to_thread(_read_ahead, configuration)
        await stack.enter_async_context(listening())
        if configuration.run_jobs:
            await stack.enter_async_context(working())
        log.info("store_started", environment=configuration.store_env, public_url=configuration.public_url)
        yield
        log.info("store_stopping")


def _read_ahead(configuration: Settings) -> None:
    """What a process reads once from files: the first shopper doesn't wait for it, nor anybody else meanwhile."""
    form_of(configuration.home_country)
    Calendar(configuration.home_country, configuration.home_region).works(now().date())
