"""Several places where units lie."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel.ext.asyncio.session import AsyncSession

from models.ids import new_id
from models.stock import StockReason
from models.stock_location import draw
from services.errors import Conflict, Invalid, NotFound
from services.inventory import locations_repository
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from tests.services.test_checkout import fill_cart
from tests.shop_samples import GOOD_CARD, MAYA, guest, ledger_sums, level, stock_shop

pytestmark = pytest.mark.usefixtures("resources")

WORKSHOP, LEEDS, YORK = "workshop", "leeds-store", "york-store"


async def add(*codes: str) -> None:
    async with unit_of_work() as uow:
        for code in codes:
            name = code.replace("-", " ").capitalize()
            await inventory.add_location(uow, code=code, name=name, country="gb", by=MAYA)


async def count(sku: str, **units: int) -> None:
    async with unit_of_work() as uow:
        for code, on_hand in units.items():
            await inventory.set_on_hand(uow, sku, on_hand, by=MAYA, location=code.replace("_", "-"))


async def shelves(sku: str = "MUG") -> dict[str, int]:
    """The units in each location; those that have none are left out."""
    async with unit_of_work() as uow:
        found = (await inventory.shelves(uow, [sku]))[sku]
    return {code: units for code, units in found.items() if units}


async def buy(order: UUID, **quantities: int) -> None:
    async with unit_of_work() as uow:
        await inventory.hold(uow, order, quantities)
        await inventory.sell(uow, order)


async def give_back(order: UUID, **quantities: int) -> None:
    async with unit_of_work() as uow:
        await inventory.restock(uow, quantities, holder_id=order, by=MAYA)


@pytest.mark.parametrize(
    ("units", "there", "drawn"),
    [
        (2, {"a": 3, "b": 3}, {"a": 2}),
        (5, {"a": 3, "b": 3}, {"a": 3, "b": 2}),
        (2, {"b": 3}, {"b": 2}),
        (8, {"a": 3, "b": 3}, {"a": 5, "b": 3}),
        (2, {"a": -4, "b": 1}, {"a": 1, "b": 1}),
        (0, {"a": 3}, {}),
    ],
    ids=["first", "first two", "second", "the first owes", "owes already", "nothing"],
)
def test_units_are_drawn_by_priority(units: int, there: dict[str, int], drawn: dict[str, int]) -> None:
    assert draw(units, there, ["a", "b"]) == drawn


async def test_a_sale_takes_from_the_first_place_that_has_units_and_a_return_goes_back_there() -> None:
    await stock_shop(MUG=2)
    await add(LEEDS, YORK)
    await count("MUG", leeds_store=3, york_store=4)
    first, second = new_id(), new_id()
    await buy(first, MUG=4)
    assert await shelves() == {LEEDS: 1, YORK: 4}
    await buy(second, MUG=2)
    assert await shelves() == {YORK: 3}
    await give_back(second, MUG=2)
    assert await shelves() == {LEEDS: 1, YORK: 4}
    await give_back(first, MUG=3)
    await give_back(first, MUG=1)
    assert await shelves() == {WORKSHOP: 2, LEEDS: 3, YORK: 4}
    assert await level("MUG") == await ledger_sums("MUG") == (9, 0)


async def test_two_orders_of_one_cart_are_each_given_back_to_where_they_came_from() -> None:
    await stock_shop(MUG=1)
    await add(LEEDS)
    await count("MUG", leeds_store=1)
    cart, first, second = new_id(), new_id(), new_id()
    for order in (first, second):
        async with unit_of_work() as uow:
            await inventory.hold(uow, cart, {"MUG": 1})
            await inventory.sell(uow, cart, order_id=order)
    async with unit_of_work() as uow:
        served = await inventory.allocations(uow, second)
        assert [(each.sku, each.location, each.quantity) for each in served] == [("MUG", LEEDS, 1)]
        await inventory.restock(uow, {"MUG": 1}, holder_id=cart, by=MAYA, order_id=second)
    assert await shelves() == {LEEDS: 1}


async def test_a_paid_order_says_from_where_it_is_served_and_its_cancellation_fills_that_shelf() -> None:
    from services.checkout.service import Checkout, check_out
    from services.payment import service as payments
    from tests.shop_samples import DETAILS

    await stock_shop(MUG=0)
    await add(LEEDS)
    await count("MUG", leeds_store=2)
    await fill_cart(MUG=1)
    order = (await check_out(guest(), Checkout(DETAILS, GOOD_CARD))).order
    async with unit_of_work() as uow:
        (served,) = await inventory.allocations(uow, order.id)
    assert (served.location, served.quantity) == (LEEDS, 1)
    await payments.cancel_order(order.id, by=MAYA, reason="changed their mind")
    assert await shelves() == {LEEDS: 2}


async def test_units_come_back_to_the_first_place_when_theirs_is_closed_or_unknown() -> None:
    await stock_shop(MUG=0)
    await add(LEEDS)
    await count("MUG", leeds_store=1)
    order = new_id()
    await buy(order, MUG=1)
    async with unit_of_work() as uow:
        await inventory.change_location(uow, LEEDS, active=False, by=MAYA)
    await give_back(order, MUG=1)
    await give_back(new_id(), MUG=2)
    assert await shelves() == {WORKSHOP: 3}


async def test_a_count_without_a_place_is_of_all_places_together() -> None:
    await stock_shop(MUG=5)
    await add(LEEDS)
    await count("MUG", leeds_store=4)
    for total, left in ((7, {WORKSHOP: 3, LEEDS: 4}), (2, {LEEDS: 2}), (6, {WORKSHOP: 4, LEEDS: 2})):
        async with unit_of_work() as uow:
            assert (await inventory.set_on_hand(uow, "MUG", total, by=MAYA)).on_hand == total
        assert await shelves() == left


async def test_counting_and_adjusting_one_place_leaves_the_others_alone() -> None:
    await stock_shop(MUG=5)
    await add(LEEDS)
    await count("MUG", leeds_store=4)
    async with unit_of_work() as uow:
        damaged = StockReason.DAMAGED
        await inventory.adjust(uow, "MUG", -3, reason=damaged, by=MAYA, location=LEEDS)
    assert await shelves() == {WORKSHOP: 5, LEEDS: 1}
    with pytest.raises(Invalid, match="Only 1 unit of MUG is there"):
        async with unit_of_work() as uow:
            await inventory.adjust(uow, "MUG", -2, reason=damaged, by=MAYA, location=LEEDS)
    with pytest.raises(Invalid, match="no such location") as caught:
        await count("MUG", hull=4)
    assert caught.value.errors == {"location": "one of workshop, leeds-store"}
    assert await shelves() == {WORKSHOP: 5, LEEDS: 1}
    assert await level("MUG") == await ledger_sums("MUG") == (6, 0)


async def test_carrying_units_changes_the_places_and_not_what_can_be_had() -> None:
    await stock_shop(MUG=5)
    await add(LEEDS)
    async with unit_of_work() as uow:
        await inventory.transfer(uow, "MUG", 2, source=WORKSHOP, target=LEEDS, by=MAYA)
    assert await shelves() == {WORKSHOP: 3, LEEDS: 2}
    assert await level("MUG") == await ledger_sums("MUG") == (5, 0)
    for units, source, target in ((3, LEEDS, WORKSHOP), (0, LEEDS, WORKSHOP), (1, LEEDS, LEEDS)):
        with pytest.raises(Invalid):
            async with unit_of_work() as uow:
                await inventory.transfer(uow, "MUG", units, source=source, target=target, by=MAYA)
    assert await shelves() == {WORKSHOP: 3, LEEDS: 2}


async def test_the_order_of_places_decides_who_serves() -> None:
    await stock_shop(MUG=5)
    await add(LEEDS)
    await count("MUG", leeds_store=5)
    async with unit_of_work() as uow:
        await inventory.order_locations(uow, [LEEDS, WORKSHOP], by=MAYA)
    await buy(new_id(), MUG=1)
    assert await shelves() == {WORKSHOP: 5, LEEDS: 4}
    with pytest.raises(Invalid, match="each location once"):
        async with unit_of_work() as uow:
            await inventory.order_locations(uow, [LEEDS, LEEDS], by=MAYA)


async def test_a_place_with_units_and_the_last_place_stay_open() -> None:
    await stock_shop(MUG=1)
    await add(LEEDS)
    with pytest.raises(Conflict, match="still has or owes units of 1 article"):
        async with unit_of_work() as uow:
            await inventory.change_location(uow, WORKSHOP, active=False, by=MAYA)
    async with unit_of_work() as uow:
        await inventory.change_location(uow, LEEDS, active=False, by=MAYA)
    with pytest.raises(Conflict, match="only open location"):
        async with unit_of_work() as uow:
            await inventory.change_location(uow, WORKSHOP, active=False, by=MAYA)
    with pytest.raises(Invalid, match="closed"):
        await count("MUG", leeds_store=1)
    with pytest.raises(NotFound):
        async with unit_of_work() as uow:
            await inventory.change_location(uow, "hull", name="Hull", by=MAYA)


async def counts_one(_: UUID) -> None:
    await count("MUG", leeds_store=1)


async def takes_one_back(order: UUID) -> None:
    await give_back(order, MUG=1)


@pytest.mark.parametrize("deed", [counts_one, takes_one_back], ids=["counted", "returned"])
async def test_a_place_is_not_closed_while_units_are_being_brought_there(
    deed: Callable[[UUID], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the moment on in which it was found to be open."""
    await stock_shop(MUG=0)
    await add(LEEDS)
    await count("MUG", leeds_store=1)
    order = new_id()
    await buy(order, MUG=1)
    bring = locations_repository.change
    closing: list[asyncio.Task[None]] = []

    async def close() -> None:
        async with unit_of_work() as uow:
            await inventory.change_location(uow, LEEDS, active=False, by=MAYA)

    async def slowly(session: AsyncSession, moves: Mapping[tuple[str, str], int]) -> None:
        closing.append(asyncio.create_task(close()))
        await asyncio.sleep(0.3)
        await bring(session, moves)

    monkeypatch.setattr(locations_repository, "change", slowly)
    await deed(order)
    with pytest.raises(Conflict, match="still has"):
        await closing[0]
    assert await shelves() == {LEEDS: 1}


