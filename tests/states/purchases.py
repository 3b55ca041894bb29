"""Orders made through the services, for the tests of what the pages show of them."""

from __future__ import annotations

from models.identity import STORE, Identity
from services.cart import service as carts
from services.checkout.service import Checkout, check_out
from services.inventory import service as inventory
from services.order.service import OrderView
from services.unit_of_work import unit_of_work
from tests.shop_samples import DETAILS, GOOD_CARD, owner


async def buy(identity: Identity, card: str = GOOD_CARD) -> OrderView:
    """One mug, delivered: £16.50."""
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(identity), "MUG")
    return await check_out(identity, Checkout(DETAILS, card))


async def set_on_hand(sku: str, units: int) -> None:
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, sku, units, by=STORE)
