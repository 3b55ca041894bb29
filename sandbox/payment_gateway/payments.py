"""What happens to a payment intent after it was made. Every step is one transaction."""

import json
import time
from typing import Any

from sandbox.payment_gateway.cards import Outcome, Refusal
from sandbox.payment_gateway.database import Database, new_id
from sandbox.payment_gateway.errors import GatewayError
from sandbox.payment_gateway.events import Events
from sandbox.payment_gateway.intents import PaymentIntent, Status
from sandbox.payment_gateway.ledger import Ledger
from sandbox.payment_gateway.payment_methods import PaymentMethod, PaymentMethods

SLOW_CARD_SECONDS = 2.0
FAILED_AUTHENTICATION = Refusal(
    "payment_intent_authentication_failure",
    "We could not confirm that this card is yours. Try again or use another card.",
)


class Payments:
    """Confirms, captures, cancels; `origin` is where browsers reach the 3-D Secure page."""

    def __init__(
        self, database: Database, ledger: Ledger, methods: PaymentMethods, events: Events, origin: str
    ) -> None:
        self._database, self._ledger = database, ledger
        self._methods, self._events, self._origin = methods, events, origin

    def confirm(self, intent_id: str, payment_method: str | None, return_url: str | None) -> PaymentIntent:
        """Charges the card once; the answer may be a decline (`declined`). Raises GatewayError."""
        with self._database.transaction():
            intent = self._ledger.get(intent_id)
            chosen = payment_method or intent.payment_method
            if chosen is None:
                raise self._unexpected(
                    intent, "You cannot confirm this PaymentIntent because it's missing a payment method."
                )
            method = self._methods.find(chosen)
            self._move(
                intent,
                Status.PROCESSING,
                payment_method=method.id,
                return_url=return_url,
                last_payment_error=None,
                authentication=None,
            )
            self._charge(intent, method)
        return self._ledger.get(intent_id)

    def authenticate(self, authentication: str, *, passed: bool) -> PaymentIntent:
        """The shopper's answer on the 3-D Secure page. Raises GatewayError when it was given before."""
        with self._database.transaction():
            intent = self._ledger.awaiting(authentication)
            self._move(intent, Status.PROCESSING)
            if passed:
                self._settle(intent)
            else:
                self._decline(intent, FAILED_AUTHENTICATION)
        return self._ledger.get(intent.id)

    def capture(self, intent_id: str, amount: int | None) -> PaymentIntent:
        """Takes what is held, or a part of it and lets the rest go. Raises GatewayError."""
        with self._database.transaction():
            intent = self._ledger.get(intent_id)
            if intent.status is not Status.REQUIRES_CAPTURE:
                raise self._unexpected(intent, f"Nothing is held for capture: the status is {intent.status}.")
            taken = intent.amount if amount is None else amount
            if not 0 < taken <= intent.amount:
                raise GatewayError(
                    "The amount to capture must be positive and no more than what is held.",
                    code="amount_too_large" if taken > 0 else "parameter_invalid_integer",
                    param="amount_to_capture",
                )
            self._move(intent, Status.SUCCEEDED, amount_received=taken)
            self._tell("payment_intent.succeeded", intent.id)
        return self._ledger.get(intent_id)

    def cancel(self, intent_id: str, reason: str | None) -> PaymentIntent:
        """Gives the payment up. Raises GatewayError once it is processing or finished."""
        with self._database.transaction():
            intent = self._ledger.get(intent_id)
            self._move(intent, Status.CANCELED, cancellation_reason=reason)
            self._tell("payment_intent.canceled", intent.id)
        return self._ledger.get(intent_id)

    def settle_due(self) -> None:
        """Finishes the slow cards whose time has come."""
        for intent in self._ledger.due():
            with self._database.transaction():
                self._settle(intent)

    def _charge(self, intent: PaymentIntent, method: PaymentMethod) -> None:
        card = method.card
        if card.outcome is Outcome.SUCCEEDS:
            self._settle(intent)
        elif card.outcome is Outcome.ASKS_FOR_AUTHENTICATION:
            self._ledger.move(intent.id, Status.REQUIRES_ACTION, authentication=new_id("3ds"))
        elif card.outcome is Outcome.TAKES_TIME:
            self._ledger.settle_at(intent.id, time.time() + SLOW_CARD_SECONDS)
        elif card.refusal:
            self._decline(intent, card.refusal, method)

    def _settle(self, intent: PaymentIntent) -> None:
        """A processing payment goes through: held when captured by hand, else received."""
        charge = new_id("ch")
        if intent.capture_method == "manual":
            self._ledger.move(intent.id, Status.REQUIRES_CAPTURE, latest_charge=charge, settles_at=None)
            return
        self._ledger.move(
            intent.id,
            Status.SUCCEEDED,
            latest_charge=charge,
            amount_received=intent.amount,
            settles_at=None,
        )
        self._tell("payment_intent.succeeded", intent.id)

    def _decline(self, intent: PaymentIntent, refusal: Refusal, method: PaymentMethod | None = None) -> None:
        error: dict[str, Any] = {
            "type": "card_error",
            "code": refusal.code,
            "message": refusal.message,
            **({"decline_code": refusal.decline_code} if refusal.decline_code else {}),
            **({"payment_method": method.as_json()} if method else {}),
        }
        self._ledger.move(
            intent.id,
            Status.REQUIRES_PAYMENT_METHOD,
            last_payment_error=json.dumps(error),
            payment_method=None,
            authentication=None,
        )
        self._tell("payment_intent.payment_failed", intent.id)

    def _move(self, intent: PaymentIntent, status: Status, **columns: object) -> None:
        """Changes the status if the state machine allows it. Raises GatewayError."""
        if not self._ledger.move(intent.id, status, **columns):
            raise self._unexpected(
                intent,
                f"This PaymentIntent could not be changed because it has a status of {intent.status}.",
            )

    def _tell(self, kind: str, intent_id: str) -> None:
        self._events.record(kind, self._ledger.get(intent_id).as_json(self._origin))

    def _unexpected(self, intent: PaymentIntent, message: str) -> GatewayError:
        return GatewayError(
            message,
            code="payment_intent_unexpected_state",
            payment_intent=intent.as_json(self._origin),
        )
