"""The payment gateway over HTTP, in the shape of Stripe's API: payment intents, confirmed with a payment method.

Source: Stripe API reference, Payment Intents and Idempotent requests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import httpx
import structlog

from models.money import Money
from models.payment import PaymentStatus, RefundStatus
from services import metrics
from services.bootstrap import resources
from services.errors import Unavailable

log = structlog.get_logger()

_STATUSES = {
    "requires_payment_method": PaymentStatus.REQUIRES_PAYMENT_METHOD,
    "requires_confirmation": PaymentStatus.REQUIRES_PAYMENT_METHOD,
    "requires_action": PaymentStatus.REQUIRES_ACTION,
    "processing": PaymentStatus.PROCESSING,
    "succeeded": PaymentStatus.SUCCEEDED,
    "canceled": PaymentStatus.CANCELED,
}
_WITH_CARD = {"expand[]": "payment_method"}
"""Asks for the brand and last digits of the card along with an intent (Stripe: Expanding responses)."""
_REFUND_FAILURES = ("failed", "canceled")
_REFUNDED_ALREADY = "charge_already_refunded"
_IN_HUNDREDTHS = frozenset({"ISK"})
"""Has no smaller coin, but the gateway's amounts of it are hundredths (Stripe: Supported currencies, special cases)."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A payment intent as the gateway tells it. `decline_code` and `decline_message` are those of the last try."""

    id: str
    status: PaymentStatus
    amount: Money
    order_id: str
    card_brand: str = ""
    card_last4: str = ""
    decline_code: str = ""
    decline_message: str = ""
    action_url: str = ""


async def create_intent(order_id: str, amount: Money) -> Intent:
    """The intent of an order; asking again returns the same one. Raises Unavailable."""
    fields = {
        "amount": _asked(amount),
        "currency": amount.currency.lower(),
        "metadata[order_id]": order_id,
    }
    answer = await _post("/v1/payment_intents", fields, idempotency_key=f"order-{order_id}")
    return _intent(_accepted(answer))


async def retrieve_intent(intent_id: str) -> Intent:
    """Raises Unavailable."""
    path = f"/v1/payment_intents/{intent_id}"
    return _intent(_accepted(await _send("GET", path, params={"expand[]": "payment_method"})))


async def confirm_intent(intent_id: str, payment_method: str, return_url: str) -> Intent:
    """Try to charge. A refused card is an Intent with a `decline_code`, not an error. Raises Unavailable.

    The answer is read from the intent itself, with its card.
    """
    fields = {"payment_method": payment_method, "return_url": return_url, **_WITH_CARD}
    answer = await _post(f"/v1/payment_intents/{intent_id}/confirm", fields)
    return await retrieve_intent(intent_id) if answer.is_success else await _after_refusal(intent_id, answer)


async def cancel_intent(intent_id: str) -> Intent:
    """Make sure an intent is never charged; it may turn out to have succeeded already. Raises Unavailable."""
    answer = await _post(f"/v1/payment_intents/{intent_id}/cancel", {})
    return _intent(_json(answer)) if answer.is_success else await retrieve_intent(intent_id)


async def refund(intent_id: str, amount: Money, *, idempotency_key: str) -> RefundStatus:
    """Give back a part of an intent's amount, or all of it, once per key. Raises Unavailable.

    FAILED when the gateway will not, whenever it is asked: somebody has to look at it there. What was given back there
    by hand already counts as done.
    """
    fields = {"payment_intent": intent_id, "amount": _asked(amount)}
    answer = await _post("/v1/refunds", fields, idempotency_key=idempotency_key)
    error = _error(answer) if answer.status_code == httpx.codes.BAD_REQUEST else {}
    if error:
        code = error.get("code")
        log.error("gateway_refused_refund", intent_id=intent_id, amount=str(amount), code=code)
        return RefundStatus.SUCCEEDED if code == _REFUNDED_ALREADY else RefundStatus.FAILED
    told = _accepted(answer)
    if told.get("status") in _REFUND_FAILURES or str(told.get("amount")) != fields["amount"]:
        log.error("gateway_refund_mismatch", intent_id=intent_id, amount=str(amount), told=told.get("amount"))
        return RefundStatus.FAILED
    return RefundStatus.SUCCEEDED


