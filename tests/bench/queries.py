"""How many database queries a shopper's steps take, on databases of its own with the demo catalogue.

`python -m tests.bench.queries`; needs no running store. BEGIN, COMMIT and ROLLBACK are not counted.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pymongo import monitoring

from sandbox import store
from sandbox.probes import Ports
from sandbox.stack import Stack
from services.bootstrap import open_resources
from services.jobs import open_queue
from store_app.states.cart import CartState
from store_app.states.checkout import CheckoutState
from store_app.states.home import HomeState
from store_app.states.listing import ListingState
from store_app.states.product import ProductState
from store_app.states.visit import VisitState
from tests.states.tab import Tab

SKU = "MUG-BIL-CHA"
ADDRESS = {
    "country": "GB",
    "name": "Ada Fern",
    "line1": "12 Orchard Lane",
    "city": "Bristol",
    "postal_code": "BS1 4DJ",
}
STATES_BY_HAND = {"PYTEST_CURRENT_TEST": "tests/bench/queries.py"}
"""Reflex makes states without a browser's socket only where this variable is set."""


class Counter(monitoring.CommandListener):
    """Statements sent to PostgreSQL and commands sent to MongoDB since the last look."""

    def __init__(self) -> None:
        self.sql = self.commands = 0

    def watch(self) -> None:
        """Listen to every connection opened from now on."""
        monitoring.register(self)
        sa.event.listen(sa.Engine, "before_cursor_execute", self._executed)

    def started(self, event: monitoring.CommandStartedEvent) -> None:
        self.commands += event.command_name in ("find", "aggregate", "getMore", "insert", "update", "delete")

    def succeeded(self, event: monitoring.CommandSucceededEvent) -> None:
        pass

    def failed(self, event: monitoring.CommandFailedEvent) -> None:
        pass

    def _executed(self, *_: Any) -> None:
        self.sql += 1

    def report(self, step: str) -> None:
        print(f"{step:44} PostgreSQL {self.sql:3}   MongoDB {self.commands:3}", flush=True)
        self.sql = self.commands = 0


async def shop(counter: Counter) -> None:
    """One shopper from the front page to a paid order."""
    tab = Tab("bench")
    pages: tuple[tuple[str, str, Any], ...] = (
        ("open the front page", "/", HomeState.load),
        ("open a department", "/c/table", ListingState.load_category),
        (
            "open its second page, narrowed and sorted",
            "/c/table?sort=price&page=2",
            ListingState.load_category,
        ),
        ("search", "/search?q=mug", ListingState.load_search),
        ("open a product", f"/product/billy-enamel-mug?sku={SKU}", ProductState.load),
    )
    visit = await tab.state(VisitState)
    for step, address, load in pages:
        tab.go(address)
        await visit.load()
        await load.fn(await tab.state(load.state))
        counter.report(step)
    cart = await tab.state(CartState)
    await cart.add_item(SKU)
    counter.report("add to cart, the first thing")
    await cart.add_item(SKU)
    counter.report("add to cart, once more")
    await cart.set_quantity(SKU, 3)
    counter.report("change a quantity")
    tab.go("/checkout")
    await visit.load()
    checkout = await tab.state(CheckoutState)
    await checkout.load()
    counter.report("open the checkout")
    checkout.submit_contact({"email": "bench@example.com"})
    await checkout.submit_address(ADDRESS)
    await checkout.submit_delivery({"shipping_method": "standard"})
    counter.report("fill it in")
    async for _ in checkout.pay({"payment_method": "pm_card_visa"}):
        pass
    counter.report("place the order and pay it")


@contextmanager
def world() -> Iterator[None]:
    """Servers of its own, with the demo catalogue."""
    with tempfile.TemporaryDirectory(prefix="larkspur-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with Stack(folder, ports=Ports.free(), durable=False) as stack:
            os.environ.update(stack.environment, **STATES_BY_HAND)
            store.migrate(stack.supervisor, stack.environment)
            store.seed(stack.supervisor, stack.environment, if_empty=True)
            yield


async def measure() -> None:
    counter = Counter()
    counter.watch()
    async with open_resources(), open_queue():
        await shop(counter)


if __name__ == "__main__":
    with world():
        asyncio.run(measure())
