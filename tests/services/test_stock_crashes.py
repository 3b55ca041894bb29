"""Processes that are killed while they hold stock, and buyers who meet in opposite orders."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from models.ids import new_id, now
from models.stock import StockReason
from services.bootstrap import Resources
from services.errors import InsufficientStock
from services.inventory import service as inventory
from services.inventory.checking import differences
from services.unit_of_work import unit_of_work
from tests.shop_samples import MAYA, ledger_sums, level, stock_shop

ROOT = Path(__file__).parents[2]


async def books_balance(resources: Resources) -> bool:
    async with resources.engine.connect() as connection:
        return await differences(connection) == []


async def kept_for_orders() -> int:
    """Give up what dead buyers kept for orders, as the expiry of the order does; how many there were."""
    async with unit_of_work() as uow:
        query = sa.text("SELECT DISTINCT holder_id FROM stock_holds")
        holders = list((await (await uow.session.connection()).execute(query)).scalars())
    for holder in holders:
        async with unit_of_work() as uow:
            await inventory.release(uow, holder)
    return len(holders)


async def test_no_unit_is_lost_wherever_a_buyers_process_is_killed(resources: Resources) -> None:
    await stock_shop(MUG=100, BOWL=200)
    command = [sys.executable, "-m", "tests.services.dying_buyers"]
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 12
    async with asyncio.timeout(10):
        async with unit_of_work() as uow:
            assert await inventory.release_expired(uow)
        assert await kept_for_orders()
    assert await level("MUG") == await ledger_sums("MUG") == (99, 0), "the last buyer lived"
    assert await level("BOWL") == await ledger_sums("BOWL") == (198, 0)
    assert await books_balance(resources)


async def test_the_units_of_a_buyer_whose_process_died_are_sold_to_the_next_without_waiting(
    resources: Resources,
) -> None:
    await stock_shop(MUG=1)
    async with unit_of_work() as uow:
        await inventory.hold(uow, new_id(), {"MUG": 1}, until=now())
    buyer = new_id()
    async with unit_of_work() as uow:
        await inventory.hold(uow, buyer, {"MUG": 1})
        await inventory.sell(uow, buyer)
    assert await level("MUG") == await ledger_sums("MUG") == (0, 0)
    assert await books_balance(resources)


async def test_buyers_sweeps_and_staff_in_all_orders_never_wait_in_a_circle(resources: Resources) -> None:
    skus = ["BOWL", "JUG", "MUG", "VASE"]
    await stock_shop(**dict.fromkeys(skus, 12))
    chance = random.Random(7)

    async def shop() -> int:
        bought = 0
        for _ in range(4):
            holder, wanted = new_id(), chance.sample(skus, 3)
            try:
                async with unit_of_work() as uow:
                    await inventory.hold(uow, holder, dict.fromkeys(wanted, 1), until=now())
                async with unit_of_work() as uow:
                    await inventory.hold(uow, holder, dict.fromkeys(reversed(wanted), 1))
                    await inventory.sell(uow, holder)
                bought += 1
            except InsufficientStock:
                continue
        return bought

    async def sweep() -> int:
        for _ in range(10):
            async with unit_of_work() as uow:
                await inventory.release_expired(uow)
        return 0

    async def receive() -> int:
        for sku in chance.sample(skus, 4):
            async with unit_of_work() as uow:
                await inventory.adjust(uow, sku, 1, reason=StockReason.RECEIVED, by=MAYA)
        return 0

    async with asyncio.timeout(60):
        bought = await asyncio.gather(
            *(shop() for _ in range(12)), *(sweep() for _ in range(2)), *(receive() for _ in range(3))
        )
    async with unit_of_work() as uow:
        while await inventory.release_expired(uow):
            continue
        left = await inventory.levels(uow, skus)
    assert sum(bought) * 3 == 4 * (12 + 3) - sum(each.on_hand for each in left.values())
    assert all(each.reserved == 0 and each.on_hand >= 0 for each in left.values())
    assert await books_balance(resources)


@pytest.mark.usefixtures("resources")
async def test_a_transaction_that_waits_for_a_dead_one_goes_on() -> None:
    """A connection that is gone gives back its locks with its transaction."""
    await stock_shop(MUG=1)
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        dying = await connection.scalar(sa.text("SELECT pg_backend_pid()"))
        await inventory.hold(uow, new_id(), {"MUG": 1})

        async def next_buyer() -> None:
            async with unit_of_work() as other:
                await inventory.hold(other, new_id(), {"MUG": 1})

        waiting = asyncio.create_task(next_buyer())
        await asyncio.sleep(0.3)
        assert not waiting.done()
        async with unit_of_work() as killer:
            await (await killer.session.connection()).execute(
                sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": dying}
            )
        await waiting
        await uow.session.invalidate()
    assert await level("MUG") == (1, 1)
