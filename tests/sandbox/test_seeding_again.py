"""A store that was filled before it had price lists and promotions, and one whose staff have changed things since."""

from __future__ import annotations

import pytest

from models.prices import PriceByHand
from sandbox.price_lists import BY_HAND, LISTS, seed_price_lists
from sandbox.promotions import PROMOTIONS
from sandbox.seed import seed
from services.catalog import service as catalog
from services.price_list import service as price_lists
from services.price_list.service import PriceListDraft
from services.promotion import service as promotions
from services.settings import settings
from services.unit_of_work import unit_of_work
from tests.audit_samples import TOM
from tests.promotion_samples import change, offer
from tests.shop_samples import stock_shop

pytestmark = pytest.mark.usefixtures("resources")
MUG = "MUG-HAR-CHA-S"


async def lists() -> dict[str, tuple[bool, int, int]]:
    """Each list: whether it is offered, its rate, and how many prices by hand it has."""
    async with unit_of_work() as uow:
        found = await price_lists.summaries(uow)
    return {
        each.price_list.currency: (each.price_list.enabled, each.price_list.rate, each.by_hand)
        for each in found
    }


async def offers() -> set[str]:
    async with unit_of_work() as uow:
        return set(await promotions.known_names(uow))


async def test_a_store_filled_long_ago_gets_price_lists_with_the_prices_of_the_goods_it_still_has() -> None:
    await stock_shop(**{MUG: 3})
    await seed(if_empty=True)
    assert await lists() == {
        currency: (True, draft.rate, 1 if MUG in BY_HAND[currency] else 0)
        for currency, draft in LISTS.items()
    }
    async with unit_of_work() as uow:
        assert len(await catalog.list_categories(uow)) == 1
        prices = await price_lists.prices(uow, "EUR")
    assert prices.by_hand[MUG] == PriceByHand(BY_HAND["EUR"][MUG])


async def test_what_staff_changed_in_a_price_list_stays() -> None:
    await stock_shop(**{MUG: 3})
    await seed(if_empty=True)
    async with unit_of_work() as uow:
        off = PriceListDraft(rate=1_250_000, step=5, enabled=False)
        await price_lists.change(uow, "EUR", off, expected_version=None, by=TOM)
        await price_lists.remove_price(uow, "JPY", MUG, by=TOM)
    await seed(if_empty=True)
    assert await lists() == {
        "EUR": (False, 1_250_000, 1),
        "USD": (True, LISTS["USD"].rate, 1),
        "JPY": (True, LISTS["JPY"].rate, 0),
    }


async def test_promotions_come_only_where_there_never_were_any() -> None:
    await stock_shop(MUG=3)
    await seed(if_empty=True)
    general = {draft.name for draft in PROMOTIONS if not draft.categories}
    assert await offers() == general
    async with unit_of_work() as uow:
        for view in (await promotions.list_promotions(uow)).items:
            await promotions.delete_promotion(uow, view.promotion.id, by=TOM)
    await seed(if_empty=True)
    assert await offers() == set()


async def test_own_promotions_are_not_joined_by_those_of_the_demo() -> None:
    await stock_shop(MUG=3)
    await change(await offer("WELCOME10", name="Ours"), active=False)
    await seed(if_empty=True)
    assert await offers() == {"Ours"}


async def test_a_store_in_another_currency_gets_no_rates_of_the_pound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings(), "currency", "USD")
    await seed_price_lists()
    assert await lists() == {}
