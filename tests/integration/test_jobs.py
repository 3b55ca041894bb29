"""Background jobs, run by the worker as in the store."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from typing import Any

import httpx
import psycopg
import pytest
import sqlalchemy as sa
from procrastinate.jobs import Job
from sqlmodel import select

from models.idempotency import IdempotencyRecord
from models.identity import SignInAttempt
from models.ids import new_id, now
from models.order import OrderStatus
from models.payment import WebhookEvent
from services.bootstrap import Resources
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout.service import Checkout, check_out
from services.errors import PaymentDeclined
from services.inventory import service as inventory
from services.job_queue import queue
from services.jobs import forget_stale, release_expired_holds, working
from services.order import service as orders
from services.payment import service as payments
from services.retrying import wait_after
from services.unit_of_work import unit_of_work
from tests.shop_samples import DECLINED_CARD, DETAILS, GOOD_CARD, MAYA, guest, level, owner, stock_shop

ADA = guest()


async def until(condition: Any, seconds: float = 10) -> None:
    """Wait for a condition, an async function, to hold."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - the database has no event to wait for
            await asyncio.sleep(0.05)


async def waiting_jobs() -> list[str]:
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        rows = await connection.execute(
            sa.text(
                "SELECT task_name FROM procrastinate_jobs WHERE status <> 'failed' AND scheduled_at IS NULL"
            )
        )
        return list(rows.scalars())


async def no_jobs_left() -> bool:
    return not await waiting_jobs()


async def messages(to: str) -> list[dict[str, Any]]:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{os.environ['MAILBOX_URL']}/api/messages", params={"to": to})
        found: list[dict[str, Any]] = answer.json()["items"]
        return found


async def fill_cart(**on_hand: int) -> None:
    await stock_shop(**on_hand)
    async with unit_of_work() as uow:
        for sku in on_hand:
            await carts.add_item(uow, owner(ADA), sku, 1)


@pytest.mark.usefixtures("resources")
async def test_a_purchase_sends_its_mail_and_counts_towards_what_sells() -> None:
    details = DETAILS.model_copy(update={"email": "mail-once@larkspur.example"})
    await fill_cart(MUG=1, BOWL=5)
    view = await check_out(ADA, Checkout(details, GOOD_CARD))
    async with working():
        await until(no_jobs_left)
    (mail,) = await messages(details.email)
    assert view.order.number in mail["subject"]
    assert f"/order/{view.order.id}" in mail["text"]
    assert "£28.50" in mail["text"]
    assert view.order.delivery_dates
    assert f"Delivery: Standard, {view.order.delivery_dates.format()}: £4.50" in mail["text"]
    assert "of which VAT 20%: £4.75" in mail["text"]
    async with unit_of_work() as uow:
        page = await catalog.list_products(uow, catalog.ProductQuery(in_stock=True))
        assert [product.slug for product in page.items] == ["bowl"]
        assert (await catalog.get_product(uow, "mug")).sold == 1


@pytest.mark.usefixtures("resources")
async def test_the_mail_about_an_order_says_what_is_made_first_and_that_about_its_parcel_does_not() -> None:
    details = DETAILS.model_copy(update={"email": "made@larkspur.example"})
    await stock_shop(MUG=0)
    async with unit_of_work() as uow:
        await inventory.set_backorder(uow, "MUG", limit=3, days=12, by=MAYA)
        await carts.add_item(uow, owner(ADA), "MUG", 1)
    order = (await check_out(ADA, Checkout(details, GOOD_CARD))).order
    async with working():
        await until(no_jobs_left)
        async with unit_of_work() as uow:
            await orders.ship(uow, order.id, tracking="", by=MAYA)
        await until(no_jobs_left)
    told = {
        mail["subject"]: "made to order, ships in about 12 days" in mail["text"]
        for mail in await messages(details.email)
    }
    assert sorted(told.values()) == [False, True]


@pytest.mark.usefixtures("resources")
async def test_a_shipped_order_tells_its_buyer() -> None:
    details = DETAILS.model_copy(update={"email": "shipped@larkspur.example"})
    await fill_cart(MUG=1)
    order = (await check_out(ADA, Checkout(details, GOOD_CARD))).order
    async with unit_of_work() as uow:
        await orders.ship(uow, order.id, tracking="RM 42", by=MAYA)
    async with working():
        await until(no_jobs_left)
    assert any("RM 42" in mail["text"] for mail in await messages(details.email))


@pytest.mark.usefixtures("resources")
async def test_a_cancelled_order_is_refunded_by_the_worker() -> None:
    await fill_cart(MUG=1)
    order = (await check_out(ADA, Checkout(DETAILS, GOOD_CARD))).order
    await payments.cancel_order(order.id, by=MAYA, reason="test")
    async with working():
        await until(no_jobs_left)
    async with unit_of_work() as uow:
        view = await orders.get_order(uow, order.id, ADA)
    assert [refund.status for refund in view.refunds] == ["succeeded"]


async def test_an_unpaid_order_expires_by_itself(resources: Resources) -> None:
    await fill_cart(MUG=1)
    with pytest.raises(PaymentDeclined):
        await check_out(ADA, Checkout(DETAILS, DECLINED_CARD))
    assert await level("MUG") == (1, 1)
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        due = "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'checkout.expire_order'"
        await connection.execute(sa.text(due))

    async def given_back() -> bool:
        return await level("MUG") == (1, 0)

    async with working():
        await until(given_back)
    async with unit_of_work() as uow:
        (order,) = (await orders.list_orders(uow, ADA)).items
    assert order.order.status == OrderStatus.CANCELLED


