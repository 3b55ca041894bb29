"""Changes in MongoDB reach the log once, whatever breaks on the way; and the log itself can't be changed."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import psycopg
import pytest

from models.catalog import CategoryDraft
from services.audit import repository
from services.audit import service as audit
from services.bootstrap import Resources
from services.catalog import service as catalog
from services.errors import Conflict, Invalid, PreconditionFailed
from services.jobs import working
from services.unit_of_work import UnitOfWork, unit_of_work
from tests.audit_samples import TOM, entries, told
from tests.catalog_samples import add, add_categories, draft, variant
from tests.integration.test_jobs import no_jobs_left, until, waiting_jobs
from tests.shop_samples import level


class Crash(BaseException):
    """The process dies here."""


async def waiting(resources: Resources) -> int:
    return await resources.documents["audit_outbox"].count_documents({})


async def write(uow: UnitOfWork, title: str, **options: Any) -> None:
    """Give the mug another name."""
    changed = draft(title, variant("MUG"), slug="mug")
    await catalog.replace_product(uow, "mug", changed, by=TOM, **{"expected_version": None, **options})


async def rename(title: str) -> None:
    async with unit_of_work() as uow:
        await write(uow, title)


@pytest.fixture
async def mug(resources: Resources) -> None:
    await add_categories()
    await add(draft("Mug"), stock={"MUG": 5})


@pytest.mark.usefixtures("mug")
async def test_the_worker_moves_an_entry_to_the_log_as_soon_as_the_change_is_made(
    resources: Resources,
) -> None:
    async with working():
        await rename("Cup")
        await until(no_jobs_left)
    assert await told() == [("product.changed", "Cup", {"title": ["Mug", "Cup"]})]
    assert await waiting(resources) == 0


@pytest.mark.usefixtures("mug")
async def test_a_crash_after_mongodbs_commit_loses_no_entry_but_what_postgresql_had_not_committed() -> None:
    with suppress(Crash):
        async with unit_of_work() as uow:
            await write(uow, "Cup", stock={"MUG": 9})
            raise Crash
    async with unit_of_work() as uow:
        assert (await catalog.get_product(uow, "mug")).title == "Cup"
    assert await level("MUG") == (5, 0)
    assert audit.RELAY_TASK not in await waiting_jobs()
    assert await told() == []

    assert [await audit.relay(), await audit.relay()] == [1, 0]
    assert await told() == [("product.changed", "Cup", {"title": ["Mug", "Cup"]})]


@pytest.mark.usefixtures("mug")
async def test_a_crash_before_mongodbs_commit_leaves_neither_the_change_nor_its_entry(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = repository.put_into_outbox

    async def put_and_die(*arguments: Any) -> None:
        await put(*arguments)
        raise Crash

    with monkeypatch.context() as patched, suppress(Crash):
        patched.setattr(repository, "put_into_outbox", put_and_die)
        await rename("Cup")
    async with unit_of_work() as uow:
        assert (await catalog.get_product(uow, "mug")).title == "Mug"
    assert await waiting(resources) == 0


@pytest.mark.usefixtures("mug")
async def test_a_crash_before_the_outbox_is_emptied_writes_no_entry_twice(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(*_: Any) -> None:
        raise Crash

    await rename("Cup")
    with monkeypatch.context() as patched, suppress(Crash):
        patched.setattr(repository, "remove_from_outbox", die)
        await audit.relay()
    assert (len(await entries()), await waiting(resources)) == (1, 1)
    await audit.relay()
    assert (len(await entries()), await waiting(resources)) == (1, 0)


@pytest.mark.usefixtures("mug")
async def test_many_workers_at_once_write_each_entry_once(resources: Resources) -> None:
    for number in range(8):
        await rename(f"Mug {number}")
    await asyncio.gather(*(audit.relay() for _ in range(4)))
    assert [entry.object_name for entry in await entries()] == [f"Mug {number}" for number in range(8)]
    assert await waiting(resources) == 0


@pytest.mark.usefixtures("mug")
async def test_more_than_one_batch_is_moved_in_the_order_of_the_changes(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.audit.outbox.BATCH", 2)
    for number in range(5):
        await rename(f"Mug {number}")
    assert await audit.relay() == 5
    assert [entry.object_name for entry in await entries()] == [f"Mug {number}" for number in range(5)]


@pytest.mark.usefixtures("mug")
async def test_a_change_that_is_refused_leaves_nothing_in_the_outbox(resources: Resources) -> None:
    await add(draft("Bowl"))
    taken = draft("Mug", variant("BOWL"), slug="mug")
    async with unit_of_work() as uow:
        with pytest.raises(Conflict):
            await catalog.replace_product(uow, "mug", taken, expected_version=None, by=TOM)
        with pytest.raises(Conflict):
            await catalog.create_product(uow, draft("Bowl"), by=TOM)
        with pytest.raises(Conflict):
            await catalog.create_category(uow, CategoryDraft(slug="mugs", name="Mugs"), by=TOM)
        with pytest.raises(PreconditionFailed):
            await catalog.archive_product(uow, "mug", expected_version=7, by=TOM)
        with pytest.raises(Invalid):
            await catalog.replace_product(
                uow, "mug", draft("Mug", slug="mug"), expected_version=1, stock={"MUG": -1}, by=TOM
            )
    assert await waiting(resources) == 0


@pytest.mark.usefixtures("mug")
async def test_of_several_who_write_at_once_only_the_one_who_did_is_in_the_log() -> None:
    async def compete(title: str) -> None:
        async with unit_of_work() as uow:
            await write(uow, title, expected_version=1)

    ends = await asyncio.gather(*(compete(f"Mug {number}") for number in range(4)), return_exceptions=True)
    assert sum(isinstance(end, PreconditionFailed) for end in ends) == 3
    await audit.relay()
    async with unit_of_work() as uow:
        product = await catalog.get_product(uow, "mug")
    assert [entry.changes["title"] for entry in await entries()] == [["Mug", product.title]]


@pytest.mark.usefixtures("mug")
async def test_each_of_several_unconditional_writes_tells_what_it_found() -> None:
    await asyncio.gather(*(rename(f"Mug {number}") for number in range(4)))
    await audit.relay()
    steps = [entry.changes["title"] for entry in await entries()]
    before, after = {step[0] for step in steps}, {step[1] for step in steps}
    assert len(after) == 4
    assert before - after == {"Mug"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor = 'nobody'",
        "UPDATE audit_entries SET changes = '{}' WHERE false OR actor <> ''",
        "DELETE FROM audit_entries",
        "TRUNCATE audit_entries",
        "INSERT INTO audit_entries SELECT * FROM audit_entries ON CONFLICT (id) DO UPDATE SET actor = 'x'",
    ],
)
@pytest.mark.usefixtures("mug")
async def test_the_database_refuses_to_change_the_log_for_the_stores_own_role(
    resources: Resources, statement: str
) -> None:
    await rename("Cup")
    await audit.relay()
    connecting = psycopg.AsyncConnection.connect(resources.settings.database_url, autocommit=True)
    async with await connecting as connection:
        with pytest.raises(psycopg.errors.RaiseException, match="never changed or deleted"):
            await connection.execute(statement)
    assert [entry.actor for entry in await entries()] == ["Tomás Ferreira"]
