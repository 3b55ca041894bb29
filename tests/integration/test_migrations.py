"""Every migration up and down again, and the schema they end in is the one the models describe."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic import command as commands
from alembic.config import Config

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


def alembic(database_url: str, command: str, *arguments: str) -> None:
    """What the command line does, without a new process for each step. Raises what the command fails with."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["database_url"] = database_url
    getattr(commands, command)(config, *arguments)


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
        alembic(empty_database, "upgrade", revision)
        states.append(objects(empty_database))
    for before in reversed(states[:-1]):
        alembic(empty_database, "downgrade", "-1")
        left = {name for name in objects(empty_database) - before if "alembic_version" not in name}
        assert not left
    alembic(empty_database, "upgrade", "head")


@pytest.mark.filterwarnings("ignore:.*detected to include an operator clause")
def test_the_models_describe_the_migrated_schema(empty_database: str) -> None:
    alembic(empty_database, "upgrade", "head")
    alembic(empty_database, "check")


KEPT = {
    "users": "id, issuer, subject, email, name",
    "user_sessions": "id_hash, user_id, roles, id_token",
    "carts": "id, user_id, status",
    "orders": "id, number, user_id, cart_id, email, shipping_address, total_amount",
    "idempotency_records": "scope, key, response_body",
}
A_STORE_AT_0003 = """
    INSERT INTO users (id, issuer, subject, email, name, created_at, last_sign_in_at) VALUES
        ('01a205b7-0000-7000-8000-000000000001', 'https://idp', 'ada', 'ada@example.com', 'Ada', now(), now()),
        ('01a205b7-0000-7000-8000-000000000002', 'https://idp', 'robin', 'robin@example.com', '', now(), now());
    INSERT INTO user_sessions (id_hash, user_id, roles, id_token, created_at, last_seen_at, expires_at)
        SELECT md5(number::text), ('01a205b7-0000-7000-8000-00000000000' || whose)::uuid, roles::jsonb, '',
            now() - interval '1 hour' * number, now(), now() + interval '1 day'
        FROM (VALUES (1, 1, '["admin"]'), (2, 1, '["admin", "support"]'), (3, 2, '[]')) AS row(number, whose, roles);
    INSERT INTO carts (id, user_id, visitor, status, currency, version, created_at, updated_at) VALUES
        ('01a205b7-0000-7000-8000-000000000003', '01a205b7-0000-7000-8000-000000000002', '', 'ordered', 'GBP', 1,
            now(), now());
    INSERT INTO orders (id, number, user_id, visitor, cart_id, email, status, currency, subtotal_amount,
        discount_amount, shipping_amount, tax_amount, total_amount, shipping_address, shipping_method, fingerprint,
        tracking, version, placed_at, updated_at) VALUES
        ('01a205b7-0000-7000-8000-000000000004', 'LK-10001', '01a205b7-0000-7000-8000-000000000002', '',
            '01a205b7-0000-7000-8000-000000000003', 'robin@example.com', 'paid', 'GBP', 1200, 0, 450, 0, 1650,
            '{"name": "Robin", "postal_code": "BS1 4DJ"}', 'standard', '', '', 1, now(), now());
    INSERT INTO idempotency_records (scope, key, fingerprint, response_body, created_at)
        VALUES ('s', 'k', 'f', '{"id": 1}', now());
"""


def kept(database_url: str) -> dict[str, list[tuple[object, ...]]]:
    """What the rows of a store said before there were accounts."""
    with psycopg.connect(database_url) as connection:
        return {
            table: connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()  # noqa: S608
            for table, columns in KEPT.items()
        }


def test_a_store_from_before_accounts_keeps_its_rows_on_the_way_up_and_down(empty_database: str) -> None:
    alembic(empty_database, "downgrade", "base")
    alembic(empty_database, "upgrade", "0003")
    with psycopg.connect(empty_database) as connection:
        connection.execute(A_STORE_AT_0003)
    before = kept(empty_database)
    assert all(before.values())
    for target in ("head", "0003", "head"):
        alembic(empty_database, "downgrade" if target == "0003" else "upgrade", target)
        assert kept(empty_database) == before
    with psycopg.connect(empty_database) as connection:
        named = connection.execute("SELECT count(DISTINCT id) FROM user_sessions").fetchone()
        roles = connection.execute("SELECT name, roles FROM users ORDER BY id").fetchall()
    assert named == (3,)
    assert roles == [("Ada", ["admin"]), ("", [])]
