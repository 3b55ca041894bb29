"""The background jobs: thin, each calls one service function. All may run twice, so all are safe to repeat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import structlog
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException

from services import idempotency_records
from services.audit import service as audit
from services.bootstrap import resources
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout import service as checkout
from services.identity import service as identity
from services.inventory import service as inventory
from services.job_queue import queue
from services.notification import service as notification
from services.payment import service as payment
from services.retrying import FOR_A_DAY, UNTIL_DONE
from services.unit_of_work import unit_of_work

log = structlog.get_logger()

RESTART_SECONDS = 2


@queue.task(name="catalog.refresh_availability", retry=UNTIL_DONE)
async def refresh_availability(skus: list[str]) -> None:
    async with unit_of_work() as uow:
        await catalog.refresh_availability(uow, skus)


@queue.task(name="catalog.record_sales", retry=FOR_A_DAY)
async def record_sales(order_id: str, quantities: dict[str, int]) -> None:
    async with unit_of_work() as uow:
        await catalog.record_sales(uow, UUID(order_id), quantities)


@queue.task(name=inventory.END_TASK, retry=UNTIL_DONE)
async def end_hold(holder_id: str) -> None:
    async with unit_of_work() as uow:
        await inventory.end_hold(uow, UUID(holder_id))


@queue.periodic(cron="* * * * *")
@queue.task(name="inventory.release_expired")
async def release_expired_holds(timestamp: int = 0) -> None:
    """Holds whose own job was lost. Not tried again when it fails: the next minute does that."""
    left = True
    while left:
        async with unit_of_work() as uow:
            left = bool(await inventory.release_expired(uow))


@queue.task(name="checkout.expire_order", retry=UNTIL_DONE)
async def expire_order(order_id: str) -> None:
    await checkout.expire_order(UUID(order_id))


@queue.task(name="payment.settle", retry=UNTIL_DONE)
async def settle(order_id: str) -> None:
    await payment.settle(UUID(order_id))


@queue.task(name="payment.refund", retry=UNTIL_DONE)
async def refund(refund_id: str) -> None:
    await payment.refund(UUID(refund_id))


@queue.task(name="notification.order_confirmation", retry=FOR_A_DAY)
async def order_confirmation(order_id: str) -> None:
    await notification.send_order_confirmation(UUID(order_id))


@queue.task(name="notification.order_shipped", retry=FOR_A_DAY)
async def order_shipped(order_id: str) -> None:
    await notification.send_order_shipped(UUID(order_id))


@queue.periodic(cron="17 * * * *")
@queue.task(name="identity.forget_stale")
async def forget_stale(timestamp: int) -> None:
    async with unit_of_work() as uow:
        await identity.forget_stale(uow)
        await idempotency_records.forget_old(uow)
        await payment.forget_old_webhooks(uow)
        await carts.forget_old_clicks(uow)


@queue.periodic(cron="* * * * *")
@queue.task(name=audit.RELAY_TASK)
async def relay_audit_entries(timestamp: int = 0) -> None:
    """Not tried again when it fails: the next minute does that."""
    await audit.relay()


@queue.periodic(cron="* * * * *")
@queue.task(name="jobs.resume_stalled")
async def resume_stalled(timestamp: int) -> None:
    await _resume_stalled()


@asynccontextmanager
async def open_queue() -> AsyncIterator[None]:
    """Connect the queue to the store's database."""
    connector = PsycopgConnector(conninfo=resources().settings.database_url, min_size=1, max_size=4)
    with queue.replace_connector(connector) as opened:
        async with opened.open_async():
            yield


@asynccontextmanager
async def working() -> AsyncIterator[None]:
    """Work off jobs while the block runs; the job in hand is finished before it ends, for 3 seconds at most."""
    async with open_queue():
        worker = asyncio.create_task(_work())
        try:
            yield
        finally:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker


async def _resume_stalled() -> None:
    """Queue the jobs again whose worker died in the middle: its heart has not beaten for half a minute."""
    for job in await queue.job_manager.get_stalled_jobs():
        with suppress(ConnectorException):  # another process was quicker
            await queue.job_manager.retry_job(job)
            log.warning("stalled_job_resumed", task=job.task_name, job_id=job.id)


async def _work() -> None:
    """A worker that stops, because the database was away, is started again: nobody else would notice."""
    while True:
        try:
            await _resume_stalled()
            await queue.run_worker_async(
                concurrency=4,
                install_signal_handlers=False,
                shutdown_graceful_timeout=3,
                delete_jobs="successful",
            )
        except Exception as error:
            log.error("job_worker_stopped", exc_info=error)
        await asyncio.sleep(RESTART_SECONDS)