@pytest.mark.parametrize("code", ["", "Leeds", "leeds store", "-leeds", "x" * 41])
async def test_a_code_that_does_not_fit_an_address_is_refused(code: str) -> None:
    with pytest.raises(Invalid, match="lower-case"):
        await add(code)


async def test_a_code_is_given_once() -> None:
    await add(LEEDS)
    with pytest.raises(Conflict, match="already"):
        await add(LEEDS)


async def test_sales_counts_and_transfers_at_once_keep_the_sum() -> None:
    await stock_shop(MUG=30, BOWL=30)
    await add(LEEDS)

    async def carry(number: int) -> None:
        source, target = (WORKSHOP, LEEDS) if number % 2 else (LEEDS, WORKSHOP)
        async with unit_of_work() as uow:
            await inventory.transfer(uow, "MUG", 1, source=source, target=target, by=MAYA)

    async def receive() -> None:
        async with unit_of_work() as uow:
            await inventory.adjust(uow, "MUG", 1, reason=StockReason.RECEIVED, by=MAYA, location=LEEDS)

    buying = (
        buy(new_id(), **({"MUG": 1, "BOWL": 1} if number % 2 else {"BOWL": 1, "MUG": 1}))
        for number in range(12)
    )
    results = await asyncio.gather(
        *buying,
        *(carry(number) for number in range(8)),
        *(receive() for _ in range(4)),
        return_exceptions=True,
    )
    assert all(result is None or isinstance(result, Invalid) for result in results)
    assert await level("MUG") == await ledger_sums("MUG") == (22, 0)
    assert sum((await shelves()).values()) == 22


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stock_levels SET on_hand = on_hand + 1",
        "UPDATE location_levels SET on_hand = on_hand - 1",
        "DELETE FROM location_levels",
        "INSERT INTO stock_levels (sku, on_hand, reserved, updated_at) VALUES ('BOWL', 2, 0, now())",
    ],
    ids=["level", "place", "place gone", "level without places"],
)
async def test_a_transaction_that_leaves_places_and_level_apart_is_not_committed(statement: str) -> None:
    await stock_shop(MUG=5)
    with pytest.raises(DBAPIError, match="hold"):
        async with unit_of_work() as uow:
            await (await uow.session.connection()).execute(sa.text(statement))
    assert await shelves() == {WORKSHOP: 5}
