"""Where the demo goods lie: most in the workshop, some in a store in Leeds; and which are made to order."""

from __future__ import annotations

from models.identity import STORE
from sandbox.catalogue import Catalogue
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork, unit_of_work

LEEDS = "leeds-store"
EVERY = 3
"""Every so manieth product is in Leeds, too."""
PLENTY = 9
"""Of an article with at least as many units a third is there."""
MADE_TO_ORDER = {"RUG-THR-OLI-120X180": (6, 21), "PEN-SIG-CHA-25": (10, 14)}
"""Units that may be sold before they are made, and the days that takes."""


async def furnish(goods: Catalogue) -> None:
    """Done again it changes nothing more."""
    async with unit_of_work() as uow:
        locations = await inventory.locations(uow)
        if all(each.code != LEEDS for each in locations):
            await inventory.add_location(uow, code=LEEDS, name="Leeds store", country="GB", by=STORE)
    for product in goods.products[::EVERY]:
        async with unit_of_work() as uow:
            await _carry(uow, [variant.sku for variant in product.variants])
    async with unit_of_work() as uow:
        for sku, (limit, days) in sorted(MADE_TO_ORDER.items()):
            await inventory.set_backorder(uow, sku, limit=limit, days=days, by=STORE)


async def _carry(uow: UnitOfWork, skus: list[str]) -> None:
    shelves = await inventory.shelves(uow, skus)
    first = (await inventory.locations(uow))[0].code
    for sku in sorted(skus):
        there = shelves[sku].get(first, 0)
        if first != LEEDS and there >= PLENTY and not shelves[sku].get(LEEDS):
            await inventory.transfer(uow, sku, there // 3, source=first, target=LEEDS, by=STORE)
