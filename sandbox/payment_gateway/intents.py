"""The payment intent: its states and its JSON after Stripe's lifecycle."""

import json
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """Where a payment stands."""

    REQUIRES_PAYMENT_METHOD = "requires_payment_method"
    REQUIRES_CONFIRMATION = "requires_confirmation"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    REQUIRES_CAPTURE = "requires_capture"
    SUCCEEDED = "succeeded"
    CANCELED = "canceled"


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.REQUIRES_PAYMENT_METHOD: frozenset({Status.PROCESSING, Status.CANCELED}),
    Status.REQUIRES_CONFIRMATION: frozenset({Status.PROCESSING, Status.CANCELED}),
    Status.REQUIRES_ACTION: frozenset({Status.PROCESSING, Status.CANCELED}),
    Status.PROCESSING: frozenset(
        {
            Status.SUCCEEDED,
            Status.REQUIRES_CAPTURE,
            Status.REQUIRES_ACTION,
            Status.REQUIRES_PAYMENT_METHOD,
        }
    ),
    Status.REQUIRES_CAPTURE: frozenset({Status.SUCCEEDED, Status.CANCELED}),
    Status.SUCCEEDED: frozenset(),
    Status.CANCELED: frozenset(),
}


def states_before(status: Status) -> tuple[Status, ...]:
    """The states a payment may come from."""
    return tuple(before for before, after in TRANSITIONS.items() if status in after)


@dataclass(frozen=True, slots=True)
class PaymentIntent:
    """One payment; amounts in the currency's minor unit, times in seconds since the epoch."""

    id: str
    amount: int
    currency: str
    status: Status
    capture_method: str
    payment_method: str | None
    amount_received: int
    amount_refunded: int
    metadata: dict[str, str]
    description: str | None
    receipt_email: str | None
    last_payment_error: dict[str, Any] | None
    authentication: str | None
    return_url: str | None
    settles_at: float | None
    latest_charge: str | None
    cancellation_reason: str | None
    client_secret: str
    created: int

    @property
    def refundable(self) -> int:
        return self.amount_received - self.amount_refunded

    @property
    def declined(self) -> bool:
        """Whether the last attempt failed."""
        return self.status is Status.REQUIRES_PAYMENT_METHOD and self.last_payment_error is not None

    def as_json(self, origin: str) -> dict[str, Any]:
        """Stripe's PaymentIntent object, with `amount_refunded` added."""
        waits = self.status is Status.REQUIRES_ACTION
        held = self.amount if self.status is Status.REQUIRES_CAPTURE else 0
        return {
            "id": self.id,
            "object": "payment_intent",
            "amount": self.amount,
            "amount_capturable": held,
            "amount_received": self.amount_received,
            "amount_refunded": self.amount_refunded,
            "currency": self.currency,
            "status": self.status.value,
            "capture_method": self.capture_method,
            "payment_method": self.payment_method,
            "payment_method_types": ["card"],
            "metadata": self.metadata,
            "description": self.description,
            "receipt_email": self.receipt_email,
            "last_payment_error": self.last_payment_error,
            "next_action": self._next_action(origin) if waits else None,
            "latest_charge": self.latest_charge,
            "cancellation_reason": self.cancellation_reason,
            "client_secret": self.client_secret,
            "created": self.created,
            "livemode": False,
        }

    def charge_json(self) -> dict[str, Any]:
        """Stripe's Charge object of a payment that was received."""
        return {
            "id": self.latest_charge,
            "object": "charge",
            "payment_intent": self.id,
            "amount": self.amount,
            "amount_captured": self.amount_received,
            "amount_refunded": self.amount_refunded,
            "refunded": self.refundable == 0,
            "currency": self.currency,
            "metadata": self.metadata,
            "status": "succeeded",
            "livemode": False,
        }

    def _next_action(self, origin: str) -> dict[str, Any]:
        url = f"{origin}/3ds/{self.authentication}"
        return {
            "type": "redirect_to_url",
            "redirect_to_url": {"url": url, "return_url": self.return_url},
        }


def payment_intent(row: sqlite3.Row) -> PaymentIntent:
    """A row of the table."""
    fields = dict(row)
    error = fields["last_payment_error"]
    fields |= {
        "status": Status(fields["status"]),
        "metadata": json.loads(fields["metadata"]),
        "last_payment_error": json.loads(error) if error else None,
    }
    return PaymentIntent(**fields)
