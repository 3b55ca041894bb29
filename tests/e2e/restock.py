"""Enough, for a whole run, of what most tests buy: `python -m tests.e2e.restock`, with the store's environment."""

from __future__ import annotations

import asyncio

from models.identity import STORE
from services.bootstrap import open_resources
from services.inventory import service as inventory
from services.jobs import open_queue
from services.unit_of_work import unit_of_work

BOUGHT_BY_MANY = ("MUG-BIL-CHA", "SOC-LON-OAT-47")
PLENTY = 500


async def restock() -> None:
    async with open_resources(), open_queue(), unit_of_work() as uow:
        for sku in BOUGHT_BY_MANY:
            await inventory.set_on_hand(uow, sku, PLENTY, by=STORE)


if __name__ == "__main__":
    asyncio.run(restock())
