"""What a checkout holds, for how long, and what becomes of it."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from models.cart import Cart
from models.identity import STORE, Identity
from models.ids import now
from models.order import OrderStatus
from services.bootstrap import Resources
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout import holding
from services.checkout.holding import CheckoutHold
from services.checkout.service import Checkout, bring_cart_along, check_out, expire_order
from services.errors import Conflict, InsufficientStock, Invalid, PaymentDeclined
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork, unit_of_work
from tests.services.test_checkout import all_orders, cart_of, charged, fill_cart
from tests.shop_samples import (
    DECLINED_CARD,
    DETAILS,
    GOOD_CARD,
    guest,
    ledger_sums,
    level,
    owner,
    stock_shop,
    user,
)
from tests.states.purchases import set_on_hand

pytestmark = pytest.mark.usefixtures("resources")

ADA, BEA = guest("ada"), guest("bea")
SECONDS = timedelta(seconds=5)


async def own_cart(uow: UnitOfWork, who: Identity) -> Cart:
    cart = await carts.lock_own_cart(uow, owner(who))
    assert cart
    return cart


async def reserve(who: Identity = ADA) -> CheckoutHold:
    async with unit_of_work() as uow:
        return await holding.reserve(uow, await own_cart(uow, who))


async def start(who: Identity = ADA) -> CheckoutHold | None:
    async with unit_of_work() as uow:
        return (await holding.start(uow, await own_cart(uow, who)))[0]


async def stay(who: Identity = ADA) -> CheckoutHold | None:
    async with unit_of_work() as uow:
        return (await holding.stay(uow, await own_cart(uow, who)))[0]


async def held_of(who: Identity = ADA) -> dict[str, int]:
    """What is held for somebody's cart and not over."""
    async with unit_of_work() as uow:
        found = await holding.look(uow, await own_cart(uow, who))
    return dict(found.quantities) if found else {}


async def set_quantity(sku: str, quantity: int, who: Identity = ADA) -> None:
    async with unit_of_work() as uow:
        await carts.set_quantity(uow, owner(who), sku, quantity)


async def minutes_pass(minutes: float) -> None:
    """Everything held was held so much earlier."""
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        passed = {"passed": timedelta(minutes=minutes)}
        await connection.execute(
            sa.text("UPDATE stock_holds SET expires_at = expires_at - :passed, held_at = held_at - :passed"),
            passed,
        )


async def sweep() -> None:
    async with unit_of_work() as uow:
        await inventory.release_expired(uow)


def ends_in(found: CheckoutHold | None, minutes: float) -> bool:
    assert found
    return abs(found.expires_at - now() - timedelta(minutes=minutes)) < SECONDS


async def test_starting_checkout_holds_the_cart_for_ten_minutes() -> None:
    await stock_shop(MUG=5, BOWL=2)
    await fill_cart(MUG=2, BOWL=1)
    found = await start()
    assert found
    assert (dict(found.quantities), found.for_order) == ({"MUG": 2, "BOWL": 1}, False)
    assert ends_in(found, 10)
    assert await level("MUG") == await ledger_sums("MUG") == (5, 2)
    async with unit_of_work() as uow:
        await fill_cart(BEA, MUG=3)
        assert (await carts.view_cart(uow, owner(BEA))).lines[0].available == 3


async def test_opening_the_page_again_gives_no_more_time_but_doing_something_there_does() -> None:
    await stock_shop(MUG=5)
    await fill_cart(MUG=2)
    await start()
    await minutes_pass(4)
    assert ends_in(await start(), 6)
    assert ends_in(await stay(), 10)


async def test_activity_is_written_once_a_minute(resources: Resources) -> None:
    await stock_shop(MUG=5)
    await fill_cart(MUG=2)
    first = await stay()
    await minutes_pass(0.9)
    second = await stay()
    assert first
    assert second
    assert second.expires_at < first.expires_at
    await minutes_pass(0.2)
    assert ends_in(await stay(), 10)


async def test_nobody_holds_for_longer_than_an_hour() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    await start()
    for _ in range(7):
        await minutes_pass(8)
        last = await stay()
    assert ends_in(last, 4)
    assert ends_in(await reserve(), 4)
    await minutes_pass(4)
    assert await held_of() == {}
    await sweep()
    assert await level("MUG") == await ledger_sums("MUG") == (1, 0)


