"""Delivers events to the store, signed, until it answers 2xx or patience runs out."""

import asyncio
import hashlib
import hmac
import logging
import time

import httpx

from sandbox.payment_gateway.chaos import Chaos, Mode
from sandbox.payment_gateway.events import Events

RETRY_AFTER = (0.5, 1, 2, 4, 8, 15, 30, 60, 120)
ANSWER_WITHIN = 10.0
POLL_SECONDS = 0.05

log = logging.getLogger(__name__)


def signature(secret: str, body: bytes, timestamp: int) -> str:
    """The Gateway-Signature header, in the scheme of https://docs.stripe.com/webhooks#verify-manually."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


class Webhooks:
    """Sends what is due; each event on its own, so order is not promised."""

    def __init__(self, events: Events, chaos: Chaos, url: str, secret: str) -> None:
        self._events, self._chaos, self._url, self._secret = events, chaos, url, secret
        self._underway: dict[str, asyncio.Task[None]] = {}

    async def deliver_forever(self) -> None:
        """Runs until cancelled; what is still pending then goes out after the next start."""
        async with httpx.AsyncClient(timeout=ANSWER_WITHIN, trust_env=False) as client:
            while True:
                for event in self._events.due():
                    if event["id"] not in self._underway:
                        delivery = self._deliver(client, event["id"], event["body"], event["attempts"])
                        self._underway[event["id"]] = asyncio.create_task(delivery)
                await asyncio.sleep(POLL_SECONDS)

    async def _deliver(self, client: httpx.AsyncClient, event_id: str, body: str, attempts: int) -> None:
        try:
            accepted = await self._post(client, body.encode())
            if accepted and self._chaos.mode is Mode.DUPLICATE_WEBHOOKS:
                await self._post(client, body.encode())
            if accepted:
                self._events.delivered(event_id)
            else:
                self._events.failed(event_id, RETRY_AFTER[attempts] if attempts < len(RETRY_AFTER) else None)
        finally:
            del self._underway[event_id]

    async def _post(self, client: httpx.AsyncClient, body: bytes) -> bool:
        headers = {
            "Content-Type": "application/json",
            "Gateway-Signature": signature(self._secret, body, int(time.time())),
            "User-Agent": "Larkspur-Sandbox-Gateway/1",
        }
        try:
            answer = await client.post(self._url, content=body, headers=headers)
        except httpx.HTTPError as error:
            log.info("webhook not delivered: %r", error)
            return False
        return answer.is_success
