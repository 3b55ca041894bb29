"""What the database says when it refuses, and how it finds what is looked up often."""

from __future__ import annotations

import asyncio
import json

import pytest
import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DBAPIError

from models.cart import Cart
from models.order import Order, OrderStatus
from services.errors import Invalid, Unavailable
from services.unit_of_work import unit_of_work
from tests.logged import logged

pytestmark = pytest.mark.usefixtures("resources")


async def run(statement: str, **values: object) -> sa.CursorResult[object]:
    async with unit_of_work() as uow:
        return await (await uow.session.connection()).execute(sa.text(statement), values)


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("INSERT INTO users (email) VALUES (:value)", "A\x00da"),
        ("INSERT INTO stock_levels (sku) VALUES (:value)", "X" * 49),
        ("SELECT CAST(:value AS jsonb)", '"\\u0000"'),
    ],
)
async def test_a_value_that_does_not_fit_is_for_the_sender_to_change(statement: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        await run(statement, value=value)
    assert refused.value.code == "unfit_value"


async def test_two_that_wait_for_each_other_are_asked_to_try_again() -> None:
    async def lock(first: int, second: int) -> None:
        async with unit_of_work() as uow:
            connection = await uow.session.connection()
            await connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({first})"))
            await asyncio.sleep(0.3)
            await connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({second})"))

    ends = await asyncio.gather(lock(1, 2), lock(2, 1), return_exceptions=True)
    (refused,) = [end for end in ends if end is not None]
    assert isinstance(refused, Unavailable)
    assert refused.code == "busy"


async def queue_a_job(*, cut_off: bool = False) -> None:
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        await connection.execute(sa.text("SET LOCAL lock_timeout = '100ms'"))
        if cut_off:
            own = (await connection.execute(sa.text("SELECT pg_backend_pid()"))).scalar()
            await run("SELECT pg_terminate_backend(:pid)", pid=own)
        await uow.defer("payment.settle", order_id="")


async def test_a_connection_that_is_cut_while_a_job_is_queued_is_a_database_that_is_away() -> None:
    with pytest.raises(Unavailable) as refused:
        await queue_a_job(cut_off=True)
    assert refused.value.code == "unavailable"


async def test_a_queue_of_jobs_that_is_locked_for_long_is_a_store_that_is_busy() -> None:
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        await connection.execute(sa.text("LOCK TABLE procrastinate_jobs IN EXCLUSIVE MODE"))
        with pytest.raises(Unavailable) as refused:
            await queue_a_job()
    assert refused.value.code == "busy"


async def test_an_error_of_the_database_tells_the_log_nothing_about_people() -> None:
    secret = "ada@larkspur.example"
    statement = (
        "INSERT INTO users (id, issuer, subject, email, name, created_at, last_sign_in_at)"
        " VALUES (gen_random_uuid(), 'i', 's', :email, '', now(), NULL)"
    )
    with logged() as written:
        try:
            await run(statement, email=secret)
        except DBAPIError as error:
            structlog.get_logger("test").error("refused", exc_info=error)
    told = json.loads(written.getvalue())
    assert "not-null constraint" in told["exception"][0]["exc_value"]
    assert secret not in written.getvalue()


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT * FROM orders WHERE visitor = 'x' AND user_id IS NULL", "ix_orders_visitor"),
        ("SELECT * FROM orders WHERE paid_at >= now()", "ix_orders_paid_at"),
        (
            "SELECT * FROM refunds WHERE payment_id = '01a205b2-541d-7502-aee4-3b60e47f5b75'",
            "ix_refunds_payment_id",
        ),
        (
            "SELECT * FROM audit_entries WHERE (at, id) < (now(), '01a205b2-541d-7502-aee4-3b60e47f5b75')"
            " ORDER BY at DESC, id DESC LIMIT 25",
            "ix_audit_entries_at",
        ),
        ("SELECT * FROM audit_entries WHERE object_id = 'MUG'", "ix_audit_entries_object_id_at"),
    ],
)
async def test_what_is_looked_up_often_has_an_index(query: str, index: str) -> None:
    await _many_orders()
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        await connection.execute(sa.text("SET LOCAL enable_seqscan = off"))
        plan = (await connection.execute(sa.text(f"EXPLAIN {query}"))).scalars().all()
    assert any(index in step for step in plan), plan


async def _many_orders() -> None:
    """Of an empty table all partial indexes look the same."""
    async with unit_of_work() as uow:
        cart = Cart(currency="GBP")
        uow.session.add(cart)
        await uow.session.flush()
        uow.session.add_all(
            Order(
                number=f"LK-{index}",
                visitor=f"visitor-{index}",
                cart_id=cart.id,
                email=f"guest-{index}@example.com",
                status=OrderStatus.CANCELLED,
                currency="GBP",
                subtotal_amount=0,
                shipping_amount=0,
                tax_amount=0,
                total_amount=0,
                shipping_address={"postal_code": f"BS1 {index}"},
                shipping_method="standard",
                fingerprint="",
            )
            for index in range(300)
        )
        await uow.session.flush()
        await (await uow.session.connection()).execute(sa.text("ANALYZE orders"))
