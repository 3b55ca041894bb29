"""The demo shop's promotions."""

from __future__ import annotations

import pytest

from models.catalog import CategoryDraft
from models.identity import STORE
from models.money import Money
from models.promotion import PromotionState
from models.promotion_words import in_words
from sandbox.promotions import PROMOTIONS, seed_promotions
from services.cart import service as carts
from services.catalog import service as catalog
from services.promotion import service as promotions
from services.unit_of_work import unit_of_work
from tests.shop_samples import guest, owner, stock_shop

pytestmark = pytest.mark.usefixtures("resources")


async def test_seeding_twice_makes_each_once_and_running() -> None:
    async with unit_of_work() as uow:
        for slug in ("seeds-bulbs", "tableware", "mugs"):
            await catalog.create_category(uow, CategoryDraft(slug=slug, name=slug), by=STORE)
    for _ in range(2):
        await seed_promotions()
    async with unit_of_work() as uow:
        found = (await promotions.list_promotions(uow)).items
    assert sorted(each.promotion.name for each in found) == sorted(draft.name for draft in PROMOTIONS)
    assert {each.state for each in found} == {PromotionState.RUNNING}
    await stock_shop(MUG=1)
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(guest()), "MUG")
        cart = await carts.enter_code(uow, owner(guest()), "welcome10", address="")
    assert cart.totals.total == Money(1080, "GBP")


def test_each_is_said_in_words() -> None:
    names = {"seeds-bulbs": "Seeds & bulbs", "tableware": "Tableware"}
    assert [in_words(draft, names) for draft in PROMOTIONS] == [
        "10% off everything, with the code WELCOME10. First orders only. It goes with other offers.",
        "Buy 2 of Seeds & bulbs, get 1 more free, the cheapest, by itself. It goes with other offers.",
        "From 4 pieces 10%, from 8 pieces 15% off Tableware, by itself. It goes with other offers.",
        "Free delivery worth up to £8.50, with the code ONTHEHOUSE, from £20 spent. "
        "500 orders in all, 3 times a customer. It goes with other offers.",
        "25% off everything, with the code STAFF25. 5 times a customer. "
        "It goes with no other offer: shoppers get what saves them more.",
    ]
