"""Wish lists, against the real databases."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from models.cart import CartOwner
from models.wish import MAX_WISHES
from services.account import service as accounts
from services.errors import Conflict, NotFound, Unauthenticated
from services.unit_of_work import unit_of_work
from services.wishlist import repository
from services.wishlist import service as wishes
from tests.cart_samples import archive, browser, person, sign_in_at
from tests.shop_samples import stock_shop, user

pytestmark = pytest.mark.usefixtures("resources")

ADA = browser("ada")


async def wish(slug: str, who: CartOwner = ADA, sku: str = "") -> None:
    async with unit_of_work() as uow:
        await wishes.add_wish(uow, who, slug, sku)


async def wished(who: CartOwner = ADA) -> list[str]:
    async with unit_of_work() as uow:
        return [each.product.slug for each in await wishes.list_wishes(uow, who)]


async def test_the_latest_wish_comes_first_and_counts_once() -> None:
    await stock_shop(MUG=5, BOWL=0)
    await wish("mug")
    await wish("bowl")
    await asyncio.gather(*(wish("mug") for _ in range(4)))
    assert await wished() == ["bowl", "mug"]
    async with unit_of_work() as uow:
        bowl, mug = await wishes.list_wishes(uow, ADA)
    assert (bowl.offer.available, mug.offer.available) == (0, 5)


async def test_a_wish_is_taken_off_twice_without_harm() -> None:
    await stock_shop(MUG=5)
    await wish("mug")
    async with unit_of_work() as uow:
        (product_id,) = await wishes.wished_ids(uow, ADA)
        assert await wishes.remove_wish(uow, ADA, product_id)
        assert not await wishes.remove_wish(uow, ADA, product_id)
    assert await wished() == []


async def test_what_is_not_in_the_store_can_not_be_wished_for() -> None:
    await stock_shop(MUG=5)
    for slug, sku in (("nothing", ""), ("mug", "NOPE")):
        with pytest.raises(NotFound):
            await wish(slug, sku=sku)


async def test_a_product_that_is_away_for_a_while_is_still_wished_for() -> None:
    await stock_shop(MUG=5)
    await wish("mug")
    await archive(["mug"])
    assert await wished() == []
    async with unit_of_work() as uow:
        assert len(await wishes.wished_ids(uow, ADA)) == 1


async def test_wishes_of_a_browser_come_along_at_sign_in() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await wish("mug")
    await wish("bowl")
    await wish("mug", await person("maya", at="phone"))
    maya = await sign_in_at("maya", at="ada")
    assert sorted(await wished(maya)) == ["bowl", "mug"]
    assert await wished() == []


async def test_sign_ins_at_once_and_a_wish_meanwhile_lose_none() -> None:
    await stock_shop(MUG=5, BOWL=5, JUG=5)
    await wish("mug")
    await asyncio.gather(*(sign_in_at("maya", at="ada") for _ in range(4)), wish("bowl"), wish("jug"))
    maya = await sign_in_at("maya", at="ada")
    assert sorted(await wished(maya)) == ["bowl", "jug", "mug"]


async def test_a_full_list_says_so_and_takes_what_is_on_it() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await wish("mug")
    async with unit_of_work() as uow:
        for number in range(MAX_WISHES - 1):
            await repository.add(uow.session, ADA, UUID(int=number + 1), "X")
    with pytest.raises(Conflict, match="room for 200"):
        await wish("bowl")
    await wish("mug")


async def test_a_deleted_account_wishes_for_nothing_more() -> None:
    await stock_shop(MUG=5)
    maya = await user("maya")
    owner = await person("maya", at="phone")
    await wish("mug", owner)
    async with unit_of_work() as uow:
        await accounts.delete_account(uow, maya)
    with pytest.raises(Unauthenticated):
        await wish("mug", owner)


async def test_a_browser_without_cookies_is_told_so() -> None:
    await stock_shop(MUG=5)
    nobody = CartOwner()
    with pytest.raises(Conflict, match="allow cookies"):
        await wish("mug", nobody)
    assert await wished(nobody) == []
