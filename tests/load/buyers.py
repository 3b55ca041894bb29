"""Buyers at the REST API: each makes a cart, fills it, and places an order with a good card."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from models.idempotency import IdempotencyRecord
from models.ids import new_id
from services.idempotency import ABANDONED_AFTER
from services.unit_of_work import unit_of_work
from tests.load.http import Answer, Connection
from tests.shop_samples import ADDRESS, GOOD_CARD

RETRY_SECONDS = 0.1
CARTS, ORDERS = "/api/v1/carts", "/api/v1/orders"


@dataclass
class Buyer:
    """Sends one request after the other, each to the next of `ports`; `before_ordering` is what it waits for once its
    cart is full. When a server dies, it sends the same again, with the same key, until there is an answer.
    """

    ports: Sequence[int]
    skus: Sequence[str]
    before_ordering: Callable[[], Awaitable[object]]
    lost_answers: int = 0
    _connections: dict[int, Connection] = field(default_factory=dict)
    _sent: int = 0

    async def buy(self) -> Answer:
        """The answer to the order, or the refusal of the cart."""
        try:
            filled = await self._post(CARTS, {"items": [{"sku": sku, "quantity": 1} for sku in self.skus]})
            await self.before_ordering()
            return await self._post(ORDERS, order_of(filled.json()["id"])) if filled.status == 201 else filled
        finally:
            for connection in self._connections.values():
                await connection.close()

    async def _post(self, path: str, body: Any = None) -> Answer:
        key = str(new_id())
        port = self.ports[self._sent % len(self.ports)]
        self._sent += 1
        while True:
            try:
                answer = await (await self._connected(port)).post(path, body, {"Idempotency-Key": key})
            except (OSError, asyncio.IncompleteReadError):
                self._connections.pop(port, None)
                self.lost_answers += 1
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if answer.status != 409 or answer.code != "idempotency_in_flight":
                return answer
            await a_minute_passes_for(key)

    async def _connected(self, port: int) -> Connection:
        if port not in self._connections:
            self._connections[port] = await Connection.open(port)
        return self._connections[port]


def order_of(cart: str) -> dict[str, Any]:
    return {
        "cart_id": cart,
        "email": "ada@larkspur.example",
        "shipping_address": ADDRESS.model_dump(),
        "shipping_method": "standard",
        "payment_method": GOOD_CARD,
    }


async def a_minute_passes_for(key: str) -> None:
    """A key whose request died with its process is free again after a while, which a test does not sit through."""
    async with unit_of_work() as uow:
        await uow.session.exec(
            sa.update(IdempotencyRecord)
            .where(col(IdempotencyRecord.key) == key)
            .values(created_at=col(IdempotencyRecord.created_at) - ABANDONED_AFTER)
        )
