"""The gateway's SQLite file. One transaction holds a change and the events that tell of it."""

import secrets
import sqlite3
import string
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ALPHABET = string.ascii_letters + string.digits

SCHEMA = """
CREATE TABLE IF NOT EXISTS payment_methods (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    exp_month INTEGER NOT NULL,
    exp_year INTEGER NOT NULL,
    billing_details TEXT NOT NULL,
    created INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS payment_intents (
    id TEXT PRIMARY KEY,
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    status TEXT NOT NULL,
    capture_method TEXT NOT NULL,
    payment_method TEXT REFERENCES payment_methods (id),
    amount_received INTEGER NOT NULL DEFAULT 0,
    amount_refunded INTEGER NOT NULL DEFAULT 0,
    metadata TEXT NOT NULL,
    description TEXT,
    receipt_email TEXT,
    last_payment_error TEXT,
    authentication TEXT UNIQUE,
    return_url TEXT,
    settles_at REAL,
    latest_charge TEXT,
    cancellation_reason TEXT,
    client_secret TEXT NOT NULL,
    created INTEGER NOT NULL,
    CHECK (amount_refunded <= amount_received AND amount_received <= amount)
);
CREATE TABLE IF NOT EXISTS refunds (
    id TEXT PRIMARY KEY,
    payment_intent TEXT NOT NULL REFERENCES payment_intents (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    reason TEXT,
    metadata TEXT NOT NULL,
    created INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS refunds_by_intent ON refunds (payment_intent);
CREATE TABLE IF NOT EXISTS idempotency (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    created INTEGER NOT NULL,
    delivery TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS events_by_delivery ON events (delivery, due);
"""


class Database:
    """The connection, used from the event loop's thread only."""

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(data_dir / "payments.sqlite3", isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.executescript(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; takes the write lock at once, so that what is read stays true.

        Inside another transaction it becomes part of that one.
        """
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def execute(self, statement: str, values: dict[str, object] | tuple[object, ...] = ()) -> int:
        """Runs a statement; returns how many rows it changed."""
        return self._connection.execute(statement, values).rowcount

    def one(self, query: str, values: tuple[object, ...] = ()) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._connection.execute(query, values).fetchone()
        return row

    def all(self, query: str, values: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        return self._connection.execute(query, values).fetchall()


def new_id(prefix: str) -> str:
    """An unguessable id in Stripe's style, such as pi_3Jk…"""
    return f"{prefix}_{''.join(secrets.choice(ALPHABET) for _ in range(24))}"
