"""What a process keeps of what it has read: until it is announced to have changed, while it would hear of that."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from models.catalog import Product, Variant
from models.money import Money
from services.bootstrap import Resources
from services.catalog import service as catalog
from services.checkout.service import Checkout, check_out
from services.errors import PaymentDeclined, PriceChanged
from services.live.hub import LOOK_BACK_SECONDS, Hub
from services.live.kept import KEEP_SECONDS, MOST, Kept
from services.live.listener import listening
from services.live.topics import catalog as topic_of
from services.unit_of_work import unit_of_work
from tests.services.test_checkout import fill_cart
from tests.shop_samples import DECLINED_CARD, DETAILS, GOOD_CARD, guest, set_price, stock_shop

ADA = guest()


class Clock:
    def __init__(self) -> None:
        self.moment = 100.0

    def __call__(self) -> float:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hub(clock: Clock) -> Hub:
    hub = Hub(clock)
    hub.hears = True
    return hub


def test_a_value_is_kept_until_its_topic_is_told(hub: Hub, clock: Clock) -> None:
    kept = Kept[str](hub, clock)
    kept.keep("MUG", "£12", topic=topic_of("mug"))
    kept.keep("BOWL", "£9", topic=topic_of("bowl"))
    assert kept.get("MUG") == "£12"
    hub.tell([topic_of("mug")])
    assert kept.get("MUG") is None
    assert kept.get("BOWL") == "£9"
    assert len(hub) == 1


def test_what_was_told_a_moment_ago_is_not_kept_for_it_may_have_been_read_before(
    hub: Hub, clock: Clock
) -> None:
    kept = Kept[str](hub, clock)
    hub.tell([topic_of("mug")])
    kept.keep("MUG", "£12", topic=topic_of("mug"))
    assert kept.get("MUG") is None
    clock.moment += LOOK_BACK_SECONDS + 1
    kept.keep("MUG", "£13", topic=topic_of("mug"))
    assert kept.get("MUG") == "£13"


def test_without_a_listener_nothing_is_kept(hub: Hub, clock: Clock) -> None:
    kept = Kept[str](hub, clock)
    kept.keep("MUG", "£12", topic=topic_of("mug"))
    hub.hears = False
    assert kept.get("MUG") is None
    kept.keep("BOWL", "£9", topic=topic_of("bowl"))
    hub.hears = True
    hub.tell_all()
    assert kept.get("MUG") is kept.get("BOWL") is None


def test_a_hint_that_was_lost_is_made_up_for_in_seconds(hub: Hub, clock: Clock) -> None:
    kept = Kept[str](hub, clock)
    kept.keep("MUG", "£12", topic=topic_of("mug"))
    clock.moment += KEEP_SECONDS + 0.1
    assert kept.get("MUG") is None


def test_what_is_kept_is_bounded(hub: Hub, clock: Clock) -> None:
    kept = Kept[int](hub, clock)
    for number in range(MOST + 10):
        kept.keep(str(number), number, topic=topic_of(str(number)))
    assert len(hub) == MOST
    assert kept.get("0") is None
    assert kept.get(str(MOST + 9)) == MOST + 9


async def test_a_price_changed_by_another_process_is_known_here_at_once(resources: Resources) -> None:
    await stock_shop(MUG=5)
    async with listening():
        assert await _price("MUG") == await _price("MUG") == 1200
        await set_price("MUG", 1300)
        async with asyncio.timeout(5):
            while await _price("MUG") != 1300:  # noqa: ASYNC110 - it comes from the database, without an event
                await asyncio.sleep(0.01)


@contextmanager
def known_as(resources: Resources, sku: str, pair: tuple[Product, Variant]) -> Iterator[None]:
    """This process goes on knowing an article as it was: nobody tells it."""
    resources.hub.hears = True
    resources.variants.keep(sku, pair, topic="catalog:nobody-tells")
    try:
        yield
    finally:
        resources.hub.hears = False
        resources.hub.tell(["catalog:nobody-tells"])


async def test_an_order_that_waits_at_an_old_price_gives_way_though_the_old_price_is_kept(
    resources: Resources,
) -> None:
    await stock_shop(MUG=5)
    await fill_cart(ADA, MUG=1)
    with pytest.raises(PaymentDeclined):
        await check_out(ADA, Checkout(DETAILS, DECLINED_CARD))
    async with unit_of_work() as uow:
        old = (await catalog.variants_by_sku(uow, ["MUG"]))["MUG"]
    await set_price("MUG", 1300)
    with known_as(resources, "MUG", old):
        view = await check_out(ADA, Checkout(DETAILS, GOOD_CARD, expected_total=Money(1750, "GBP")))
    assert view.order.total_amount == 1300 + 450


async def test_money_is_taken_by_prices_read_anew(resources: Resources) -> None:
    await stock_shop(MUG=5)
    await fill_cart(ADA, MUG=1)
    async with unit_of_work() as uow:
        old = (await catalog.variants_by_sku(uow, ["MUG"]))["MUG"]
    await set_price("MUG", 1300)
    with known_as(resources, "MUG", old), pytest.raises(PriceChanged) as refused:
        await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    assert refused.value.extra["total"]["amount"] == 1300 + 450


async def _price(sku: str) -> int:
    async with unit_of_work() as uow:
        price: Money = (await catalog.variants_by_sku(uow, [sku]))[sku][1].price
        return price.amount
