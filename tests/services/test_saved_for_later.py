"""Lines saved for later: below the cart, and back again."""

from __future__ import annotations

import asyncio

import pytest

from models.identity import STORE
from models.ids import now
from models.saved import LooseLine
from services.cart import service as carts
from services.errors import InsufficientStock, NotFound
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from tests.cart_samples import archive, browser, count_stock, fill, in_cart, person, saved, sign_in_at
from tests.shop_samples import level, set_price, stock_shop

pytestmark = pytest.mark.usefixtures("resources")

ADA = browser("ada")


async def save(sku: str = "MUG") -> None:
    async with unit_of_work() as uow:
        await carts.save_for_later(uow, ADA, sku)


async def move_back(sku: str = "MUG") -> carts.MovedBack:
    async with unit_of_work() as uow:
        return await carts.move_to_cart(uow, ADA, sku)


async def test_a_line_is_saved_with_its_units_and_goes_back_to_its_place() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await fill(ADA, MUG=3, BOWL=1)
    await save()
    assert (await in_cart(ADA), await saved(ADA)) == ({"BOWL": 1}, {"MUG": 3})
    back = await move_back()
    assert (back.moved, back.left) == (3, 0)
    assert [line.sku for line in back.cart.lines] == ["MUG", "BOWL"]
    assert await saved(ADA) == {}


async def test_saving_and_moving_twice_at_once_loses_and_doubles_nothing() -> None:
    await stock_shop(MUG=9)
    await fill(ADA, MUG=3)
    await asyncio.gather(*(save() for _ in range(5)))
    assert (await in_cart(ADA), await saved(ADA)) == ({}, {"MUG": 3})
    await asyncio.gather(*(move_back() for _ in range(5)))
    assert (await in_cart(ADA), await saved(ADA)) == ({"MUG": 3}, {})


async def test_the_price_that_was_seen_before_is_still_the_one_to_ask_about() -> None:
    await stock_shop(MUG=5)
    await fill(ADA, MUG=1)
    await save()
    await set_price("MUG", 1500)
    async with unit_of_work() as uow:
        (line,) = await carts.view_saved(uow, ADA)
    assert (line.seen_price.amount, line.unit_price.amount) == (1200, 1500)
    (line_again,) = (await move_back()).cart.lines
    assert line_again.problem is carts.LineProblem.PRICE_CHANGED


async def test_as_many_go_back_as_there_are_and_the_rest_stays() -> None:
    await stock_shop(MUG=5)
    await fill(ADA, MUG=4)
    await save()
    await count_stock(MUG=3)
    back = await move_back()
    assert (back.moved, back.left) == (3, 1)
    assert (await in_cart(ADA), await saved(ADA)) == ({"MUG": 3}, {"MUG": 1})
    with pytest.raises(InsufficientStock, match="The rest stays saved"):
        await move_back()
    await count_stock(MUG=0)
    with pytest.raises(InsufficientStock, match="sold out"):
        await move_back()
    assert await saved(ADA) == {"MUG": 1}


async def test_what_is_not_sold_any_more_stays_saved() -> None:
    await stock_shop(MUG=5)
    await fill(ADA, MUG=2)
    await save()
    await archive(["mug"])
    with pytest.raises(NotFound):
        await move_back()
    assert await saved(ADA) == {"MUG": 2}


async def test_saved_units_of_the_same_article_add_up() -> None:
    await stock_shop(MUG=99)
    for units in (60, 70):
        await fill(ADA, MUG=units)
        await save()
    assert await saved(ADA) == {"MUG": 130}
    back = await move_back()
    assert (back.moved, back.left) == (99, 31)


async def test_saving_gives_back_what_the_checkout_held() -> None:
    await stock_shop(MUG=3, BOWL=3)
    await fill(ADA, MUG=3, BOWL=1)
    async with unit_of_work() as uow:
        cart = await carts.view_cart(uow, ADA)
        assert cart.id
        await inventory.hold(uow, cart.id, cart.quantities(), until=now().replace(year=2099))
    await save()
    assert (await level("MUG"), await level("BOWL")) == ((3, 0), (3, 1))


async def test_a_smaller_line_gives_back_what_the_checkout_held() -> None:
    await stock_shop(MUG=3)
    await fill(ADA, MUG=3)
    async with unit_of_work() as uow:
        cart = await carts.view_cart(uow, ADA)
        assert cart.id
        await inventory.hold(uow, cart.id, cart.quantities(), until=now().replace(year=2099))
    async with unit_of_work() as uow:
        await carts.set_quantity(uow, ADA, "MUG", 1)
    assert await level("MUG") == (3, 1)


async def test_what_is_held_for_an_order_stays_held() -> None:
    await stock_shop(MUG=3)
    await fill(ADA, MUG=3)
    async with unit_of_work() as uow:
        cart = await carts.view_cart(uow, ADA)
        assert cart.id
        await inventory.hold(uow, cart.id, {"MUG": 3})
    await save()
    assert await level("MUG") == (3, 3)


async def test_a_list_belongs_to_a_browser_or_to_an_account_and_comes_along_at_sign_in() -> None:
    await stock_shop(MUG=9, BOWL=9)
    await fill(ADA, MUG=2, BOWL=1)
    await save("MUG")
    await save("BOWL")
    assert await saved(browser("bob")) == {}
    maya = await person("maya", at="elsewhere")
    await fill(maya, MUG=1)
    async with unit_of_work() as uow:
        await carts.save_for_later(uow, maya, "MUG")
    here = await sign_in_at("maya", at="ada")
    assert await saved(here) == {"MUG": 3, "BOWL": 1}
    assert await saved(ADA) == {}


async def test_a_list_alone_comes_along_without_a_cart() -> None:
    await stock_shop(MUG=9)
    async with unit_of_work() as uow:
        await carts.save_again(uow, ADA, LooseLine("MUG", 2, 1200, "GBP", now()))
    maya = await sign_in_at("maya", at="ada")
    assert (await saved(maya), await saved(ADA)) == ({"MUG": 2}, {})


async def test_what_is_removed_from_the_list_can_be_put_back_on_it() -> None:
    await stock_shop(MUG=9)
    await fill(ADA, MUG=2)
    await save()
    async with unit_of_work() as uow:
        line = await carts.remove_saved(uow, ADA, "MUG")
    assert (line and line.quantity, await saved(ADA)) == (2, {})
    async with unit_of_work() as uow:
        assert await carts.remove_saved(uow, ADA, "MUG") is None
        assert line
        await carts.save_again(uow, ADA, line)
    assert await saved(ADA) == {"MUG": 2}


async def test_a_browser_without_cookies_has_no_list() -> None:
    async with unit_of_work() as uow:
        assert await carts.view_saved(uow, carts.owner_of(STORE)) == ()
