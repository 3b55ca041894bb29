"""Stock levels, holds and the ledger, against the real database."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from models.identity import STORE
from models.ids import new_id
from models.stock import StockReason
from services.errors import InsufficientStock, Invalid
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from tests.shop_samples import ledger_sums, level, stock_shop

pytestmark = pytest.mark.usefixtures("resources")


async def hold(holder: UUID, **quantities: int) -> None:
    async with unit_of_work() as uow:
        await inventory.hold(uow, holder, quantities)


async def test_thirty_buyers_for_ten_units_in_opposite_orders_get_exactly_ten() -> None:
    await stock_shop(MUG=10, BOWL=10)
    wanted = [{"MUG": 1, "BOWL": 1}, {"BOWL": 1, "MUG": 1}]
    results = await asyncio.gather(
        *(hold(new_id(), **wanted[number % 2]) for number in range(30)), return_exceptions=True
    )
    assert results.count(None) == 10
    assert all(result is None or isinstance(result, InsufficientStock) for result in results)
    assert await level("MUG") == (10, 10)
    assert await level("BOWL") == await ledger_sums("BOWL") == (10, 10)


async def test_a_short_line_holds_nothing_of_the_others() -> None:
    await stock_shop(MUG=10, BOWL=1)
    with pytest.raises(InsufficientStock) as caught:
        await hold(new_id(), MUG=2, BOWL=2)
    assert caught.value.available == {"BOWL": 1}
    assert await level("MUG") == (10, 0)


async def test_holding_again_changes_the_hold_instead_of_adding_to_it() -> None:
    await stock_shop(MUG=5, BOWL=5)
    holder = new_id()
    await hold(holder, MUG=4)
    await hold(holder, MUG=5, BOWL=1)
    await hold(holder, MUG=1)
    assert await level("MUG") == (5, 1)
    assert await level("BOWL") == (5, 0)


async def test_releasing_and_selling_twice_count_once() -> None:
    await stock_shop(MUG=5)
    first, second = new_id(), new_id()
    await hold(first, MUG=2)
    await hold(second, MUG=2)
    for _ in range(2):
        async with unit_of_work() as uow:
            await inventory.release(uow, first)
            await inventory.sell(uow, second)
    assert await level("MUG") == await ledger_sums("MUG") == (3, 0)


async def test_a_count_below_what_is_promised_is_refused() -> None:
    await stock_shop(MUG=5)
    await hold(new_id(), MUG=3)
    with pytest.raises(Invalid, match="promised to open orders"):
        async with unit_of_work() as uow:
            await inventory.set_on_hand(uow, "MUG", 2, by=STORE)
    assert await level("MUG") == (5, 3)


async def test_adjustments_at_once_sum() -> None:
    await stock_shop(MUG=5)

    async def receive() -> None:
        async with unit_of_work() as uow:
            await inventory.adjust(uow, "MUG", 2, reason=StockReason.RECEIVED, by=STORE)

    await asyncio.gather(*(receive() for _ in range(10)))
    assert await level("MUG") == await ledger_sums("MUG") == (25, 0)
