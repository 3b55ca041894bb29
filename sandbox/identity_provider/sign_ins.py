"""Who is signed in where: the single sign-on sessions of browsers, in SQLite."""

import hashlib
import secrets
import sqlite3
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sandbox.identity_provider.directory import Directory, User

SIGNED_IN_FOR = 12 * 3600
LONGEST_USER_AGENT = 300

SCHEMA = """
CREATE TABLE IF NOT EXISTS sign_ins (
    secret_hash TEXT PRIMARY KEY,
    sid TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id),
    auth_time INTEGER NOT NULL
);
"""
ADD_USER_AGENT = "ALTER TABLE sign_ins ADD COLUMN user_agent TEXT NOT NULL DEFAULT ''"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One browser's single sign-on session; `auth_time` is in seconds since the epoch."""

    sid: str
    user: User
    auth_time: int
    user_agent: str


class SignIns:
    """The live single sign-on sessions."""

    def __init__(self, connection: sqlite3.Connection, directory: Directory) -> None:
        self._connection, self._directory = connection, directory
        connection.executescript(SCHEMA)
        columns = [row["name"] for row in connection.execute("PRAGMA table_info(sign_ins)")]
        if "user_agent" not in columns:
            connection.execute(ADD_USER_AGENT)
        connection.execute("DELETE FROM sign_ins WHERE auth_time < ?", (_oldest(),))

    def begin(self, user: User, user_agent: str) -> tuple[SignIn, str]:
        """Starts a session; returns it with the secret for the cookie."""
        secret = secrets.token_urlsafe(32)
        begun = SignIn(str(uuid.uuid4()), user, int(time.time()), user_agent[:LONGEST_USER_AGENT])
        self._connection.execute(
            "INSERT INTO sign_ins (secret_hash, sid, user_id, auth_time, user_agent) VALUES (?, ?, ?, ?, ?)",
            (_hash(secret), begun.sid, user.id, begun.auth_time, begun.user_agent),
        )
        return begun, secret

    def by_secret(self, secret: str) -> SignIn | None:
        """The live session a cookie belongs to."""
        row = self._connection.execute(
            "SELECT * FROM sign_ins WHERE secret_hash = ? AND auth_time >= ?", (_hash(secret), _oldest())
        ).fetchone()
        user = self._directory.by_id(row["user_id"]) if row else None
        return _sign_in(row, user) if user else None

    def of(self, user: User) -> Sequence[SignIn]:
        """Somebody's live sessions, the newest first."""
        rows = self._connection.execute(
            "SELECT * FROM sign_ins WHERE user_id = ? AND auth_time >= ? ORDER BY auth_time DESC, rowid DESC",
            (user.id, _oldest()),
        )
        return [_sign_in(row, user) for row in rows]

    def end(self, sid: str) -> None:
        self._connection.execute("DELETE FROM sign_ins WHERE sid = ?", (sid,))

    def end_all(self, user_id: str) -> None:
        self._connection.execute("DELETE FROM sign_ins WHERE user_id = ?", (user_id,))


def _sign_in(row: sqlite3.Row, user: User) -> SignIn:
    return SignIn(row["sid"], user, row["auth_time"], row["user_agent"])


def _oldest() -> int:
    return int(time.time()) - SIGNED_IN_FOR


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
