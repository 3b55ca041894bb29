"""Every migration up and down again, and the schema they end in is the one the models describe."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import with_database

ROOT = Path(__file__).parents[2]
REVISIONS = sorted(path.name.split("_")[0] for path in (ROOT / "alembic" / "versions").glob("*.py"))


@pytest.fixture(scope="module")
def empty_database(worker_id: str) -> Iterator[str]:
    address, name = os.environ["DATABASE_URL"], f"larkspur_migrations_{worker_id}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield with_database(address, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def alembic(database_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=False,
    )


def objects(database_url: str) -> set[str]:
    """Tables, sequences, functions and types that are there."""
    query = """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
    """
    with psycopg.connect(database_url) as connection:
        return {row[0] for row in connection.execute(query)}


def test_up_down_and_up_again_step_by_step(empty_database: str) -> None:
    states = [objects(empty_database)]
    for revision in REVISIONS:
        done = alembic(empty_database, "upgrade", revision)
        assert done.returncode == 0, done.stderr
        states.append(objects(empty_database))
    for before in reversed(states[:-1]):
        done = alembic(empty_database, "downgrade", "-1")
        assert done.returncode == 0, done.stderr
        left = {name for name in objects(empty_database) - before if "alembic_version" not in name}
        assert not left
    assert alembic(empty_database, "upgrade", "head").returncode == 0


def test_the_models_describe_the_migrated_schema(empty_database: str) -> None:
    alembic(empty_database, "upgrade", "head")
    done = alembic(empty_database, "check")
    assert done.returncode == 0, done.stdout + done.stderr
