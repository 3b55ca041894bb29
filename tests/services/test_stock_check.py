"""The command that balances the books of the stock."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from models.ids import new_id, now
from models.stock import StockReason
from services.bootstrap import Resources
from services.inventory import service as inventory
from services.inventory.check import check
from services.unit_of_work import unit_of_work
from tests.shop_samples import MAYA, ledger_sums, level, stock_shop

pytestmark = pytest.mark.usefixtures("resources")


async def trade() -> None:
    """A bit of everything that changes levels."""
    await stock_shop(MUG=9, BOWL=5)
    one, other = new_id(), new_id()
    async with unit_of_work() as uow:
        await inventory.add_location(uow, code="leeds-store", name="Leeds store", country="GB", by=MAYA)
        await inventory.transfer(uow, "MUG", 4, source="workshop", target="leeds-store", by=MAYA)
        await inventory.set_backorder(uow, "BOWL", limit=5, days=7, by=MAYA)
        await inventory.hold(uow, one, {"MUG": 6, "BOWL": 7})
        await inventory.sell(uow, one)
        await inventory.restock(uow, {"MUG": 1}, holder_id=one, by=MAYA)
        await inventory.hold(uow, other, {"MUG": 1}, until=now())
        await inventory.adjust(uow, "BOWL", 1, reason=StockReason.RECEIVED, by=MAYA, location="leeds-store")


async def tamper(statement: str, *, past: str = "stock_levels") -> None:
    """Past the store, and past the database's own guards."""
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        for step in (
            f"ALTER TABLE {past} DISABLE TRIGGER USER",
            statement,
            f"ALTER TABLE {past} ENABLE TRIGGER USER",
        ):
            await connection.execute(sa.text(step))


async def test_books_that_balance(resources: Resources, capsys: pytest.CaptureFixture[str]) -> None:
    await trade()
    assert await check(resources.settings.database_url) == 0
    assert capsys.readouterr().out == "Levels, locations, holds and the ledger agree.\n"


@pytest.mark.parametrize(
    ("table", "statement", "told"),
    [
        (
            "stock_levels",
            "UPDATE stock_levels SET on_hand = on_hand + 2 WHERE sku = 'MUG'",
            "MUG: the level says 6 on hand, its ledger adds up to 4. Count the shelves",
        ),
        (
            "stock_levels",
            "UPDATE stock_levels SET reserved = 0 WHERE sku = 'MUG'",
            "MUG: the level says 0 reserved, its holds add up to 1.",
        ),
        (
            "stock_holds",
            "DELETE FROM stock_holds",
            "MUG: its ledger adds up to 1 reserved, its holds to 0.",
        ),
        (
            "location_levels",
            "UPDATE location_levels SET on_hand = on_hand - 1 WHERE sku = 'MUG' AND location = 'leeds-store'",
            "MUG: leeds-store is said to hold 3, its ledger adds up to 4.",
        ),
        (
            "location_levels",
            "UPDATE location_levels SET on_hand = on_hand - 1 WHERE sku = 'MUG' AND location = 'leeds-store'",
            "MUG: the level says 4 on hand, its locations hold 3 together.",
        ),
        (
            "stock_entries",
            "DELETE FROM stock_entries WHERE sku = 'BOWL' AND reason = 'received'",
            "BOWL: the level says -1 on hand, its ledger adds up to -2.",
        ),
    ],
    ids=["on hand", "reserved", "holds", "location", "sum of locations", "ledger"],
)
async def test_what_was_changed_past_the_store_is_found_and_put_right(
    resources: Resources, capsys: pytest.CaptureFixture[str], table: str, statement: str, told: str
) -> None:
    await trade()
    await tamper(statement, past=table)
    assert await check(resources.settings.database_url) == 1
    assert told in capsys.readouterr().out
    assert await check(resources.settings.database_url, mending=True) == 0
    assert "mended" in capsys.readouterr().out
    assert await check(resources.settings.database_url) == 0
    assert await level("MUG") == await ledger_sums("MUG")


async def test_what_is_promised_to_buyers_is_not_mended_away(
    resources: Resources, capsys: pytest.CaptureFixture[str]
) -> None:
    await stock_shop(MUG=2)
    await tamper("UPDATE stock_levels SET on_hand = 5 WHERE sku = 'MUG'")
    async with unit_of_work() as uow:
        await inventory.hold(uow, new_id(), {"MUG": 4})
    assert await check(resources.settings.database_url, mending=True) == 1
    assert "MUG: left as it is, for more is promised than the ledger has." in capsys.readouterr().out
    assert await level("MUG") == (5, 4)