async def test_who_holds_again_after_the_end_begins_anew() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    await start()
    await minutes_pass(61)
    assert ends_in(await stay(), 10)
    await minutes_pass(9)
    assert ends_in(await stay(), 10)
    assert await level("MUG") == await ledger_sums("MUG") == (1, 1)


async def test_what_can_not_be_had_is_left_out_and_the_rest_held() -> None:
    await stock_shop(MUG=3, BOWL=1, VASE=1)
    await fill_cart(MUG=3, BOWL=1, VASE=1)
    await fill_cart(BEA, MUG=1, BOWL=1)
    await start(BEA)
    async with unit_of_work() as uow:
        await catalog.archive_product(uow, "vase", by=STORE)
    async with unit_of_work() as uow:
        found, view = await holding.start(uow, await own_cart(uow, ADA))
    assert found
    assert dict(found.quantities) == {"MUG": 2}
    assert {line.sku: line.problem for line in view.lines} == {
        "MUG": "short",
        "BOWL": "out_of_stock",
        "VASE": "unavailable",
    }


async def test_a_cart_of_which_nothing_can_be_had_holds_nothing() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    await fill_cart(BEA, MUG=1)
    await start(BEA)
    assert await start() is None
    assert await level("MUG") == (1, 1)


async def test_reserving_is_all_or_nothing_and_says_how_much_there_is() -> None:
    await stock_shop(MUG=3, BOWL=5)
    await fill_cart(MUG=3, BOWL=1)
    await fill_cart(BEA, MUG=2)
    await reserve(BEA)
    with pytest.raises(InsufficientStock) as caught:
        await reserve()
    assert caught.value.available == {"MUG": 1}
    assert await held_of() == {}
    assert await level("BOWL") == (5, 0)


async def test_an_empty_cart_and_one_with_goods_no_longer_sold_are_explained() -> None:
    await stock_shop(MUG=3)
    await fill_cart(MUG=1)
    async with unit_of_work() as uow:
        await catalog.archive_product(uow, "mug", by=STORE)
    with pytest.raises(Conflict, match="not sold any more"):
        await reserve()
    async with unit_of_work() as uow:
        await carts.remove_item(uow, owner(ADA), "MUG")
    with pytest.raises(Invalid, match="empty"):
        await reserve()


async def test_a_line_reduced_or_removed_gives_back_at_once_and_an_emptied_cart_everything() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await fill_cart(MUG=3, BOWL=2)
    before = await start()
    await set_quantity("MUG", 1)
    assert await held_of() == {"MUG": 1, "BOWL": 2}
    assert await level("MUG") == await ledger_sums("MUG") == (5, 1)
    async with unit_of_work() as uow:
        await carts.remove_item(uow, owner(ADA), "BOWL")
    assert await level("BOWL") == await ledger_sums("BOWL") == (5, 0)
    after = await start()
    assert before
    assert after
    assert after.expires_at == before.expires_at
    await set_quantity("MUG", 0)
    assert await held_of() == {}
    assert await level("MUG") == (5, 0)


async def test_what_is_added_is_held_from_the_next_step_on() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await fill_cart(MUG=1)
    await start()
    await fill_cart(MUG=1, BOWL=1)
    assert await held_of() == {"MUG": 1}
    await stay()
    assert await held_of() == {"MUG": 2, "BOWL": 1}


async def test_an_order_takes_over_what_was_held_and_keeps_it_beyond_the_ten_minutes() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    await start()
    with pytest.raises(PaymentDeclined):
        await check_out(ADA, Checkout(DETAILS, DECLINED_CARD))
    await minutes_pass(11)
    await sweep()
    found = await stay()
    assert found
    assert (found.for_order, dict(found.quantities)) == (True, {"MUG": 1})
    assert ends_in(found, 30)
    assert await level("MUG") == await ledger_sums("MUG") == (1, 1)
    await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    assert await level("MUG") == await ledger_sums("MUG") == (0, 0)


async def test_an_order_given_up_gives_back_and_the_cart_can_be_held_again() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    await start()
    with pytest.raises(PaymentDeclined):
        await check_out(ADA, Checkout(DETAILS, DECLINED_CARD))
    await expire_order((await all_orders())[0].id)
    assert await cart_of() == {"MUG": 1}
    assert await held_of() == {}
    assert ends_in(await start(), 10)


