"""What lies behind the store: what the gateway was asked to charge, what stands in the warehouse."""

from __future__ import annotations

import time
from typing import Any

import httpx
import psycopg
from playwright.sync_api import APIRequestContext, BrowserContext

from services.identity.cookies import hash_token


class Gateway:
    """Reads the payment gateway with the store's secret key."""

    def __init__(self, url: str, secret_key: str) -> None:
        self._client = httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {secret_key}"}, timeout=20
        )

    def intents_of(self, order_id: str) -> list[dict[str, Any]]:
        """The payment intents that were made for an order, newest first."""
        answer = self._client.get(
            "/v1/payment_intents", params={"metadata[order_id]": order_id, "limit": 100}
        )
        found: list[dict[str, Any]] = answer.raise_for_status().json()["data"]
        return found

    def charges_of(self, order_id: str) -> int:
        """How often an order was paid."""
        return sum(intent["status"] == "succeeded" for intent in self.intents_of(order_id))

    def refunded_to(self, order_id: str, *, within: float) -> int:
        """Minor units given back, once there are any; 0 when there are none `within` so many seconds."""
        deadline = time.monotonic() + within
        while True:
            refunded = sum(int(intent["amount_refunded"]) for intent in self.intents_of(order_id))
            if refunded or time.monotonic() > deadline:
                return refunded
            time.sleep(0.2)


class Holds:
    """What the checkouts of the store hold, in its database: there a test can let time pass."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url

    def end_in(self, browser: BrowserContext, seconds: float) -> None:
        """Of what a guest's browser holds, nothing more is left than so many seconds; negative: it is over."""
        token = next(each["value"] for each in browser.cookies() if each["name"].endswith("larkspur_visitor"))
        with psycopg.connect(self._database_url) as connection:
            changed = connection.execute(
                """
                UPDATE stock_holds
                SET expires_at = now() + make_interval(secs => %s), held_at = held_at - interval '10 minutes'
                FROM carts WHERE carts.id = holder_id AND carts.visitor = %s AND carts.status = 'open'
                """,
                (seconds, hash_token(token)),
            )
            assert changed.rowcount


class Warehouse:
    """Counts stock over the REST API, as a member of staff who may. Tests at the same time share the store: what one of
    them has counted is left alone by the others until `turn`, a connection of its own, is closed."""

    def __init__(self, request: APIRequestContext, turn: psycopg.Connection[Any]) -> None:
        self._request, self._turn = request, turn

    def set_on_hand(self, sku: str, count: int) -> None:
        self._turn.execute("SELECT pg_advisory_lock(hashtext(%s))", (sku,))
        answer = self._request.put(f"/api/v1/stock/{sku}", data={"on_hand": count})
        assert answer.ok, answer.text()
