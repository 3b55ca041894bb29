"""The payment gateway's webhooks. They only say that something happened: what, the store asks the gateway itself, so
that a duplicated, late, reordered or false event changes nothing."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from uuid import UUID

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from services.errors import BadRequest, NotFound
from services.payment import repository, service
from services.settings import settings
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/webhooks", tags=["webhooks"])
log = structlog.get_logger()

SIGNATURE_HEADER = "gateway-signature"
TOLERANCE_SECONDS = 300


@router.post("/payments")
async def payment_event(request: Request) -> JSONResponse:
    """Take an event. 400 for a bad signature, 200 for a duplicate."""
    body = await request.body()
    _require_signature(request.headers.get(SIGNATURE_HEADER, ""), body)
    event_id, kind, order_id = _read(body)
    if order_id is not None:
        try:
            await service.settle(order_id)
        except NotFound:
            log.warning("webhook_for_unknown_order", event_id=event_id, order_id=str(order_id))
    async with unit_of_work() as uow:
        first = await repository.record_webhook_event(uow.session, event_id, kind)
    log.info("payment_webhook", event_id=event_id, kind=kind, duplicate=not first)
    return JSONResponse({"received": True, "duplicate": not first})


def _require_signature(header: str, body: bytes) -> None:
    """`t=<unix seconds>,v1=<HMAC-SHA256 of "t.body">`, not older than five minutes (Stripe: Verify manually)."""
    parts = [part.partition("=") for part in header.split(",")]
    sent_at = next((value for name, _, value in parts if name.strip() == "t"), "")
    signatures = [value for name, _, value in parts if name.strip() == "v1"]
    secret = settings().payment_webhook_secret.get_secret_value().encode()
    expected = hmac.new(secret, f"{sent_at}.".encode() + body, hashlib.sha256).hexdigest()
    genuine = any(hmac.compare_digest(expected.encode(), signature.encode()) for signature in signatures)
    dated = re.fullmatch(r"[0-9]{1,12}", sent_at) is not None
    recent = dated and abs(time.time() - int(sent_at)) <= TOLERANCE_SECONDS
    if not genuine or not recent:
        log.warning("webhook_refused", genuine=genuine, recent=recent)
        raise BadRequest("The signature of this event is missing, wrong or too old.", code="bad_signature")


def _read(body: bytes) -> tuple[str, str, UUID | None]:
    try:
        event = json.loads(body)
        metadata = event["data"]["object"].get("metadata") or {}
        order_id = UUID(metadata["order_id"]) if "order_id" in metadata else None
        return _word(event["id"], 80), _word(event["type"], 60), order_id
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadRequest("This event can't be read.", code="malformed_event") from error


def _word(value: object, limit: int) -> str:
    """Raises ValueError for what can't be kept."""
    word = str(value)[:limit]
    if not re.fullmatch(r"[!-~]+", word):
        raise ValueError("not a word")
    return word
