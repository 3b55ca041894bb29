"""Who has an account, in SQLite."""

import json
import sqlite3
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sandbox.identity_provider.accounts import Account, subject_of
from sandbox.identity_provider.passwords import hash_password, password_matches

SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE COLLATE NOCASE,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    password_hash TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    roles TEXT NOT NULL,
    updated_at INTEGER NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class User:
    """A person as the tokens describe them; `id` is the subject."""

    id: str
    username: str
    email: str
    given_name: str
    family_name: str
    roles: tuple[str, ...]
    updated_at: int

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def get_user_id(self) -> str:
        """The subject, under the name Authlib asks for."""
        return self.id


class AddressTaken(Exception):
    """Another account has this email address."""


def open_database(data_dir: Path) -> sqlite3.Connection:
    """The provider's database file, made when missing; threads that hash passwords may use it too."""
    data_dir.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(data_dir / "identity.sqlite3", isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


class Directory:
    """The accounts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.executescript(SCHEMA)

    def add_missing(self, accounts: Iterable[Account]) -> None:
        """Adds the demo accounts that are not there yet; their subjects stay the same after a reset."""
        for account in accounts:
            if self.by_username(account.username) is None:
                self._insert(subject_of(account.username), account)

    def register(self, given_name: str, family_name: str, email: str, password: str) -> User:
        """Adds a customer whose username is the email address. Raises AddressTaken."""
        account = Account(email, password, given_name, family_name, email)
        try:
            return self._insert(str(uuid.uuid4()), account)
        except sqlite3.IntegrityError as error:
            raise AddressTaken(email) from error

    def authenticate(self, login: str, password: str) -> User | None:
        """The user with this email address or username, if the password is right."""
        row = self._connection.execute(
            "SELECT * FROM users WHERE username = :login OR email = :login", {"login": login.strip()}
        ).fetchone()
        if row is None:
            hash_password(password)
            return None
        return _user(row) if password_matches(password, row["password_hash"]) else None

    def by_username(self, username: str) -> User | None:
        return self._one("SELECT * FROM users WHERE username = ?", username)

    def by_id(self, user_id: str) -> User | None:
        return self._one("SELECT * FROM users WHERE id = ?", user_id)

    def _insert(self, subject: str, account: Account) -> User:
        row = self._connection.execute(
            "INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
            (
                subject,
                account.username,
                account.email,
                hash_password(account.password),
                account.given_name,
                account.family_name,
                json.dumps(account.roles),
                _now(),
            ),
        ).fetchone()
        return _user(row)

    def _one(self, query: str, value: str) -> User | None:
        row = self._connection.execute(query, (value,)).fetchone()
        return _user(row) if row else None


def _user(row: sqlite3.Row) -> User:
    return User(
        row["id"],
        row["username"],
        row["email"],
        row["given_name"],
        row["family_name"],
        tuple(json.loads(row["roles"])),
        row["updated_at"],
    )


def _now() -> int:
    return int(time.time())