async def _after_refusal(intent_id: str, answer: httpx.Response) -> Intent:
    error = _error(answer)
    if answer.status_code == httpx.codes.PAYMENT_REQUIRED or error.get("type") == "card_error":
        intent = await retrieve_intent(intent_id)
        return intent if intent.decline_code else _declined(intent, error)
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise _unreachable()
    intent = await retrieve_intent(intent_id)
    if intent.status is not PaymentStatus.REQUIRES_PAYMENT_METHOD:
        return intent
    log.warning("gateway_refused_confirmation", intent_id=intent_id, code=error.get("code"))
    return _declined(intent, error)


def _declined(intent: Intent, error: dict[str, Any]) -> Intent:
    return Intent(
        id=intent.id,
        status=intent.status,
        amount=intent.amount,
        order_id=intent.order_id,
        decline_code=_word(error.get("decline_code") or error.get("code"), 60) or "declined",
        decline_message=str(error.get("message", "")),
    )


async def _post(path: str, fields: dict[str, str], *, idempotency_key: str = "") -> httpx.Response:
    headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
    return await _send("POST", path, data=fields, headers=headers)


async def _send(method: str, path: str, **arguments: Any) -> httpx.Response:
    opened = resources()
    secret = opened.settings.payment_gateway_secret_key.get_secret_value()
    headers = {"Authorization": f"Bearer {secret}", **arguments.pop("headers", {})}
    try:
        return await opened.http.request(
            method, opened.settings.payment_gateway_url.rstrip("/") + path, headers=headers, **arguments
        )
    except httpx.HTTPError as error:
        log.warning("gateway_unreachable", path=path, error=repr(error))
        metrics.PAYMENTS.labels("unreachable").inc()
        raise _unreachable() from error


def _accepted(answer: httpx.Response) -> dict[str, Any]:
    if answer.is_success:
        return _json(answer)
    log.error("gateway_error", status=answer.status_code, body=answer.text[:500])
    metrics.PAYMENTS.labels("gateway_error").inc()
    raise _unreachable()


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        body = answer.json()
    except ValueError as error:
        raise _unreachable() from error
    if not isinstance(body, dict):
        raise _unreachable()
    return body


def _error(answer: httpx.Response) -> dict[str, Any]:
    """What the gateway says went wrong; empty where it is not the gateway's own word."""
    error = _json(answer).get("error")
    return error if isinstance(error, dict) else {}


def _intent(body: dict[str, Any]) -> Intent:
    """Read an intent. An answer without the fields an intent must have counts as no answer."""
    try:
        status = _STATUSES[body["status"]]
        amount = _told(int(body["amount"]), str(body["currency"]).upper())
        failure = body.get("last_payment_error") or {}
        method = body.get("payment_method")
        card = method.get("card") or {} if isinstance(method, dict) else {}
        action = (body.get("next_action") or {}).get("redirect_to_url") or {}
        return Intent(
            id=_identifier(body["id"]),
            status=status,
            amount=amount,
            order_id=str((body.get("metadata") or {}).get("order_id", "")),
            card_brand=_word(card.get("brand"), 20),
            card_last4=_word(card.get("last4"), 4),
            decline_code=_word(failure.get("decline_code") or failure.get("code"), 60),
            decline_message=str(failure.get("message", "")),
            action_url=_address(action["url"]) if action else "",
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        log.error("gateway_answer_unreadable", error=repr(error))
        raise _unreachable() from error


def _asked(amount: Money) -> str:
    """An amount as the gateway takes it."""
    return str(amount.amount * (100 if amount.currency in _IN_HUNDREDTHS else 1))


def _told(amount: int, currency: str) -> Money:
    """An amount of the gateway's. Raises ValueError for a part of a coin."""
    whole, part = divmod(amount, 100 if currency in _IN_HUNDREDTHS else 1)
    if part:
        raise ValueError("not an amount of this currency")
    return Money(whole, currency)


def _identifier(value: Any) -> str:
    """Raises ValueError for what can't be kept as the id of an intent: then nothing is charged by it."""
    if not re.fullmatch(r"\w{1,64}", str(value), re.ASCII):
        raise ValueError("not an id of an intent")
    return str(value)


def _word(value: Any, limit: int) -> str:
    """The gateway's own words may grow; what is kept of them has room for `limit` characters."""
    return re.sub(r"[^ -~]", "", str(value or ""))[:limit]


def _address(value: Any) -> str:
    """Raises ValueError for what no browser can be sent to."""
    if not re.fullmatch(r"https?://[!-~]{1,4000}", str(value)):
        raise ValueError("not an address")
    return str(value)


def _unreachable() -> Unavailable:
    return Unavailable(
        "We couldn't reach the payment service. Your order is kept and nothing is charged twice: "
        "try again in a moment.",
        code="payment_unavailable",
    )
