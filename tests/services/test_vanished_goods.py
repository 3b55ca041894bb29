"""Goods that the catalogue knows no more keep the name under which they were put into a cart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx
import pytest

from models.cart import CartOwner
from models.catalog import Option, ProductDraft
from models.identity import STORE
from services.cart import service as carts
from services.catalog import service as catalog
from services.unit_of_work import unit_of_work
from store_app.states.cart import CartState
from store_app.states.merge import merge_news
from store_app.states.saved import SavedState
from store_app.states.visit import VisitState
from tests.cart_samples import browser, fill, latest, person, sign_in_at, undo
from tests.shop_samples import stock_shop
from tests.states.tab import Tab

pytestmark = pytest.mark.usefixtures("resources")

ADA = browser("ada")
NAME = "Mug, Large"


async def another_variant() -> None:
    """The mug goes on in another size, under another SKU."""
    await write_mug("MUG-S", "Small")


async def delete_mug() -> None:
    """As nobody can do in the store, but perhaps in its database."""
    async with unit_of_work() as uow:
        await uow.documents["products"].delete_one({"slug": "mug"})


async def write_mug(sku: str, size: str) -> None:
    async with unit_of_work() as uow:
        product = await catalog.get_product(uow, "mug")
        fields = product.model_dump(include=set(ProductDraft.model_fields))
        fields["options"] = [Option(name="Size", values=[size])]
        fields["variants"] = [product.variants[0].model_copy(update={"sku": sku, "options": {"Size": size}})]
        await catalog.replace_product(uow, "mug", ProductDraft(**fields), expected_version=None, by=STORE)


async def stock_large_mugs() -> None:
    await stock_shop(MUG=9)
    await write_mug("MUG", "Large")


async def in_cart_and_saved(who: CartOwner) -> tuple[list[str], list[str]]:
    async with unit_of_work() as uow:
        cart = await carts.view_cart(uow, who)
        saved = await carts.view_saved(uow, who)
    return [line.title for line in cart.lines], [line.title for line in saved]


@pytest.mark.parametrize("vanish", [another_variant, delete_mug], ids=["variant", "product"])
async def test_a_line_and_what_is_saved_say_what_they_were(vanish: Callable[[], Awaitable[None]]) -> None:
    await stock_large_mugs()
    await fill(ADA, MUG=2)
    await vanish()
    assert await in_cart_and_saved(ADA) == ([NAME], [])
    async with unit_of_work() as uow:
        await carts.save_for_later(uow, ADA, "MUG")
    assert await in_cart_and_saved(ADA) == ([], [NAME])


async def test_the_name_comes_along_and_goes_back_with_the_line() -> None:
    await stock_large_mugs()
    await fill(ADA, MUG=2)
    maya = await sign_in_at("maya", at="ada")
    await another_variant()
    assert await in_cart_and_saved(maya) == ([NAME], [])
    async with unit_of_work() as uow:
        _, line = await carts.take_out(uow, maya, "MUG")
        assert line
    async with unit_of_work() as uow:
        await carts.put_back(uow, maya, line)
    assert await in_cart_and_saved(maya) == ([NAME], [])
    await undo(maya, (await latest(maya)).id)
    assert await in_cart_and_saved(maya) == ([], [NAME])


async def test_a_list_that_comes_along_keeps_its_names_and_so_does_what_is_put_back_on_it() -> None:
    await stock_large_mugs()
    await fill(ADA, MUG=2)
    async with unit_of_work() as uow:
        await carts.save_for_later(uow, ADA, "MUG")
    maya = await sign_in_at("maya", at="ada")
    await another_variant()
    async with unit_of_work() as uow:
        line = await carts.remove_saved(uow, maya, "MUG")
        assert line
        await carts.save_again(uow, maya, line)
    assert await in_cart_and_saved(maya) == ([], [NAME])


async def test_a_sign_in_names_what_had_vanished_before() -> None:
    await stock_large_mugs()
    await fill(ADA, MUG=2)
    await another_variant()
    maya = await sign_in_at("maya", at="ada")
    async with unit_of_work() as uow:
        news = await merge_news(uow, maya)
    assert news
    assert news.text == f"From before you signed in: 2 × {NAME} are saved for later: no longer sold."


async def test_goods_that_are_still_there_go_by_the_name_that_they_have_now() -> None:
    await stock_large_mugs()
    await fill(await person("maya", at="phone"), MUG=1)
    await write_mug("MUG", "Huge")
    maya = await person("maya", at="phone")
    assert await in_cart_and_saved(maya) == (["Mug"], [])
    await fill(maya, MUG=1)
    await another_variant()
    assert await in_cart_and_saved(maya) == (["Mug, Huge"], [])


async def test_the_page_shows_the_name_and_below_it_the_number() -> None:
    await stock_large_mugs()
    tab = Tab()
    cart, saved = await tab.state(CartState), await tab.state(SavedState)
    await cart.add_item("MUG", 2)
    await another_variant()
    await (await tab.state(VisitState)).load()
    (line,) = cart.cart.lines
    assert (line.title, line.options, line.href) == (NAME, "MUG", "")
    await saved.save("MUG")
    assert (saved.lines[0].title, saved.lines[0].options) == (NAME, "MUG")


async def test_programs_are_told_the_name_too(api: httpx.AsyncClient) -> None:
    await stock_large_mugs()
    made = (await api.post("/api/v1/carts", json={"items": [{"sku": "MUG", "quantity": 2}]})).json()
    await another_variant()
    (item,) = (await api.get(f"/api/v1/carts/{made['id']}")).json()["items"]
    assert (item["title"], item["problem"]) == (NAME, "unavailable")
