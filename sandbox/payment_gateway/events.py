"""Events: what happened, recorded in the transaction in which it happened."""

import json
import sqlite3
import time
from typing import Any

from sandbox.payment_gateway.chaos import Chaos, Mode
from sandbox.payment_gateway.database import Database, new_id

PENDING, DELIVERED, GIVEN_UP, NOT_SENT = "pending", "delivered", "given_up", "not_sent"
HELD_BACK_SECONDS = 1.0


class Events:
    """Writes events and keeps track of their delivery; nothing is sent when there is nowhere to send it."""

    def __init__(self, database: Database, chaos: Chaos, *, sending: bool) -> None:
        self._database, self._chaos, self._sending = database, chaos, sending
        self._hold_next = True

    def record(self, kind: str, thing: dict[str, Any]) -> None:
        """Adds an event about an object as it is now."""
        event_id, now = new_id("evt"), time.time()
        event = {
            "id": event_id,
            "object": "event",
            "type": kind,
            "created": int(now),
            "livemode": False,
            "data": {"object": thing},
        }
        sends = self._sending and self._chaos.mode is not Mode.NO_WEBHOOKS
        self._database.execute(
            "INSERT INTO events (id, type, body, created, delivery, due) VALUES (?, ?, ?, ?, ?, ?)",
            (
                event_id,
                kind,
                json.dumps(event, separators=(",", ":")),
                int(now),
                PENDING if sends else NOT_SENT,
                now + self._held_back(),
            ),
        )

    def newest(self, limit: int) -> list[dict[str, Any]]:
        """For a client that missed webhooks."""
        rows = self._database.all("SELECT body FROM events ORDER BY rowid DESC LIMIT ?", (limit,))
        return [json.loads(row["body"]) for row in rows]

    def due(self) -> list[sqlite3.Row]:
        """The events to send now, oldest first."""
        return self._database.all(
            "SELECT * FROM events WHERE delivery = ? AND due <= ? ORDER BY rowid LIMIT 20",
            (PENDING, time.time()),
        )

    def delivered(self, event_id: str) -> None:
        self._database.execute(
            "UPDATE events SET delivery = ?, attempts = attempts + 1 WHERE id = ?", (DELIVERED, event_id)
        )

    def failed(self, event_id: str, retry_after: float | None) -> None:
        """Tries again after so many seconds, or never."""
        self._database.execute(
            "UPDATE events SET delivery = ?, attempts = attempts + 1, due = ? WHERE id = ?",
            (GIVEN_UP if retry_after is None else PENDING, time.time() + (retry_after or 0), event_id),
        )

    def _held_back(self) -> float:
        """In the reordering mode every other event waits until the next one has gone out."""
        if self._chaos.mode is not Mode.REORDER_WEBHOOKS:
            self._hold_next = True
            return 0.0
        held, self._hold_next = self._hold_next, not self._hold_next
        return HELD_BACK_SECONDS if held else 0.0
