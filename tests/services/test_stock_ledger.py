"""The ledger can only grow."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from services.unit_of_work import unit_of_work
from tests.shop_samples import ledger_sums, level, stock_shop


@pytest.mark.usefixtures("resources")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stock_entries SET on_hand_delta = 7",
        "DELETE FROM stock_entries",
        "TRUNCATE stock_entries",
    ],
    ids=["change", "delete", "empty"],
)
async def test_an_entry_is_never_changed_or_deleted(statement: str) -> None:
    await stock_shop(MUG=5)
    with pytest.raises(DBAPIError, match="never changed or deleted"):
        async with unit_of_work() as uow:
            await (await uow.session.connection()).execute(sa.text(statement))
    assert await ledger_sums("MUG") == (5, 0)


@pytest.mark.usefixtures("resources")
@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE stock_levels SET reserved = 6", "promised_within_backorder"),
        ("UPDATE stock_levels SET on_hand = -1", "promised_within_backorder"),
        (
            "UPDATE stock_levels SET reserved = 8, backorder_limit = 2, backorder_days = 3",
            "promised_within_backorder",
        ),
        ("UPDATE stock_levels SET reserved = -1", "reserved_not_negative"),
    ],
    ids=["promised too much", "sold too much", "beyond what may be made", "promised less than nothing"],
)
async def test_a_level_that_can_not_be_is_refused_whoever_writes_it(statement: str, rule: str) -> None:
    await stock_shop(MUG=5)
    with pytest.raises(DBAPIError, match=rule):
        async with unit_of_work() as uow:
            await (await uow.session.connection()).execute(sa.text(statement))
    assert await level("MUG") == (5, 0)


@pytest.mark.usefixtures("resources")
async def test_units_never_come_from_nowhere() -> None:
    await stock_shop(MUG=5)
    statement = (
        "INSERT INTO stock_entries (id, sku, on_hand_delta, reserved_delta, reason, actor, created_at)"
        " VALUES (gen_random_uuid(), 'MUG', 1, 0, 'received', '', now())"
    )
    with pytest.raises(DBAPIError, match="location_named"):
        async with unit_of_work() as uow:
            await (await uow.session.connection()).execute(sa.text(statement))
