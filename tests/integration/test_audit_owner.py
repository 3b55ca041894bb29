"""A store that runs as another role than the owner of its tables can't get at the log (docs/audit-log.md)."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import urlsplit

import psycopg
import pytest
import pytest_asyncio
from psycopg.errors import InsufficientPrivilege
from sqlmodel.ext.asyncio.session import AsyncSession

from models.ids import new_id
from sandbox.postgres import SUPERUSER
from services import database
from services.bootstrap import Resources
from services.order import service as orders
from services.unit_of_work import UnitOfWork
from tests.audit_samples import told
from tests.conftest import ROOT
from tests.shop_samples import MAYA, guest, stock_shop
from tests.states.purchases import buy


def as_role(url: str, role: str) -> str:
    """A database address for another role, which the test's server lets in without a password."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{role}@{parts.hostname}:{parts.port}").geturl()


@pytest_asyncio.fixture
async def narrowed(resources: Resources) -> AsyncIterator[str]:
    """The address of the database for a role of its own that has the rights the document gives it."""
    role = f"larkspur_store_{new_id().hex[-8:]}"
    url = resources.settings.database_url
    (grants,) = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/audit-log.md").read_text(), re.DOTALL)
    with psycopg.connect(as_role(url, SUPERUSER), autocommit=True) as superuser:
        superuser.execute(f"CREATE ROLE {role} LOGIN")
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute(grants.replace("larkspur_store", role))
        yield as_role(url, role)
        superuser.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


async def test_the_store_works_as_a_role_that_can_only_add_to_the_log(
    resources: Resources, narrowed: str
) -> None:
    await stock_shop(MUG=1)
    order = (await buy(guest())).order
    settings = resources.settings.model_copy(update={"database_url": narrowed})
    engine = database.create_engine(settings)
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        uow = UnitOfWork(session, replace(resources, engine=engine, settings=settings))
        await orders.ship(uow, order.id, tracking="", by=MAYA)
    await engine.dispose()
    assert await told() == [("order.shipped", order.number, {"status": ["paid", "shipped"]})]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor = 'nobody'",
        "DELETE FROM audit_entries",
        "TRUNCATE audit_entries",
        "ALTER TABLE audit_entries DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entries_keep ON audit_entries",
        "DROP TABLE audit_entries",
        "CREATE OR REPLACE FUNCTION refuse_to_change_audit_entries() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN OLD; END $$",
        "SET session_replication_role = replica",
    ],
)
async def test_that_role_gets_past_no_trigger(narrowed: str, statement: str) -> None:
    with psycopg.connect(narrowed, autocommit=True) as store, pytest.raises(InsufficientPrivilege):
        store.execute(statement)
