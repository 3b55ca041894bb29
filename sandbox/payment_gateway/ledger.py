"""The table of payment intents. A status changes only by comparing and setting it."""

import json
import time

from sandbox.payment_gateway.database import Database, new_id
from sandbox.payment_gateway.errors import no_such
from sandbox.payment_gateway.intents import PaymentIntent, Status, payment_intent, states_before


class Ledger:
    """Adds, finds and changes intents."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        amount: int,
        currency: str,
        *,
        metadata: dict[str, str],
        capture_method: str,
        payment_method: str | None,
        description: str | None,
        receipt_email: str | None,
    ) -> PaymentIntent:
        """A new intent; it waits for a payment method, or with one for confirmation."""
        status = Status.REQUIRES_CONFIRMATION if payment_method else Status.REQUIRES_PAYMENT_METHOD
        intent_id = new_id("pi")
        self._database.execute(
            "INSERT INTO payment_intents (id, amount, currency, status, capture_method, payment_method,"
            " metadata, description, receipt_email, client_secret, created)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                intent_id,
                amount,
                currency,
                status,
                capture_method,
                payment_method,
                json.dumps(metadata),
                description,
                receipt_email,
                new_id(f"{intent_id}_secret"),
                int(time.time()),
            ),
        )
        return self.get(intent_id)

    def get(self, intent_id: str) -> PaymentIntent:
        """Raises GatewayError when there is none."""
        row = self._database.one("SELECT * FROM payment_intents WHERE id = ?", (intent_id,))
        if row is None:
            raise no_such("payment_intent", intent_id, "intent")
        return payment_intent(row)

    def newest(self, metadata: dict[str, str], limit: int) -> list[PaymentIntent]:
        """The newest intents that carry all these metadata pairs."""
        carries = "EXISTS (SELECT 1 FROM json_each(metadata) WHERE key = ? AND value = ?)"
        where = " AND ".join([carries] * len(metadata)) or "true"
        values = [part for pair in metadata.items() for part in pair]
        rows = self._database.all(
            f"SELECT * FROM payment_intents WHERE {where} ORDER BY created DESC, rowid DESC LIMIT ?",  # noqa: S608
            (*values, limit),
        )
        return [payment_intent(row) for row in rows]

    def awaiting(self, authentication: str) -> PaymentIntent:
        """The intent that waits for this 3-D Secure page. Raises GatewayError."""
        row = self._database.one(
            "SELECT * FROM payment_intents WHERE authentication = ? AND status = ?",
            (authentication, Status.REQUIRES_ACTION),
        )
        if row is None:
            raise no_such("authentication", authentication)
        return payment_intent(row)

    def due(self) -> list[PaymentIntent]:
        """The processing payments whose time has come."""
        rows = self._database.all(
            "SELECT * FROM payment_intents WHERE status = ? AND settles_at <= ?",
            (Status.PROCESSING, time.time()),
        )
        return [payment_intent(row) for row in rows]

    def move(self, intent_id: str, status: Status, **columns: object) -> bool:
        """Compares and sets: false when the state machine does not allow it from where the intent is."""
        allowed = states_before(status)
        changes = ", ".join(f"{name} = ?" for name in ("status", *columns))
        marks = ", ".join("?" * len(allowed))
        changed = self._database.execute(
            f"UPDATE payment_intents SET {changes} WHERE id = ? AND status IN ({marks})",  # noqa: S608
            (status, *columns.values(), intent_id, *allowed),
        )
        return changed == 1

    def settle_at(self, intent_id: str, moment: float) -> None:
        """Lets a processing payment wait until then (seconds since the epoch)."""
        self._database.execute("UPDATE payment_intents SET settles_at = ? WHERE id = ?", (moment, intent_id))
