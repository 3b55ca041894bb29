"""The cart, against the real databases."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from models.cart import CartOwner
from models.catalog import ProductDraft
from models.identity import STORE, Identity
from models.ids import now
from models.money import Money
from models.saved import CartClick
from services.bootstrap import Resources
from services.cart import service as carts
from services.cart.service import CartView, LineProblem
from services.catalog import service as catalog
from services.errors import InsufficientStock, Invalid, NotFound
from services.inventory import service as inventory
from services.live import topics
from services.live.announcing import announced
from services.unit_of_work import UnitOfWork, unit_of_work
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


async def test_adding_one_more_agrees_to_no_other_price() -> None:
    await stock_shop(MUG=5)
    await add("MUG")
    await set_price("MUG", 1500)
    line = (await add("MUG")).lines[0]
    assert (line.quantity, line.problem) == (2, LineProblem.PRICE_CHANGED)
    assert line.seen_price.amount == 1200


async def test_only_the_price_that_was_shown_is_agreed_to() -> None:
    await stock_shop(MUG=5)
    await add("MUG")
    await set_price("MUG", 1500)
    shown = {line.sku: line.unit_price for line in (await view()).lines}
    await set_price("MUG", 1900)
    async with unit_of_work() as uow:
        line = (await carts.accept_prices(uow, ADA, shown)).lines[0]
    assert (line.problem, line.seen_price.amount) == (LineProblem.PRICE_CHANGED, 1500)


async def test_a_fallen_price_is_told_and_asks_nothing() -> None:
    await stock_shop(MUG=5)
    await add("MUG")
    await set_price("MUG", 900)
    cart = await view()
    assert (cart.purchasable, cart.lines[0].repriced, cart.totals.total.amount) == (True, True, 900)
    async with unit_of_work() as uow:
        assert not (await carts.accept_prices(uow, ADA)).lines[0].repriced


async def test_a_line_that_is_short_still_asks_about_its_price_afterwards() -> None:
    await stock_shop(MUG=5)
    await add("MUG", 4)
    await set_price("MUG", 1500)
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "MUG", 2, by=STORE)
    assert (await view()).lines[0].problem is LineProblem.SHORT
    async with unit_of_work() as uow:
        line = (await carts.set_quantity(uow, ADA, "MUG", 2)).lines[0]
    assert line.problem is LineProblem.PRICE_CHANGED


async def test_what_left_the_catalogue_stays_as_a_line_that_can_not_be_bought() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await add("MUG")
    await add("BOWL")
    async with unit_of_work() as uow:
        await catalog.archive_product(uow, "mug", by=STORE)
    await replace_variant("BOWL")
    cart = await view()
    assert {line.sku: line.problem for line in cart.lines} == {
        "MUG": LineProblem.UNAVAILABLE,
        "BOWL": LineProblem.UNAVAILABLE,
    }
    assert cart.totals.total.amount == 0


async def replace_variant(sku: str) -> None:
    """The product goes on with another variant."""
    async with unit_of_work() as uow:
        product, variant = (await catalog.variants_by_sku(uow, [sku]))[sku]
        fields = product.model_dump(include=set(ProductDraft.model_fields))
        fields["variants"] = [variant.model_copy(update={"sku": f"{sku}-2"})]
        await catalog.replace_product(
            uow, product.slug, ProductDraft(**fields), expected_version=None, by=STORE
        )


async def test_one_click_adds_once_however_often_it_arrives() -> None:
    await stock_shop(MUG=60)

    async def press(key: str) -> CartView:
        async with unit_of_work() as uow:
            return await carts.add_item(uow, ADA, "MUG", 2, click=key)

    shown = await asyncio.gather(*(press("first") for _ in range(8)))
    assert [cart.quantity for cart in shown] == [2] * 8
    await press("second")
    assert (await press("second")).quantity == 4


async def test_a_click_that_was_refused_may_be_tried_again() -> None:
    await stock_shop(MUG=1)
    with pytest.raises(InsufficientStock):
        async with unit_of_work() as uow:
            await carts.add_item(uow, ADA, "MUG", 2, click="once")
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "MUG", 5, by=STORE)
    async with unit_of_work() as uow:
        assert (await carts.add_item(uow, ADA, "MUG", 2, click="once")).quantity == 2


async def test_clicks_of_two_browsers_never_meet_and_survive_a_sign_in() -> None:
    await stock_shop(MUG=9)
    maya = replace(owner(await user("maya")), visitor=ADA.visitor)
    for who, expected in ((ADA, 1), (owner(guest("bob")), 1), (maya, 0)):
        async with unit_of_work() as uow:
            assert (await carts.add_item(uow, who, "MUG", click="1")).quantity == expected


async def test_clicks_are_forgotten_after_a_day() -> None:
    await stock_shop(MUG=9)
    async with unit_of_work() as uow:
        await carts.add_item(uow, ADA, "MUG", click="old")
        await carts.forget_old_clicks(uow)
        assert len(list(await uow.session.exec(select(CartClick)))) == 1
        await uow.session.exec(sa.update(CartClick).values(created_at=now() - timedelta(hours=25)))
        await carts.forget_old_clicks(uow)
        assert list(await uow.session.exec(select(CartClick))) == []


async def test_a_removed_line_comes_back_as_it_was_and_where_it_was() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await add("MUG", 3)
    await add("BOWL")
    async with unit_of_work() as uow:
        _, line = await carts.take_out(uow, ADA, "MUG")
        assert line
    await set_price("MUG", 1500)
    async with unit_of_work() as uow:
        await inventory.set_on_hand(uow, "MUG", 1, by=STORE)
    async with unit_of_work() as uow:
        cart = await carts.put_back(uow, ADA, line)
    assert cart.quantities() == {"MUG": 3, "BOWL": 1}
    assert [each.sku for each in cart.lines] == ["MUG", "BOWL"]
    assert cart.lines[0].seen_price.amount == 1200


async def test_every_change_of_a_cart_is_announced() -> None:
    await stock_shop(MUG=5)
    cart = await add("MUG", 2)

    async def announced_by(use_case: Callable[[UnitOfWork], Awaitable[object]]) -> bool:
        async with unit_of_work() as uow:
            await use_case(uow)
            told = announced(uow.session)
        assert cart.id
        return topics.cart(cart.id) in told

    assert await announced_by(lambda uow: carts.set_quantity(uow, ADA, "MUG", 1))
    assert await announced_by(lambda uow: carts.save_for_later(uow, ADA, "MUG"))
    assert await announced_by(lambda uow: carts.move_to_cart(uow, ADA, "MUG"))
    await set_price("MUG", 1500)
    assert await announced_by(lambda uow: carts.accept_prices(uow, ADA))
    assert await announced_by(lambda uow: carts.remove_item(uow, ADA, "MUG"))
    assert not await announced_by(lambda uow: carts.remove_item(uow, ADA, "MUG"))


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
