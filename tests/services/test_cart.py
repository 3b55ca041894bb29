"""The cart, against the real databases."""

from __future__ import annotations

import asyncio

import pytest

from models.cart import CartOwner
from models.identity import STORE, Identity
from models.money import Money
from services.bootstrap import Resources
from services.cart import service as carts
from services.cart.service import CartView, LineProblem
from services.errors import InsufficientStock, Invalid, NotFound
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from tests.shop_samples import guest, level, owner, set_price, stock_shop, user

pytestmark = pytest.mark.usefixtures("resources")

ADA = owner(guest())


async def add(sku: str, quantity: int = 1, who: CartOwner = ADA) -> CartView:
    async with unit_of_work() as uow:
        return await carts.add_item(uow, who, sku, quantity)


async def view(who: CartOwner = ADA) -> CartView:
    async with unit_of_work() as uow:
        return await carts.view_cart(uow, who)


async def test_looking_at_an_empty_cart_writes_nothing(resources: Resources) -> None:
    assert (await view()).is_empty
    assert (await view()).id is None


async def test_items_add_up_and_are_priced() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await add("MUG")
    await add("BOWL", 2)
    cart = await add("MUG", 2)
    assert cart.quantities() == {"MUG": 3, "BOWL": 2}
    assert cart.totals.total == Money(6000, "GBP")
    assert cart.purchasable


async def test_forty_additions_at_once_all_count() -> None:
    await stock_shop(MUG=60)
    await asyncio.gather(*(add("MUG") for _ in range(40)))
    assert (await view()).quantities() == {"MUG": 40}


async def test_additions_at_once_stop_at_the_stock() -> None:
    await stock_shop(MUG=7)
    results = await asyncio.gather(*(add("MUG") for _ in range(12)), return_exceptions=True)
    refused = [result for result in results if isinstance(result, InsufficientStock)]
    assert len(refused) == 5
    assert (await view()).quantities() == {"MUG": 7}
    assert {error.available["MUG"] for error in refused} == {7}


@pytest.mark.parametrize("quantity", [0, -1, 100, 10**9])
async def test_an_absurd_quantity_is_refused_and_the_cart_stays(quantity: int) -> None:
    await stock_shop(MUG=5)
    await add("MUG")
    with pytest.raises(Invalid, match="between 1 and 99"):
        await add("MUG", quantity)
    assert (await view()).quantities() == {"MUG": 1}


async def test_an_unknown_sku_is_not_found() -> None:
    with pytest.raises(NotFound):
        await add("NOSUCH")


async def test_a_line_can_be_changed_and_removed_twice() -> None:
    await stock_shop(MUG=5)
    await add("MUG")
    async with unit_of_work() as uow:
        assert (await carts.set_quantity(uow, ADA, "MUG", 4)).quantity == 4
    for _ in range(2):
        async with unit_of_work() as uow:
            assert (await carts.remove_item(uow, ADA, "MUG")).is_empty


async def test_raising_a_quantity_above_the_stock_says_how_many_there_are() -> None:
    await stock_shop(MUG=5)
    await add("MUG")
    with pytest.raises(InsufficientStock) as caught:
        async with unit_of_work() as uow:
            await carts.set_quantity(uow, ADA, "MUG", 6)
    assert caught.value.available == {"MUG": 5}
    assert (await view()).quantities() == {"MUG": 1}


async def test_what_sold_out_meanwhile_is_marked_and_can_still_be_lowered() -> None:
    await stock_shop(MUG=5)
    await add("MUG", 4)
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "MUG", 2, by=STORE)
    cart = await view()
    assert cart.lines[0].problem is LineProblem.SHORT
    assert not cart.purchasable
    async with unit_of_work() as uow:
        assert (await carts.set_quantity(uow, ADA, "MUG", 2)).purchasable


async def test_a_changed_price_is_shown_until_it_is_accepted() -> None:
    await stock_shop(MUG=5)
    await add("MUG")
    await set_price("MUG", 1500)
    line = (await view()).lines[0]
    assert line.problem is LineProblem.PRICE_CHANGED
    assert (line.seen_price.amount, line.unit_price.amount) == (1200, 1500)
    async with unit_of_work() as uow:
        assert (await carts.accept_prices(uow, ADA)).purchasable


async def test_signing_in_brings_the_guests_items_along() -> None:
    await stock_shop(MUG=90, BOWL=5)
    maya = owner(await user("maya"))
    await add("MUG", 60, maya)
    await add("MUG", 50)
    await add("BOWL", 2)
    async with unit_of_work() as uow:
        await carts.merge_carts(uow, maya.user_id, ADA.visitor)  # type: ignore[arg-type]
    assert (await view(maya)).quantities() == {"MUG": 99, "BOWL": 2}
    assert (await view()).is_empty


async def test_a_cart_keeps_what_it_holds_for_itself() -> None:
    await stock_shop(MUG=3)
    cart = await add("MUG", 3)
    async with unit_of_work() as uow:
        await inventory.hold(uow, cart.id, {"MUG": 3})  # type: ignore[arg-type]
    assert (await view()).purchasable
    assert await level("MUG") == (3, 3)
    with pytest.raises(InsufficientStock):
        await add("MUG", 1, owner(guest("bob")))


async def test_a_browser_without_cookies_never_meets_the_cart_of_a_program() -> None:
    await stock_shop(MUG=5)
    async with unit_of_work() as uow:
        program = await carts.create_cart(uow, CartOwner())
        cart = await carts.find_cart(uow, program.id, Identity())  # type: ignore[arg-type]
        await carts.add_to_cart(uow, cart, "MUG", 2)
    nobody = CartOwner()
    async with unit_of_work() as uow:
        assert (await carts.view_cart(uow, nobody)).is_empty
        assert (await carts.accept_prices(uow, nobody)).is_empty
        assert (await carts.remove_item(uow, nobody, "MUG")).is_empty
        with pytest.raises(NotFound):
            await carts.set_quantity(uow, nobody, "MUG", 1)
