"""Payment methods: a test card that was typed in, reduced to what may be shown."""

import json
import re
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sandbox.payment_gateway.cards import BY_NUMBER, BY_TOKEN, TestCard, passes_luhn
from sandbox.payment_gateway.database import Database, new_id
from sandbox.payment_gateway.errors import GatewayError, card_error, missing, no_such
from sandbox.payment_gateway.parameters import Parameters


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """A test card with an expiry date."""

    id: str
    card: TestCard
    exp_month: int
    exp_year: int
    billing_details: dict[str, Any]
    created: int

    def as_json(self) -> dict[str, Any]:
        """Stripe's PaymentMethod object."""
        return {
            "id": self.id,
            "object": "payment_method",
            "type": "card",
            "card": {
                "brand": self.card.brand,
                "last4": self.card.last4,
                "exp_month": self.exp_month,
                "exp_year": self.exp_year,
                "funding": "credit",
            },
            "billing_details": self.billing_details,
            "created": self.created,
            "livemode": False,
        }


class PaymentMethods:
    """Creates and finds payment methods."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, parameters: Parameters) -> PaymentMethod:
        """Checks the card and keeps it. Raises GatewayError (402 for what is wrong with the card)."""
        if parameters.get("type", "card") != "card":
            raise GatewayError("Invalid type: only card is supported.", param="type")
        given = parameters.get("card")
        if not isinstance(given, dict):
            raise missing("card")
        billing = parameters.get("billing_details") or {}
        card = _card(re.sub(r"[\s-]", "", str(given.get("number", ""))))
        month, year = _expiry(str(given.get("exp_month", "")), str(given.get("exp_year", "")))
        _check_cvc(str(given.get("cvc", "")), card)
        return self._keep(new_id("pm"), card, month, year, billing if isinstance(billing, dict) else {})

    def find(self, method_id: str) -> PaymentMethod:
        """A kept payment method or a ready-made one such as pm_card_visa. Raises GatewayError."""
        if row := self._database.one("SELECT * FROM payment_methods WHERE id = ?", (method_id,)):
            return _payment_method(row)
        card = BY_TOKEN.get(method_id)
        if card is None:
            raise no_such("PaymentMethod", method_id, "payment_method")
        return self._keep(new_id("pm"), card, 12, datetime.now(UTC).year + 3, {})

    def _keep(
        self, method_id: str, card: TestCard, month: int, year: int, billing: dict[str, Any]
    ) -> PaymentMethod:
        method = PaymentMethod(method_id, card, month, year, billing, int(time.time()))
        self._database.execute(
            "INSERT INTO payment_methods VALUES (?, ?, ?, ?, ?, ?)",
            (method.id, card.number, month, year, json.dumps(billing), method.created),
        )
        return method


def _payment_method(row: sqlite3.Row) -> PaymentMethod:
    return PaymentMethod(
        row["id"],
        BY_NUMBER[row["number"]],
        row["exp_month"],
        row["exp_year"],
        json.loads(row["billing_details"]),
        row["created"],
    )


def _card(number: str) -> TestCard:
    if not number:
        raise card_error("Enter your card number.", "incomplete_number", param="number")
    if not re.fullmatch(r"[0-9]{12,19}", number) or not passes_luhn(number):
        raise card_error("Your card number is incorrect.", "incorrect_number", param="number")
    card = BY_NUMBER.get(number)
    if card is None:
        raise card_error(
            "This is a test shop and takes test cards only, such as 4242 4242 4242 4242.",
            "card_declined",
            param="number",
            decline_code="test_mode_live_card",
        )
    return card


def _expiry(month: str, year: str) -> tuple[int, int]:
    if not re.fullmatch(r"0?[1-9]|1[0-2]", month):
        raise card_error(
            "Your card's expiration month is invalid.", "invalid_expiry_month", param="exp_month"
        )
    now = datetime.now(UTC)
    full_year = int(year) + (2000 if len(year) == 2 else 0) if re.fullmatch(r"(20)?[0-9]{2}", year) else 0
    if (full_year, int(month)) < (now.year, now.month) or full_year > now.year + 50:
        raise card_error("Your card's expiration year is invalid.", "invalid_expiry_year", param="exp_year")
    return int(month), full_year


def _check_cvc(cvc: str, card: TestCard) -> None:
    digits = 4 if card.brand == "amex" else 3
    if not re.fullmatch(rf"[0-9]{{{digits}}}", cvc):
        raise card_error("Your card's security code is invalid.", "invalid_cvc", param="cvc")
