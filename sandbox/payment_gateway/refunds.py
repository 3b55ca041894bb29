"""Refunds: never more than was received, however many are asked for at once."""

import json
import time
from typing import Any

from sandbox.payment_gateway.database import Database, new_id
from sandbox.payment_gateway.errors import GatewayError, no_such
from sandbox.payment_gateway.events import Events
from sandbox.payment_gateway.intents import PaymentIntent
from sandbox.payment_gateway.ledger import Ledger
from sandbox.payment_gateway.money import check_multiple, written

REASONS = ("duplicate", "fraudulent", "requested_by_customer")


class Refunds:
    """Gives money back."""

    def __init__(self, database: Database, ledger: Ledger, events: Events) -> None:
        self._database, self._ledger, self._events = database, ledger, events

    def create(
        self, intent_id: str, amount: int | None, reason: str | None, metadata: dict[str, str]
    ) -> dict[str, Any]:
        """Refunds an amount in minor units, or all that is left. Raises GatewayError."""
        refund_id = new_id("re")
        with self._database.transaction():
            intent = self._ledger.get(intent_id)
            self._check(intent, amount)
            given = amount or intent.refundable
            self._database.execute(
                "UPDATE payment_intents SET amount_refunded = amount_refunded + ? WHERE id = ?",
                (given, intent_id),
            )
            self._database.execute(
                "INSERT INTO refunds VALUES (?, ?, ?, ?, ?, ?)",
                (refund_id, intent_id, given, reason, json.dumps(metadata), int(time.time())),
            )
            refund = self.get(refund_id)
            charge = self._ledger.get(intent_id).charge_json()
            self._events.record("charge.refunded", {**charge, "refunds": {"data": [refund]}})
        return refund

    def get(self, refund_id: str) -> dict[str, Any]:
        """Stripe's Refund object. Raises GatewayError."""
        row = self._database.one(
            "SELECT refunds.*, currency, latest_charge FROM refunds"
            " JOIN payment_intents ON payment_intents.id = payment_intent WHERE refunds.id = ?",
            (refund_id,),
        )
        if row is None:
            raise no_such("refund", refund_id)
        return {
            "id": row["id"],
            "object": "refund",
            "amount": row["amount"],
            "currency": row["currency"],
            "charge": row["latest_charge"],
            "payment_intent": row["payment_intent"],
            "reason": row["reason"],
            "metadata": json.loads(row["metadata"]),
            "status": "succeeded",
            "created": row["created"],
        }

    def of_intent(self, intent_id: str) -> list[dict[str, Any]]:
        """An intent's refunds, newest first."""
        rows = self._database.all(
            "SELECT id FROM refunds WHERE payment_intent = ? ORDER BY created DESC, rowid DESC", (intent_id,)
        )
        return [self.get(row["id"]) for row in rows]

    def _check(self, intent: PaymentIntent, amount: int | None) -> None:
        if intent.amount_received == 0:
            raise GatewayError(
                f"This PaymentIntent ({intent.id}) does not have a successful charge to refund.",
                param="payment_intent",
            )
        if intent.refundable == 0:
            raise GatewayError(
                f"Charge {intent.latest_charge} has already been refunded.", code="charge_already_refunded"
            )
        if amount is not None and amount < 1:
            raise GatewayError("Invalid positive integer", code="parameter_invalid_integer", param="amount")
        if amount is not None:
            check_multiple(amount, intent.currency)
        if amount is not None and amount > intent.refundable:
            raise GatewayError(
                f"Refund amount ({written(amount, intent.currency)}) is greater than unrefunded amount"
                f" on charge ({written(intent.refundable, intent.currency)})",
                param="amount",
            )
