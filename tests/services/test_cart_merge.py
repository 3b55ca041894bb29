"""Two carts become one at a sign-in: nothing is lost, it is told, and it can be undone."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from models.cart import CartOwner
from models.ids import new_id, now
from models.promotion import MAX_CODES
from models.saved import CartMerge, SavedReason
from services.cart import service as carts
from services.checkout.service import Checkout, check_out
from services.errors import Conflict, NotFound, PaymentDeclined
from services.inventory import service as inventory
from services.order import service as orders
from services.unit_of_work import unit_of_work
from tests.cart_samples import (
    archive,
    browser,
    count_stock,
    fill,
    in_cart,
    latest,
    person,
    saved,
    sign_in_at,
    undo,
)
from tests.promotion_samples import offer
from tests.shop_samples import DECLINED_CARD, DETAILS, GOOD_CARD, level, set_price, stock_shop, user

pytestmark = pytest.mark.usefixtures("resources")

ADA = browser("ada")


async def reasons(who: CartOwner) -> dict[str, SavedReason]:
    async with unit_of_work() as uow:
        return {line.sku: line.reason for line in await carts.view_saved(uow, who)}


async def test_units_of_both_carts_add_up() -> None:
    await stock_shop(MUG=90, BOWL=5)
    await fill(await person("maya", at="phone"), MUG=6)
    await fill(ADA, MUG=5, BOWL=2)
    maya = await sign_in_at("maya", at="ada")
    assert await in_cart(maya) == {"MUG": 11, "BOWL": 2}
    assert (await in_cart(ADA), await saved(maya)) == ({}, {})
    assert [(line.sku, line.moved, line.saved) for line in (await latest(maya)).merged_lines()] == [
        ("MUG", 5, 0),
        ("BOWL", 2, 0),
    ]


@pytest.mark.parametrize(
    ("on_hand", "own", "brought", "together", "beyond", "reason"),
    [
        (4, 2, 3, 4, 1, SavedReason.SHORT),
        (4, 4, 3, 4, 3, SavedReason.SHORT),
        (200, 60, 50, 99, 11, SavedReason.TOO_MANY),
        (99, 60, 39, 99, 0, SavedReason.CHOSEN),
    ],
)
async def test_what_is_beyond_the_stock_or_the_line_is_saved_for_later(
    on_hand: int, own: int, brought: int, together: int, beyond: int, reason: SavedReason
) -> None:
    await stock_shop(MUG=on_hand)
    await fill(await person("maya", at="phone"), MUG=own)
    await fill(ADA, MUG=brought)
    maya = await sign_in_at("maya", at="ada")
    assert await in_cart(maya) == {"MUG": together}
    assert await saved(maya) == ({"MUG": beyond} if beyond else {})
    assert await reasons(maya) == ({"MUG": reason} if beyond else {})


async def test_a_persons_own_units_stay_even_if_fewer_are_left() -> None:
    await stock_shop(MUG=9)
    await fill(await person("maya", at="phone"), MUG=5)
    await fill(ADA, MUG=2)
    await count_stock(MUG=3)
    maya = await sign_in_at("maya", at="ada")
    assert (await in_cart(maya), await saved(maya)) == ({"MUG": 5}, {"MUG": 2})


async def test_what_can_not_be_had_at_all_is_saved_with_the_reason() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await fill(ADA, MUG=2, BOWL=1)
    await count_stock(MUG=0)
    await archive(["bowl"])
    maya = await sign_in_at("maya", at="ada")
    assert (await in_cart(maya), await saved(maya)) == ({}, {"MUG": 2, "BOWL": 1})
    assert await reasons(maya) == {"MUG": SavedReason.SOLD_OUT, "BOWL": SavedReason.UNAVAILABLE}


async def test_what_the_guest_holds_counts_as_to_be_had() -> None:
    await stock_shop(MUG=3)
    await fill(ADA, MUG=3)
    async with unit_of_work() as uow:
        cart = await carts.view_cart(uow, ADA)
        assert cart.id
        await inventory.hold(uow, cart.id, {"MUG": 3}, until=now() + timedelta(minutes=10))
    maya = await sign_in_at("maya", at="ada")
    assert (await in_cart(maya), await level("MUG")) == ({"MUG": 3}, (3, 3))
    await undo(maya, (await latest(maya)).id)
    assert (await in_cart(maya), await level("MUG")) == ({}, (3, 0))


async def test_the_lower_price_seen_is_asked_about() -> None:
    await stock_shop(MUG=9)
    await fill(ADA, MUG=1)
    await set_price("MUG", 1500)
    await fill(await person("maya", at="phone"), MUG=1)
    maya = await sign_in_at("maya", at="ada")
    async with unit_of_work() as uow:
        (line,) = (await carts.view_cart(uow, maya)).lines
    assert (line.problem, line.seen_price.amount) == (carts.LineProblem.PRICE_CHANGED, 1200)
    await undo(maya, (await latest(maya)).id)
    async with unit_of_work() as uow:
        (line,) = (await carts.view_cart(uow, maya)).lines
    assert (line.problem, line.seen_price.amount) == (carts.LineProblem.NONE, 1500)


async def test_undone_the_cart_is_what_it_was_and_the_rest_is_saved() -> None:
    await stock_shop(MUG=9, BOWL=9)
    await fill(await person("maya", at="phone"), MUG=2)
    await fill(ADA, MUG=3, BOWL=1)
    maya = await sign_in_at("maya", at="ada")
    merge = await latest(maya)
    await undo(maya, merge.id)
    assert (await in_cart(maya), await saved(maya)) == ({"MUG": 2}, {"MUG": 3, "BOWL": 1})
    assert set((await reasons(maya)).values()) == {SavedReason.LEFT_OUT}
    await undo(maya, merge.id)
    assert (await in_cart(maya), await saved(maya)) == ({"MUG": 2}, {"MUG": 3, "BOWL": 1})
    async with unit_of_work() as uow:
        assert await carts.latest_merge(uow, maya) is None


async def codes_on(who: CartOwner) -> list[str]:
    async with unit_of_work() as uow:
        return list((await carts.view_cart(uow, who)).codes)


async def enter(who: CartOwner, code: str) -> None:
    async with unit_of_work() as uow:
        await carts.enter_code(uow, who, code, address="")


async def take_off(who: CartOwner, code: str) -> None:
    async with unit_of_work() as uow:
        await carts.take_off_code(uow, who, code)


async def two_carts_with_codes(*, own: str, brought: tuple[str, ...]) -> CartOwner:
    """Maya's cart at home with a code, and what she brings along from Ada's browser."""
    await stock_shop(MUG=9, BOWL=9)
    for code in {own, *brought}:
        await offer(code)
    phone = await person("maya", at="phone")
    await fill(phone, MUG=1)
    await enter(phone, own)
    await fill(ADA, BOWL=1)
    for code in brought:
        await enter(ADA, code)
    return await sign_in_at("maya", at="ada")


async def test_codes_of_both_carts_come_together() -> None:
    maya = await two_carts_with_codes(own="HOME", brought=("AWAY", "HOME"))
    assert await codes_on(maya) == ["HOME", "AWAY"]
    assert (await latest(maya)).codes == ["AWAY"]


async def test_codes_that_came_along_go_again_and_ones_own_stay() -> None:
    maya = await two_carts_with_codes(own="HOME", brought=("AWAY", "HOME"))
    merge = await latest(maya)
    for _ in range(2):
        await undo(maya, merge.id)
        assert await codes_on(maya) == ["HOME"]
    await enter(maya, "AWAY")
    await undo(maya, merge.id)
    assert await codes_on(maya) == ["HOME", "AWAY"]


async def test_codes_go_even_when_nothing_else_of_it_is_left() -> None:
    maya = await two_carts_with_codes(own="HOME", brought=("AWAY",))
    async with unit_of_work() as uow:
        version = (await carts.remove_item(uow, maya, "BOWL")).version
    await undo(maya, (await latest(maya)).id)
    assert await codes_on(maya) == ["HOME"]
    async with unit_of_work() as uow:
        assert (await carts.view_cart(uow, maya)).version == version + 1


@pytest.mark.parametrize("taken_off_before", [True, False], ids=["taken off before", "still there"])
async def test_a_code_that_is_entered_anew_is_ones_own_and_stays(taken_off_before: bool) -> None:
    maya = await two_carts_with_codes(own="HOME", brought=("AWAY", "OTHER"))
    if taken_off_before:
        await take_off(maya, "AWAY")
    await enter(maya, "away")
    await undo(maya, (await latest(maya)).id)
    assert sorted(await codes_on(maya)) == ["AWAY", "HOME"]


async def test_a_code_that_was_taken_off_since_does_not_come_back() -> None:
    maya = await two_carts_with_codes(own="HOME", brought=("AWAY",))
    for code in ("AWAY", "HOME"):
        await take_off(maya, code)
    await undo(maya, (await latest(maya)).id)
    assert await codes_on(maya) == []


async def test_codes_that_a_cart_has_no_room_for_stay_behind_and_ones_own_come_first() -> None:
    away = tuple(f"AWAY-{number}" for number in range(MAX_CODES))
    maya = await two_carts_with_codes(own="HOME", brought=away)
    assert await codes_on(maya) == ["HOME", *away[:-1]]
    await undo(maya, (await latest(maya)).id)
    assert await codes_on(maya) == ["HOME"]


async def test_what_was_changed_since_stays_changed_when_it_is_undone() -> None:
    await stock_shop(MUG=9, BOWL=9, JUG=9)
    await fill(await person("maya", at="phone"), MUG=2)
    await fill(ADA, MUG=3, BOWL=2)
    maya = await sign_in_at("maya", at="ada")
    async with unit_of_work() as uow:
        await carts.set_quantity(uow, maya, "MUG", 4)
        await carts.set_quantity(uow, maya, "BOWL", 1)
        await carts.add_item(uow, maya, "JUG", 1)
    await undo(maya, (await latest(maya)).id)
    assert await in_cart(maya) == {"MUG": 1, "JUG": 1}
    assert await saved(maya) == {"MUG": 3, "BOWL": 1}


async def test_undone_twice_at_once_it_is_undone_once() -> None:
    await stock_shop(MUG=9)
    await fill(await person("maya", at="phone"), MUG=3)
    await fill(ADA, MUG=3)
    maya = await sign_in_at("maya", at="ada")
    merge = await latest(maya)
    await asyncio.gather(*(undo(maya, merge.id) for _ in range(5)))
    assert (await in_cart(maya), await saved(maya)) == ({"MUG": 3}, {"MUG": 3})


async def test_two_merges_are_undone_each_for_itself() -> None:
    await stock_shop(MUG=9)
    merges = []
    for browser_name in ("laptop", "phone"):
        await fill(browser(browser_name), MUG=2)
        maya = await sign_in_at("maya", at=browser_name)
        merges.append((await latest(maya)).id)
    await undo(maya, merges[0])
    assert (await in_cart(maya), await saved(maya)) == ({"MUG": 2}, {"MUG": 2})
    await undo(maya, merges[1])
    assert (await in_cart(maya), await saved(maya)) == ({}, {"MUG": 4})


@pytest.mark.parametrize("card", [GOOD_CARD, DECLINED_CARD])
async def test_once_ordered_it_can_not_be_undone(card: str) -> None:
    await stock_shop(MUG=9, BOWL=9)
    await fill(ADA, MUG=2)
    maya = await sign_in_at("maya", at="ada")
    merge = await latest(maya)
    who = await user("maya")
    try:
        await check_out(who, Checkout(DETAILS, card))
    except PaymentDeclined:
        assert card == DECLINED_CARD
    await fill(maya, BOWL=1)
    before = await in_cart(maya), await saved(maya)
    with pytest.raises(Conflict, match="ordered meanwhile"):
        await undo(maya, merge.id)
    assert (await in_cart(maya), await saved(maya)) == before


async def test_an_order_that_is_being_placed_has_what_came_along_and_undoing_waits_for_it() -> None:
    await stock_shop(MUG=9)
    await fill(ADA, MUG=2)
    maya, who = await sign_in_at("maya", at="ada"), await user("maya")
    merge = await latest(maya)
    async with unit_of_work() as uow:
        cart = await carts.lock_own_cart(uow, maya)
        assert cart
        await orders.place_order(uow, cart, who, DETAILS)
        undoing = asyncio.create_task(undo(maya, merge.id))
        await asyncio.sleep(0.4)
    with pytest.raises(Conflict, match="ordered meanwhile"):
        await undoing
    assert (await in_cart(maya), await saved(maya)) == ({"MUG": 2}, {})


async def test_an_order_that_comes_while_it_is_being_undone_has_ones_own_things_only() -> None:
    await stock_shop(MUG=9, BOWL=9)
    await fill(await person("maya", at="phone"), BOWL=1)
    await fill(ADA, MUG=2)
    maya, who = await sign_in_at("maya", at="ada"), await user("maya")
    merge = await latest(maya)
    async with unit_of_work() as uow:
        await carts.undo_merge(uow, maya, merge.id)
        ordering = asyncio.create_task(check_out(who, Checkout(DETAILS, GOOD_CARD)))
        await asyncio.sleep(0.4)
    assert [item.sku for item in (await ordering).items] == ["BOWL"]
    assert (await in_cart(maya), await saved(maya)) == ({}, {"MUG": 2})


async def test_a_paid_order_of_a_cart_that_goes_on_closes_its_merges() -> None:
    await stock_shop(MUG=9, BOWL=9)
    await fill(ADA, MUG=2)
    maya = await sign_in_at("maya", at="ada")
    merge = await latest(maya)
    async with unit_of_work() as uow:
        cart = await carts.view_cart(uow, maya)
        assert cart.id
        await carts.add_item(uow, maya, "BOWL", 1)
        await carts.take_ordered(uow, cart.id, {"MUG": 2})
    await fill(maya, MUG=3)
    with pytest.raises(Conflict, match="ordered meanwhile"):
        await undo(maya, merge.id)
    assert await in_cart(maya) == {"BOWL": 1, "MUG": 3}


async def test_nobody_undoes_a_merge_of_somebody_else() -> None:
    await stock_shop(MUG=9)
    await fill(ADA, MUG=2)
    maya = await sign_in_at("maya", at="ada")
    merge = await latest(maya)
    sam = await person("sam", at="ada")
    for who, wanted in ((sam, merge.id), (ADA, merge.id), (maya, new_id())):
        with pytest.raises(NotFound):
            await undo(who, wanted)
    assert await in_cart(maya) == {"MUG": 2}


async def test_a_merge_is_told_to_its_own_browser_and_for_two_minutes() -> None:
    await stock_shop(MUG=9)
    await fill(ADA, MUG=2)
    maya = await sign_in_at("maya", at="ada")
    merge = await latest(maya)
    async with unit_of_work() as uow:
        assert await carts.latest_merge(uow, await person("maya", at="phone")) is None
        await uow.session.exec(sa.update(CartMerge).values(created_at=now() - timedelta(minutes=3)))
        assert await carts.latest_merge(uow, maya) is None
    await undo(maya, merge.id)
    assert await saved(maya) == {"MUG": 2}


async def test_an_empty_cart_brings_nothing_and_tells_nothing() -> None:
    await stock_shop(MUG=9)
    await fill(ADA, MUG=1)
    async with unit_of_work() as uow:
        await carts.remove_item(uow, ADA, "MUG")
    maya = await sign_in_at("maya", at="ada")
    async with unit_of_work() as uow:
        assert await carts.latest_merge(uow, maya) is None


async def test_two_sign_ins_at_once_bring_it_along_once() -> None:
    await stock_shop(MUG=30)
    await fill(await person("maya", at="phone"), MUG=1)
    await fill(ADA, MUG=2)
    await asyncio.gather(*(sign_in_at("maya", at="ada") for _ in range(4)))
    maya = await person("maya", at="ada")
    assert (await in_cart(maya), await saved(maya)) == ({"MUG": 3}, {})


async def test_two_people_who_sign_in_at_one_browser_at_once_share_nothing_and_lose_nothing() -> None:
    await stock_shop(MUG=30)
    await fill(ADA, MUG=2)
    await asyncio.gather(sign_in_at("maya", at="ada"), sign_in_at("sam", at="ada"))
    found = [await in_cart(await person(name, at="ada")) for name in ("maya", "sam")]
    assert sorted(found, key=len) == [{}, {"MUG": 2}]


async def test_what_is_added_saved_and_undone_during_sign_ins_is_all_there_at_the_end() -> None:
    await stock_shop(MUG=99)
    phone = await person("maya", at="phone")

    async def save() -> None:
        async with unit_of_work() as uow:
            await carts.save_for_later(uow, ADA, "MUG")

    async def undo_latest() -> None:
        async with unit_of_work() as uow:
            merge = await carts.latest_merge(uow, await person("maya", at="ada"))
        if merge:
            await undo(phone, UUID(str(merge.id)))

    for _ in range(6):
        await asyncio.gather(
            *(fill(ADA, MUG=1) for _ in range(3)),
            save(),
            sign_in_at("maya", at="ada"),
            fill(phone, MUG=1),
            sign_in_at("maya", at="ada"),
            undo_latest(),
        )
    await sign_in_at("maya", at="ada")
    left, kept = await in_cart(phone), await saved(phone)
    assert left.get("MUG", 0) + kept.get("MUG", 0) == 24
    assert (await in_cart(ADA), await saved(ADA)) == ({}, {})
