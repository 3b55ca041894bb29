"""Finding one's way in the audit log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.audit import AuditAction, AuditEntry
from models.identity import Identity
from models.ids import new_id
from models.permissions import Role
from services.audit import service as audit
from services.audit.service import AuditFilter
from services.errors import Invalid
from services.unit_of_work import unit_of_work
from tests.audit_samples import TOM, entries
from tests.shop_samples import MAYA

pytestmark = pytest.mark.usefixtures("resources")

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


async def write(action: AuditAction, by: Identity, name: str, at: datetime = NOON) -> AuditEntry:
    async with unit_of_work() as uow:
        entry = audit.entry_of(action, by, f"id-of-{name}", name)
        entry.at = at
        uow.session.add(entry)
    return entry


async def found(limit: int = 24, **wanted: object) -> list[str]:
    async with unit_of_work() as uow:
        page = await audit.list_entries(uow, AuditFilter(**wanted), limit=limit)  # type: ignore[arg-type]
    assert page.total == len(page.items) or page.next_cursor
    return [entry.object_name for entry in page.items]


async def test_entries_are_found_by_who_what_when_and_a_part_of_a_name() -> None:
    await write(AuditAction.ORDER_SHIPPED, MAYA, "LK-10001")
    await write(AuditAction.ORDER_CANCELLED, MAYA, "LK-10002", NOON + timedelta(days=1))
    await write(AuditAction.STOCK_COUNTED, TOM, "MUG_1", NOON + timedelta(days=2))

    assert await found() == ["MUG_1", "LK-10002", "LK-10001"]
    assert await found(actor_id=MAYA.user_id) == ["LK-10002", "LK-10001"]
    assert await found(action="order") == ["LK-10002", "LK-10001"]
    assert await found(action="order.shipped") == ["LK-10001"]
    assert await found(object_id="id-of-MUG_1") == ["MUG_1"]
    assert await found(since=NOON + timedelta(days=1)) == ["MUG_1", "LK-10002"]
    assert await found(until=NOON + timedelta(days=1)) == ["LK-10001"]
    assert await found(text="tomás") == ["MUG_1"]
    assert await found(text="10002") == ["LK-10002"]
    assert await found(text="g_1") == ["MUG_1"]
    assert await found(text="G%1") == []
    assert await found(action="order", actor_id=TOM.user_id) == []


async def test_pages_follow_each_other_without_gap_even_within_one_moment() -> None:
    for number in range(7):
        await write(
            AuditAction.ORDER_SHIPPED, MAYA, f"LK-{number}", NOON + timedelta(microseconds=number // 3)
        )
    seen: list[str] = []
    cursor = ""
    while True:
        async with unit_of_work() as uow:
            page = await audit.list_entries(uow, AuditFilter(), limit=2, cursor=cursor)
        seen += [entry.object_name for entry in page.items]
        assert page.total == 7
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    assert seen == [entry.object_name for entry in reversed(await entries())]
    assert len(seen) == 7


ID = "01a205b7-e34a-753c-9c1e-ba11baecd853"


@pytest.mark.parametrize("cursor", ["nonsense", "1.2", f"{10**30}.{ID}", f"x.{ID}", "1"])
async def test_a_cursor_of_elsewhere_is_refused(cursor: str) -> None:
    async with unit_of_work() as uow:
        with pytest.raises(Invalid):
            await audit.list_entries(uow, AuditFilter(), cursor=cursor)


@pytest.mark.parametrize("action", ["nonsense", "order.", "order.eaten"])
async def test_an_unknown_action_is_refused_with_those_there_are(action: str) -> None:
    async with unit_of_work() as uow:
        with pytest.raises(Invalid) as refused:
            await audit.list_entries(uow, AuditFilter(action=action))
        with pytest.raises(Invalid):
            await audit.begin_export(uow, AuditFilter(action=action), MAYA, form="csv")
    assert "product, category" in refused.value.errors["action"]


async def test_an_export_has_every_entry_and_is_recorded_without_what_was_searched_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("services.audit.reading.EXPORT_BATCH", 3)
    for number in range(7):
        await write(AuditAction.ORDER_SHIPPED, MAYA, f"LK-{number}", NOON + timedelta(seconds=number))
    await write(AuditAction.STOCK_COUNTED, TOM, "MUG")
    ada = Identity(user_id=new_id(), name="Ada", roles=frozenset({Role.ADMIN}))
    async with unit_of_work() as uow:
        wanted = AuditFilter(action="order", text="LK", since=NOON)
        closed = await audit.begin_export(uow, wanted, ada, form="csv")
    await write(AuditAction.ORDER_SHIPPED, MAYA, "LK-later", datetime.now(UTC))
    exported = [entry.object_name async for entry in audit.export_entries(closed)]
    assert exported == [f"LK-{number}" for number in reversed(range(7))]
    (told,) = [entry for entry in await entries() if entry.action == "audit.exported"]
    assert (told.actor, told.changes) == (
        "Ada",
        {
            "format": [None, "csv"],
            "action": [None, "order"],
            "since": [None, "2026-06-01T12:00:00Z"],
            "text": [None, "…"],
        },
    )


async def test_what_an_export_was_asked_for_and_no_object_is_stays_out_of_the_log() -> None:
    """It may be somebody's name or address, typed into the wrong field."""
    known = await write(AuditAction.ORDER_SHIPPED, MAYA, "LK-1")
    async with unit_of_work() as uow:
        for asked in ("robin@larkspur.example", known.object_id):
            await audit.begin_export(uow, AuditFilter(object_id=asked), MAYA, form="csv")
    exports = [entry.changes for entry in await entries() if entry.action == "audit.exported"]
    assert [changes["object_id"][1] for changes in exports] == ["…", "id-of-LK-1"]