async def test_the_next_buyer_has_the_last_piece_as_soon_as_the_time_is_over() -> None:
    """Before anybody has swept: in the cart, at the checkout, in an order."""
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    await start()
    with pytest.raises(InsufficientStock):
        await fill_cart(BEA, MUG=1)
    await minutes_pass(10)
    await fill_cart(BEA, MUG=1)
    assert (await check_out(BEA, Checkout(DETAILS, GOOD_CARD))).order.status == OrderStatus.PAID
    assert await level("MUG") == await ledger_sums("MUG") == (0, 0)
    assert await cart_of() == {"MUG": 1}
    with pytest.raises(InsufficientStock) as caught:
        await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    assert caught.value.available == {"MUG": 0}
    assert await charged() == 1650


async def test_paying_after_the_end_holds_again_if_it_can() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    await start()
    await minutes_pass(10)
    await sweep()
    assert (await check_out(ADA, Checkout(DETAILS, GOOD_CARD))).order.status == OrderStatus.PAID


async def test_a_page_that_says_too_early_that_the_time_is_over_changes_nothing() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    await start()

    async def told() -> CheckoutHold | None:
        async with unit_of_work() as uow:
            return await holding.end(uow, await own_cart(uow, ADA))

    assert ends_in(await told(), 10)
    await minutes_pass(10)
    assert await told() is None
    assert await level("MUG") == await ledger_sums("MUG") == (1, 0)


async def test_signing_in_takes_along_what_was_held() -> None:
    await stock_shop(MUG=2)
    await fill_cart(MUG=2)
    await start()
    maya = await user("maya")
    assert maya.user_id
    async with unit_of_work() as uow:
        await bring_cart_along(uow, maya.user_id, ADA.visitor)
    assert await held_of(maya) == {"MUG": 2}
    assert ends_in(await start(maya), 10)


async def test_two_carts_of_sixty_become_one_of_ninety_nine_and_hold_no_more() -> None:
    await stock_shop(MUG=200)
    maya = await user("maya")
    assert maya.user_id
    for who in (ADA, maya):
        await fill_cart(who, MUG=60)
        await start(who)
    async with unit_of_work() as uow:
        await bring_cart_along(uow, maya.user_id, ADA.visitor)
    assert await held_of(maya) == {"MUG": 99}
    assert await level("MUG") == await ledger_sums("MUG") == (200, 99)


async def test_many_who_open_the_checkout_at_once_hold_all_there_is_and_no_more() -> None:
    await stock_shop(MUG=10, BOWL=10)
    people = [guest(f"buyer-{number}") for number in range(8)]
    for number, who in enumerate(people):
        goods = ("MUG", "BOWL") if number % 2 else ("BOWL", "MUG")
        await fill_cart(who, **dict.fromkeys(goods, 3))
    await asyncio.gather(*(start(who) for who in people), return_exceptions=False)
    for sku in ("MUG", "BOWL"):
        assert sum([(await held_of(who)).get(sku, 0) for who in people]) == 10
        assert await level(sku) == await ledger_sums(sku) == (10, 10)


async def test_a_count_below_what_checkouts_hold_takes_it_from_the_youngest_and_nothing_from_orders() -> None:
    await stock_shop(MUG=6)
    first, second, third = guest("first"), guest("second"), guest("third")
    await fill_cart(first, MUG=2)
    with pytest.raises(PaymentDeclined):
        await check_out(first, Checkout(DETAILS, DECLINED_CARD))
    for who in (second, third):
        await fill_cart(who, MUG=2)
        await start(who)
    await set_on_hand("MUG", 3)
    assert [(await held_of(who)).get("MUG", 0) for who in (first, second, third)] == [2, 1, 0]
    assert await level("MUG") == await ledger_sums("MUG") == (3, 3)
    with pytest.raises(Invalid, match="2 units of MUG are promised to open orders"):
        await set_on_hand("MUG", 1)
    assert [(await held_of(who)).get("MUG", 0) for who in (first, second)] == [2, 1]
    assert await level("MUG") == await ledger_sums("MUG") == (3, 3)


async def test_what_ends_is_told_to_the_pages_of_its_cart(
    monkeypatch: pytest.MonkeyPatch, resources: Resources
) -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    await start()
    await minutes_pass(10)
    told: set[str] = set()
    monkeypatch.setattr(resources.announcements, "send", told.update)
    await sweep()
    async with unit_of_work() as uow:
        assert f"cart:{(await own_cart(uow, ADA)).id}" in told
