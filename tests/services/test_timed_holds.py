"""Holds that end by themselves, against the real database."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from models.ids import new_id, now
from models.stock import Hold
from services.errors import InsufficientStock
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from tests.shop_samples import MAYA, ledger_sums, level, stock_shop

pytestmark = pytest.mark.usefixtures("resources")


def soon() -> datetime:
    return now() + timedelta(minutes=10)


def past() -> datetime:
    return now() - timedelta(minutes=1)


async def hold(until: datetime | None, holder: UUID | None = None, **quantities: int) -> UUID:
    holder = holder or new_id()
    async with unit_of_work() as uow:
        await inventory.hold(uow, holder, quantities, until=until)
    return holder


async def hold_of(holder: UUID) -> Hold | None:
    async with unit_of_work() as uow:
        return await inventory.hold_of(uow, holder)


async def units(holder: UUID) -> dict[str, int]:
    async with unit_of_work() as uow:
        return await inventory.held(uow, holder)


async def sweep() -> set[UUID]:
    async with unit_of_work() as uow:
        return await inventory.release_expired(uow)


async def test_a_hold_knows_its_units_its_end_and_its_beginning() -> None:
    await stock_shop(MUG=5)
    end = soon()
    holder = await hold(end, MUG=2)
    first = await hold_of(holder)
    assert first
    assert (first.quantities, first.expires_at, first.is_timed) == ({"MUG": 2}, end, True)
    await hold(end + timedelta(minutes=1), holder, MUG=3)
    again = await hold_of(holder)
    assert again
    assert (again.quantities, again.expires_at) == ({"MUG": 3}, end + timedelta(minutes=1))
    assert again.since == first.since
    assert await hold_of(new_id()) is None


async def test_what_is_over_is_given_back_once_and_the_ledger_says_whose_it_was() -> None:
    await stock_shop(MUG=5, BOWL=5)
    one, other = await hold(past(), MUG=2, BOWL=1), await hold(past(), MUG=1)
    kept, running = await hold(None, MUG=1), await hold(soon(), MUG=1)
    assert await level("MUG") == (5, 5)
    assert await sweep() == {one, other}
    assert await sweep() == set()
    assert await level("MUG") == await ledger_sums("MUG") == (5, 2)
    assert await level("BOWL") == await ledger_sums("BOWL") == (5, 0)
    assert (await units(kept), await units(running)) == ({"MUG": 1}, {"MUG": 1})
    async with unit_of_work() as uow:
        ended = [line for line in await inventory.ledger(uow, "MUG") if line.reason == "expired"]
    assert {(line.holder_id, line.reserved_delta) for line in ended} == {(one, -2), (other, -1)}


async def test_the_last_unit_of_a_checkout_left_behind_goes_to_the_next_buyer_before_any_sweep() -> None:
    await stock_shop(MUG=1, BOWL=1)
    gone = await hold(past(), MUG=1, BOWL=1)
    buyer = await hold(soon(), MUG=1)
    assert await units(buyer) == {"MUG": 1}
    assert await units(gone) == {"BOWL": 1}
    assert await level("MUG") == await ledger_sums("MUG") == (1, 1)


async def test_a_running_hold_is_nobody_elses() -> None:
    await stock_shop(MUG=1)
    await hold(soon(), MUG=1)
    with pytest.raises(InsufficientStock) as caught:
        await hold(soon(), MUG=1)
    assert caught.value.available == {"MUG": 0}


async def test_a_process_whose_clock_is_fast_takes_nothing_from_a_running_checkout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await stock_shop(MUG=2)
    running, gone = await hold(soon(), MUG=1), await hold(past(), MUG=1)
    for module in ("holds", "levels", "withdrawing"):
        name = f"services.inventory.{module}.now"
        monkeypatch.setattr(name, lambda: now() + timedelta(hours=1), raising=False)
    async with unit_of_work() as uow:
        offered = (await inventory.offers(uow, ["MUG"], new_id()))["MUG"]
        assert offered.available == 1
        await inventory.end_hold(uow, running)
    with pytest.raises(InsufficientStock):
        await hold(soon(), MUG=2)
    assert await sweep() == {gone}
    assert await units(running) == {"MUG": 1}


async def test_a_count_takes_nothing_from_a_running_checkout_while_one_that_is_over_still_counts() -> None:
    await stock_shop(MUG=4)
    gone = await hold(past(), MUG=2)
    running = await hold(soon(), MUG=2)
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "MUG", 3, by=MAYA)
    assert (await units(gone), await units(running)) == ({}, {"MUG": 2})
    assert await level("MUG") == await ledger_sums("MUG") == (3, 2)
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "MUG", 1, by=MAYA)
        ended = [entry for entry in await inventory.ledger(uow, "MUG") if entry.reserved_delta < 0]
    assert await units(running) == {"MUG": 1}
    assert [(entry.holder_id, entry.reserved_delta, entry.reason, entry.actor) for entry in ended] == [
        (running, -1, "released", "Maya"),
        (gone, -2, "expired", "store"),
    ]


async def test_a_hold_that_is_over_but_still_there_can_be_extended() -> None:
    await stock_shop(MUG=1)
    holder, end = await hold(past(), MUG=1), soon()
    async with unit_of_work() as uow:
        extended = await inventory.extend(uow, holder, end)
    assert extended
    assert (extended.quantities, extended.expires_at) == ({"MUG": 1}, end)
    assert await sweep() == set()
    async with unit_of_work() as uow:
        earlier = await inventory.extend(uow, holder, end - timedelta(minutes=5))
        assert earlier
        assert earlier.expires_at == end
        assert await inventory.extend(uow, new_id(), end) is None


async def test_starting_checkout_again_does_not_put_an_end_to_what_an_order_was_promised() -> None:
    await stock_shop(MUG=5)
    holder = await hold(None, MUG=2)
    await hold(past(), holder, MUG=1)
    async with unit_of_work() as uow:
        await inventory.lower(uow, holder, {})
        await inventory.extend(uow, holder, past())
    assert await sweep() == set()
    found = await hold_of(holder)
    assert found
    assert (found.quantities, found.expires_at) == ({"MUG": 2}, None)
    assert await level("MUG") == await ledger_sums("MUG") == (5, 2)


async def test_an_order_keeps_what_its_checkout_had_held() -> None:
    await stock_shop(MUG=1)
    holder = await hold(past(), MUG=1)
    await hold(None, holder, MUG=1)
    assert await sweep() == set()
    assert await level("MUG") == (1, 1)


async def test_a_reduced_line_gives_back_what_is_beyond_it() -> None:
    await stock_shop(MUG=5, BOWL=5, VASE=5)
    end = soon()
    holder = await hold(end, MUG=3, BOWL=2, VASE=1)
    async with unit_of_work() as uow:
        await inventory.lower(uow, holder, {"MUG": 1, "VASE": 4})
    found = await hold_of(holder)
    assert found
    assert (found.quantities, found.expires_at) == ({"MUG": 1, "VASE": 1}, end)
    for sku, reserved in {"MUG": 1, "BOWL": 0, "VASE": 1}.items():
        assert await level(sku) == await ledger_sums(sku) == (5, reserved)


async def test_two_timed_holds_become_one_at_sign_in() -> None:
    await stock_shop(MUG=5, BOWL=5)
    end = soon()
    guest, user = await hold(end, MUG=1, BOWL=1), await hold(end - timedelta(minutes=2), MUG=2)
    async with unit_of_work() as uow:
        assert await inventory.hand_over(uow, guest, user)
    found = await hold_of(user)
    assert found
    assert (found.quantities, found.expires_at) == ({"MUG": 3, "BOWL": 1}, end)
    assert await hold_of(guest) is None
    assert await level("MUG") == (5, 3)


@pytest.mark.parametrize("orders", ["giver", "receiver"])
async def test_of_a_timed_hold_and_one_for_an_order_the_order_keeps_its_units(orders: str) -> None:
    await stock_shop(MUG=5)
    ends = {"giver": soon(), "receiver": soon()} | {orders: None}
    giver, receiver = await hold(ends["giver"], MUG=1), await hold(ends["receiver"], MUG=1)
    async with unit_of_work() as uow:
        assert await inventory.hand_over(uow, giver, receiver)
    found = await hold_of(receiver)
    assert found
    assert (found.quantities, found.expires_at) == ({"MUG": 1}, None)
    assert await level("MUG") == await ledger_sums("MUG") == (5, 1)


async def test_a_sweep_passes_over_a_hold_somebody_is_at_work_on() -> None:
    await stock_shop(MUG=5)
    busy, idle = await hold(past(), MUG=1), await hold(past(), MUG=1)
    async with unit_of_work() as uow:
        await inventory.extend(uow, busy, soon())
        async with asyncio.timeout(5):
            assert await sweep() == {idle}
    assert await units(busy) == {"MUG": 1}


async def test_a_count_passes_over_a_checkout_that_somebody_is_at_work_on() -> None:
    await stock_shop(MUG=4)
    older, busy = await hold(soon(), MUG=2), await hold(soon(), MUG=2)
    async with unit_of_work() as uow:
        await inventory.extend(uow, busy, soon() + timedelta(minutes=1))
        async with asyncio.timeout(5), unit_of_work() as staff:
            await inventory.set_on_hand(staff, "MUG", 3, by=MAYA)
    assert (await units(older), await units(busy)) == ({"MUG": 1}, {"MUG": 2})
    assert await level("MUG") == await ledger_sums("MUG") == (3, 3)


async def test_sweeps_at_once_count_once() -> None:
    await stock_shop(MUG=40)
    for _ in range(20):
        await hold(past(), MUG=1)
    swept = await asyncio.gather(*(sweep() for _ in range(5)))
    assert sum(len(holders) for holders in swept) == 20
    assert await level("MUG") == await ledger_sums("MUG") == (40, 0)


async def test_renewing_and_sweeping_at_once_leave_the_books_right() -> None:
    await stock_shop(MUG=10, BOWL=10)
    holders = [await hold(past(), MUG=1, BOWL=1) for _ in range(8)]

    async def renew(holder: UUID) -> None:
        await hold(soon(), holder, BOWL=1, MUG=1)

    await asyncio.gather(*(renew(holder) for holder in holders), *(sweep() for _ in range(4)))
    assert [await units(holder) for holder in holders] == [{"MUG": 1, "BOWL": 1}] * 8
    for sku in ("MUG", "BOWL"):
        assert await level(sku) == await ledger_sums(sku) == (10, 8)
