"""Two hundred buyers want the same ten sets of goods, through two web processes, one of which may die."""

from __future__ import annotations

import asyncio
import operator
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from pathlib import Path

import httpx
import psycopg
import pytest_asyncio
from sqlmodel import select

from models.order import Order, OrderStatus
from models.stock import StockHold
from services.bootstrap import Resources
from services.settings import settings
from services.unit_of_work import unit_of_work
from tests.load.buyers import Buyer
from tests.load.http import Answer
from tests.load.processes import WebProcess, start_all
from tests.shop_samples import ledger_sums, level, stock_shop

FEW_CONNECTIONS = {"DATABASE_POOL_SIZE": "4"}
"""As many as a small machine has use for: who waits, waits for a connection and not, with one, for a row."""
BUYERS, UNITS = 200, 10
SCARCE = ("BOWL", "JUG", "MUG")
SOLD, TOLD = (201, ""), (409, "insufficient_stock")
SET_PRICE = 3 * 1200 + 450
POLL_SECONDS, PATIENCE_SECONDS = 0.01, 60


@pytest_asyncio.fixture
async def processes(resources: Resources, tmp_path: Path) -> AsyncIterator[tuple[WebProcess, WebProcess]]:
    await stock_shop(**dict.fromkeys(SCARCE, UNITS))
    _fill_warehouse()
    both = WebProcess("one", tmp_path, FEW_CONNECTIONS), WebProcess("two", tmp_path, FEW_CONNECTIONS)
    try:
        await asyncio.to_thread(start_all, both)
        yield both
    finally:
        for process in both:
            process.kill()


async def test_two_hundred_buyers_of_ten_sets_get_exactly_ten(
    processes: tuple[WebProcess, WebProcess],
) -> None:
    ports = [process.port for process in processes]
    others = await _warm_up(ports)
    everybody = _everybody(lambda number: (ports[number % 2], ports[1 - number % 2]))
    deadlocks = _deadlocks()
    started = time.perf_counter()
    answers = await asyncio.gather(*(buyer.buy() for buyer in everybody))
    seconds = time.perf_counter() - started
    assert Counter((answer.status, answer.code) for answer in answers) == {SOLD: UNITS, TOLD: BUYERS - UNITS}
    await _expect_ten_sold_and_paid(answers, others)
    for process in processes:
        process.kill()
    assert _deadlocks() == deadlocks
    print(f"{BUYERS} buyers were served in {seconds:.2f} s")  # noqa: T201 - a figure to look at, never a failure


async def test_a_process_killed_in_the_middle_sells_nothing_twice_and_keeps_nothing_back(
    processes: tuple[WebProcess, WebProcess],
) -> None:
    dying = processes[0]
    everybody = _everybody(lambda number: (processes[number % 2].port,))
    of_dying, of_living = everybody[::2], everybody[1::2]
    tasks = [asyncio.create_task(buyer.buy()) for buyer in everybody]
    await _all_promised()
    await asyncio.to_thread(dying.kill)
    others = await asyncio.gather(*tasks[1::2])
    assert not any(buyer.lost_answers for buyer in of_living)
    assert {(answer.status, answer.code) for answer in others} <= {SOLD, TOLD}
    assert any(buyer.lost_answers for buyer in of_dying)
    await asyncio.to_thread(start_all, [dying])
    answers = await asyncio.gather(*tasks)
    assert Counter((answer.status, answer.code) for answer in answers) == {SOLD: UNITS, TOLD: BUYERS - UNITS}
    await _expect_ten_sold_and_paid(answers)


async def _warm_up(ports: list[int]) -> set[str]:
    """What a process does once in its life, such as putting its statements together, is no part of the figure. The
    orders it took."""

    async def at_once() -> None: ...

    await stock_shop(VASE=len(ports))
    answers = await asyncio.gather(*(Buyer([port], ["VASE"], at_once).buy() for port in ports))
    assert {(answer.status, answer.code) for answer in answers} == {SOLD}
    return {str(answer.json()["id"]) for answer in answers}


def _fill_warehouse() -> None:
    """Among few SKUs PostgreSQL reads the table as it lies; among many it locks rows in the order it is given them."""
    with psycopg.connect(settings().database_url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO stock_levels (sku, on_hand, reserved, updated_at) "
            "SELECT 'OTHER-' || number, 0, 0, now() FROM generate_series(1, 5000) AS number"
        )
        connection.execute("ANALYZE stock_levels")


def _everybody(ports_of: Callable[[int], tuple[int, ...]]) -> list[Buyer]:
    """Half of them at each process fill their carts the other way round; all order when the last cart is full."""
    full = asyncio.Barrier(BUYERS)
    return [
        Buyer(ports_of(number), SCARCE if number // 2 % 2 else SCARCE[::-1], full.wait)
        for number in range(BUYERS)
    ]


async def _all_promised() -> None:
    """Wait until all units are promised, while most of the orders that got them have yet to be paid."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while operator.ne(*await level(SCARCE[0])):  # noqa: ASYNC110 - the database has no event to wait for
            await asyncio.sleep(POLL_SECONDS)


async def _expect_ten_sold_and_paid(answers: list[Answer], others: Collection[str] = ()) -> None:
    """Levels, ledger, holds, orders (but for those of others) and the gateway's own books agree."""
    for sku in SCARCE:
        assert await level(sku) == await ledger_sums(sku) == (0, 0)
    async with unit_of_work() as uow:
        assert not list(await uow.session.exec(select(StockHold)))
        orders = [each for each in await uow.session.exec(select(Order)) if str(each.id) not in others]
    paid = {str(order.id) for order in orders if order.status == OrderStatus.PAID}
    assert {order.status for order in orders} == {OrderStatus.PAID}
    assert paid == {str(answer.json()["id"]) for answer in answers if answer.status == SOLD[0]}
    assert await _charges_of(orders) == {order: [SET_PRICE] for order in paid}


async def _charges_of(orders: Sequence[Order]) -> dict[str, list[int]]:
    """What the gateway has really taken for each order, in pence."""
    configuration = settings()
    secret = configuration.payment_gateway_secret_key.get_secret_value()
    client = httpx.AsyncClient(
        base_url=configuration.payment_gateway_url, headers={"Authorization": f"Bearer {secret}"}
    )
    async with client:
        taken: dict[str, list[int]] = {}
        for order in map(str, (order.id for order in orders)):
            asked: dict[str, str | int] = {"metadata[order_id]": order, "limit": 100}
            found = (await client.get("/v1/payment_intents", params=asked)).raise_for_status().json()["data"]
            taken[order] = [each["amount_received"] for each in found if each["amount_received"]]
        return taken


def _deadlocks() -> int:
    """Deadlocks PostgreSQL had to break in this database; its processes tell when they end."""
    with psycopg.connect(settings().database_url) as connection:
        query = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        row = connection.execute(query).fetchone()
        assert row
        return int(row[0])
