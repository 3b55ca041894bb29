"""The messages that arrived, in SQLite as they came in."""

import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path
from typing import Any

KEPT = 1000

SCHEMA = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at REAL NOT NULL,
    sender TEXT NOT NULL,
    content BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS recipients (
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    address TEXT NOT NULL COLLATE NOCASE
);
CREATE INDEX IF NOT EXISTS recipients_by_address ON recipients (address);
CREATE INDEX IF NOT EXISTS recipients_by_message ON recipients (message_id);
"""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of a message to be saved as a file."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its envelope: `sender` and `recipients` are what SMTP said, whatever the headers say."""

    id: int
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def email(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)

    @property
    def subject(self) -> str:
        return str(self.email.get("subject", "")).strip()

    @property
    def author(self) -> str:
        """The From header's name, or the address."""
        named = getaddresses([str(self.email.get("from", ""))])
        return next((name or address for name, address in named), "") or self.sender

    @property
    def text(self) -> str | None:
        return self._body("plain")

    @property
    def html(self) -> str | None:
        return self._body("html")

    @property
    def attachments(self) -> list[Attachment]:
        return list(_attachments(self.email))

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "received_at": self.received_at.isoformat(),
            "sender": self.sender,
            "from": str(self.email.get("from", "")),
            "to": list(self.recipients),
            "subject": self.subject,
            "text": self.text,
            "html": self.html,
            "headers": {name: str(value) for name, value in self.email.items()},
            "attachments": [
                {"name": item.name, "content_type": item.content_type, "size": len(item.content)}
                for item in self.attachments
            ],
        }

    def _body(self, kind: str) -> str | None:
        part = self.email.get_body((kind,))
        if part is None:
            return None
        try:
            return str(part.get_content()).replace("\r\n", "\n")
        except LookupError:
            payload = part.get_payload(decode=True)
            return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(payload)


class Messages:
    """Keeps the newest thousand messages."""

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(data_dir / "mailbox.sqlite3")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.executescript(SCHEMA)

    def add(self, sender: str, recipients: list[str], content: bytes) -> int:
        """Keeps a message; returns its id."""
        with self._connection:
            cursor = self._connection.execute(
                "INSERT INTO messages (received_at, sender, content) VALUES (?, ?, ?)",
                (time.time(), sender, content),
            )
            message_id = cursor.lastrowid or 0
            self._connection.executemany(
                "INSERT INTO recipients VALUES (?, ?)", [(message_id, address) for address in recipients]
            )
            self._connection.execute("DELETE FROM messages WHERE id <= ?", (message_id - KEPT,))
        return message_id

    def newest(self, to: str = "", limit: int = 100) -> list[Message]:
        """The newest messages first, optionally of one recipient."""
        rows = self._connection.execute(
            "SELECT id, received_at, sender, content FROM messages WHERE :to = ''"
            " OR id IN (SELECT message_id FROM recipients WHERE address = :to) ORDER BY id DESC LIMIT :limit",
            {"to": to.strip(), "limit": limit},
        )
        return [self._message(row) for row in rows.fetchall()]

    def get(self, message_id: int) -> Message | None:
        row = self._connection.execute(
            "SELECT id, received_at, sender, content FROM messages WHERE id = ?", (message_id,)
        ).fetchone()
        return self._message(row) if row else None

    def clear(self) -> int:
        """Deletes everything; returns how many messages there were."""
        with self._connection:
            return self._connection.execute("DELETE FROM messages").rowcount

    def _message(self, row: tuple[int, float, str, bytes]) -> Message:
        message_id, received_at, sender, content = row
        recipients = self._connection.execute(
            "SELECT address FROM recipients WHERE message_id = ? ORDER BY rowid", (message_id,)
        )
        return Message(
            message_id,
            datetime.fromtimestamp(received_at, UTC),
            sender,
            tuple(address for (address,) in recipients),
            content,
        )


def _attachments(email: EmailMessage) -> Iterator[Attachment]:
    for number, part in enumerate(email.iter_attachments(), start=1):
        content = part.get_payload(decode=True)
        name = part.get_filename() or f"attachment-{number}"
        yield Attachment(name, part.get_content_type(), content if isinstance(content, bytes) else b"")
