"""Real servers for the tests: started once per run, shared by its workers, each with databases of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import psycopg
import pytest
import pytest_asyncio
from sqlmodel import SQLModel

from sandbox.errors import SandboxError
from sandbox.probes import Ports
from sandbox.stack import Stack
from services.bootstrap import Resources, open_resources
from services.catalog import service as catalog
from services.settings import settings
from tests import reference_samples
from tests.e2e.store import serve

ROOT = Path(__file__).parent.parent
TEMPLATE = "larkspur_template"
DATABASES = ("DATABASE_URL", "MONGODB_URL")
APPEND_ONLY = ("audit_entries", "stock_entries")
"""Tables that refuse to be emptied."""
hypothesis.settings.register_profile("store", deadline=None)
hypothesis.settings.load_profile("store")
"""A loaded machine is no failure."""
_STACK: pytest.StashKey[Stack] = pytest.StashKey()
_FOLDER: pytest.StashKey[Path] = pytest.StashKey()
_SERVED: pytest.StashKey[bool] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """The first process starts the servers; workers of pytest-xdist inherit their addresses."""
    if "PYTEST_XDIST_WORKER" in os.environ or config.option.collectonly:
        return
    folder = Path(tempfile.mkdtemp(prefix="larkspur-tests-"))
    folder.chmod(0o755)
    stack = Stack(folder, ports=Ports.free(), durable=False)
    stack.start()
    config.stash[_STACK], config.stash[_FOLDER] = stack, folder
    os.environ.update(stack.environment, MAILBOX_URL=f"http://localhost:{stack.ports.mailbox}")
    _migrate_template(stack.environment["DATABASE_URL"])


def pytest_collection_finish(session: pytest.Session) -> None:
    _serve_for(session.config, (item.nodeid for item in session.items))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: Any, ids: list[str]) -> None:
    _serve_for(node.config, ids)


def _serve_for(config: pytest.Config, tests: Iterable[str]) -> None:
    """Open the store when one of `tests` needs it; in the process that has the servers, before the first test."""
    if _STACK not in config.stash or _SERVED in config.stash or not any("/e2e/" in test for test in tests):
        return
    config.stash[_SERVED] = True
    stack = config.stash[_STACK]
    try:
        serve(stack, _own_databases(stack.environment, "e2e"))
    except SandboxError as error:
        pytest.exit(f"The store for the browser tests doesn't start. {error}", returncode=1)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _STACK in config.stash:
        config.stash[_STACK].stop()
        shutil.rmtree(config.stash[_FOLDER], ignore_errors=True)


def _migrate_template(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    environment = os.environ | {"DATABASE_URL": with_database(database_url, TEMPLATE)}
    subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "head"], cwd=ROOT, env=environment, check=True
    )


def with_database(url: str, name: str) -> str:
    """A database address with another database in it."""
    base, _, rest = url.rpartition("/")
    _, mark, options = rest.partition("?")
    return f"{base}/{name}{mark}{options}"


def _own_databases(shared: Mapping[str, str], name: str) -> dict[str, str]:
    """Addresses of a copy of the migrated database and of an empty document database."""
    database = f"larkspur_{name}"
    with psycopg.connect(shared["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database} TEMPLATE {TEMPLATE}")
    return {variable: with_database(shared[variable], database) for variable in DATABASES}


@pytest.fixture(scope="session")
def own_databases(worker_id: str) -> Iterator[None]:
    """A copy of the migrated database and an empty document database for this worker."""
    shared = {name: os.environ[name] for name in DATABASES}
    os.environ |= _own_databases(shared, worker_id)
    settings.cache_clear()
    yield
    os.environ |= shared
    settings.cache_clear()


@pytest_asyncio.fixture(scope="session")
async def opened(own_databases: None) -> AsyncIterator[Resources]:
    async with open_resources() as resources:
        await catalog.ensure_indexes(resources.documents)
        yield resources


@pytest_asyncio.fixture
async def resources(opened: Resources) -> Resources:
    """The connections of the store, with every table and collection empty but those of delivery and taxes."""
    names = (
        table.name for table in SQLModel.metadata.sorted_tables if table.name not in reference_samples.TABLES
    )
    tables = ", ".join(f'"{name}"' for name in names)
    connecting = psycopg.AsyncConnection.connect(opened.settings.database_url, autocommit=True)
    async with await connecting as connection:
        for table in APPEND_ONLY:
            await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        await connection.execute(f"TRUNCATE {tables}, procrastinate_jobs CASCADE")
        for table in APPEND_ONLY:
            await connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        await reference_samples.put_back(connection, opened)
    for collection in await opened.documents.list_collection_names():
        await opened.documents[collection].delete_many({})
    return opened


@pytest_asyncio.fixture
async def api(resources: Resources) -> AsyncIterator[httpx.AsyncClient]:
    """A program that speaks to the REST API, without cookies."""
    from services.api import create_api
    from services.web import StoreMiddleware

    transport = httpx.ASGITransport(StoreMiddleware(create_api()))
    async with httpx.AsyncClient(transport=transport, base_url=settings().public_url) as client:
        yield client
