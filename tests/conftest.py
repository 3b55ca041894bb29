"""Real servers for the tests: started once per run, shared by its workers, each with databases of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
import pytest_asyncio
from sqlmodel import SQLModel

from sandbox.probes import Ports
from sandbox.stack import Stack
from services.bootstrap import Resources, open_resources
from services.catalog import service as catalog
from services.settings import settings

ROOT = Path(__file__).parent.parent
TEMPLATE = "larkspur_template"
_STACK: pytest.StashKey[Stack] = pytest.StashKey()
_FOLDER: pytest.StashKey[Path] = pytest.StashKey()


def pytest_configure(config: pytest.Config) -> None:
    """The first process starts the servers; workers of pytest-xdist inherit their addresses."""
    if "PYTEST_XDIST_WORKER" in os.environ or config.option.collectonly:
        return
    folder = Path(tempfile.mkdtemp(prefix="larkspur-tests-"))
    folder.chmod(0o755)
    stack = Stack(folder, ports=Ports.free(), durable=False)
    stack.start()
    config.stash[_STACK], config.stash[_FOLDER] = stack, folder
    os.environ.update(stack.environment)
    _migrate_template(stack.environment["DATABASE_URL"])


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


@pytest.fixture(scope="session")
def own_databases(worker_id: str) -> Iterator[None]:
    """A copy of the migrated database and an empty document database for this worker."""
    shared = {name: os.environ[name] for name in ("DATABASE_URL", "MONGODB_URL")}
    name = f"larkspur_{worker_id}"
    with psycopg.connect(shared["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    os.environ |= {variable: with_database(url, name) for variable, url in shared.items()}
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
    """The connections of the store, with every table and collection empty."""
    tables = ", ".join(f'"{table.name}"' for table in SQLModel.metadata.sorted_tables)
    connecting = psycopg.AsyncConnection.connect(opened.settings.database_url, autocommit=True)
    async with await connecting as connection:
        await connection.execute(f"TRUNCATE {tables}, procrastinate_jobs CASCADE")
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