@pytest.mark.usefixtures("resources")
async def test_a_job_whose_process_died_is_done_by_the_next() -> None:
    await fill_cart(MUG=1)
    order = (await check_out(ADA, Checkout(DETAILS, GOOD_CARD))).order
    await payments.cancel_order(order.id, by=MAYA, reason="test")
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        died = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        worker = (await connection.execute(sa.text(died))).scalar_one()
        taken = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = :id WHERE task_name = 'payment.refund'"
        await connection.execute(sa.text(taken), {"id": worker})
    async with working():
        await until(no_jobs_left)
    async with unit_of_work() as uow:
        view = await orders.get_order(uow, order.id, ADA)
    assert [refund.status for refund in view.refunds] == ["succeeded"]


@pytest.mark.usefixtures("resources")
async def test_jobs_of_dead_processes_are_looked_for_every_minute() -> None:
    crons = {task.task.name: task.cron for task in queue.periodic_registry.periodic_tasks.values()}
    assert crons["jobs.resume_stalled"] == "* * * * *"


@pytest.mark.usefixtures("resources")
async def test_a_hold_ends_by_itself_and_one_that_was_extended_ends_later() -> None:
    await stock_shop(MUG=2)
    left, active = new_id(), new_id()
    async with unit_of_work() as uow:
        await inventory.hold(uow, left, {"MUG": 1}, until=now())
        await inventory.hold(uow, active, {"MUG": 1}, until=now())
        await inventory.extend(uow, active, now() + timedelta(seconds=4))
    async with working():
        await until(lambda: reserved("MUG", 1))
        async with unit_of_work() as uow:
            assert await inventory.held(uow, active) == {"MUG": 1}
        await until(lambda: reserved("MUG", 0))


@pytest.mark.usefixtures("resources")
async def test_the_minutes_sweep_gives_back_holds_whose_job_was_lost() -> None:
    await stock_shop(MUG=1)
    async with unit_of_work() as uow:
        await inventory.hold(uow, new_id(), {"MUG": 1}, until=now())
        await (await uow.session.connection()).execute(sa.text("DELETE FROM procrastinate_jobs"))
    await release_expired_holds(0)
    assert await reserved("MUG", 0)
    assert "inventory.release_expired" in {
        task.task.name for task in queue.periodic_registry.periodic_tasks.values()
    }


async def reserved(sku: str, units: int) -> bool:
    return (await level(sku))[1] == units


async def test_the_audit_outbox_is_swept_every_minute() -> None:
    crons = {task.task.name: task.cron for task in queue.periodic_registry.periodic_tasks.values()}
    assert crons["audit.relay"] == "* * * * *"


def test_money_is_given_back_however_long_it_takes_and_mails_are_given_up() -> None:
    waits = [wait_after(attempts) for attempts in range(1000)]
    assert waits[:4] == [2, 4, 8, 16]
    assert max(waits) == 600
    lasting = {"payment.refund", "payment.settle", "checkout.expire_order"}
    mails = {"notification.order_confirmation", "notification.order_shipped"}
    assert {name: goes_on(name, after=10_000) for name in lasting | mails} == {
        **dict.fromkeys(lasting, True),
        **dict.fromkeys(mails, False),
    }
    assert all(goes_on(name, after=100) for name in mails)


def goes_on(task: str, *, after: int) -> bool:
    """Whether a task is tried again after so many attempts."""
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name=task, attempts=after)
    return queue.tasks[task].get_retry_exception(OSError(), job) is not None


async def test_the_worker_goes_on_after_its_connections_were_cut(resources: Resources) -> None:
    await fill_cart(MUG=1)
    async with working():
        await until(no_jobs_left)
        async with await psycopg.AsyncConnection.connect(
            resources.settings.database_url, autocommit=True
        ) as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        await asyncio.sleep(0.2)  # the server's good-bye is under way
        order = (await check_out(ADA, Checkout(DETAILS, GOOD_CARD))).order
        await until(no_jobs_left, seconds=20)
    assert order.status == OrderStatus.PAID


async def test_what_was_kept_for_repetition_is_forgotten_when_its_time_is_over(resources: Resources) -> None:
    old, recent = now() - timedelta(days=91), now() - timedelta(hours=23)
    async with unit_of_work() as uow:
        for age, moment in (("old", old), ("recent", recent)):
            uow.session.add(WebhookEvent(id=age, kind="payment", received_at=moment))
            uow.session.add(IdempotencyRecord(scope="s", key=age, fingerprint="f", created_at=moment))
            uow.session.add(
                SignInAttempt(
                    state_hash=age,
                    visitor="v",
                    nonce="n",
                    code_verifier="c",
                    return_to="/",
                    created_at=moment if age == "old" else now(),
                )
            )
    await forget_stale(timestamp=0)
    async with unit_of_work() as uow:
        for table in (WebhookEvent.id, IdempotencyRecord.key, SignInAttempt.state_hash):
            assert (await uow.session.exec(select(table))).all() == ["recent"]
