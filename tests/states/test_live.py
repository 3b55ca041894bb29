"""Open tabs are brought up to date: all that look at something, only with what changed, and each for its own person."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest
import pytest_asyncio
from reflex.utils.format import json_dumps

from models.catalog import ProductDraft
from models.identity import STORE
from models.ids import new_id
from services.bootstrap import Resources
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout.service import bring_cart_along
from services.identity import sessions
from services.identity.cookies import Cookies
from services.inventory import service as inventory
from services.live import topics
from services.order import service as orders
from services.unit_of_work import unit_of_work
from services.wishlist import service as wishes
from store_app.live import open_tabs
from store_app.states.cart import CartState
from store_app.states.checkout import CheckoutState
from store_app.states.checkout_hold import HoldState
from store_app.states.checkout_live import CHANGED, LiveCheckoutState
from store_app.states.live_words import LiveWordsState
from store_app.states.order import OrderState
from store_app.states.product import ProductState
from store_app.states.saved import SavedState
from store_app.states.session import RELOAD, SessionState
from store_app.states.wishes import WishState
from store_app.view_models.checkout import PAYMENT
from store_app.view_models.checkout_hold import ENDED
from tests.services.test_checkout_holds import minutes_pass, sweep
from tests.services.test_query_counts import counting
from tests.shop_samples import guest, owner, set_price, sign_in, stock_shop, user
from tests.states.open_tabs import OpenTab, OpenTabs, following, quiet, until
from tests.states.purchases import buy, set_on_hand

ADA = guest("ada")


@pytest_asyncio.fixture
async def world(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OpenTabs]:
    await stock_shop(MUG=20, BOWL=20)
    async with following(resources, monkeypatch) as tabs:
        yield tabs


async def put_into_cart(sku: str, quantity: int = 1) -> None:
    """Ada, in another process."""
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(ADA), sku, quantity)


async def test_a_change_of_the_stock_is_sent_by_itself_and_small(world: OpenTabs) -> None:
    tab = await world.open()
    await tab.look_at("mug")
    await set_on_hand("MUG", 2)
    await until(lambda: tab.sent)
    assert list(tab.sent[-1]) == [ProductState.get_full_name()]
    assert list(tab.last(ProductState)) == ["supply"]
    assert tab.last(ProductState)["supply"].text == "Only 2 left"
    assert len(json_dumps(tab.sent[-1])) < 250


async def test_what_is_not_shown_is_not_sent(world: OpenTabs) -> None:
    elsewhere = await world.open("bob")
    await elsewhere.look_at("bowl")
    left = await world.open("eve")
    await left.look_at("mug")
    await left.visit("/search")
    tab = await world.open()
    await tab.look_at("mug")
    await set_on_hand("MUG", 2)
    await until(lambda: tab.sent)
    await quiet()
    assert (elsewhere.sent, left.sent) == ([], [])


async def statements_for(world: OpenTabs, watchers: int) -> int:
    tabs = [await world.open(f"visitor-{number}") for number in range(watchers)]
    for tab in tabs:
        await tab.look_at("mug")
    await quiet()
    for tab in tabs:
        tab.sent.clear()
    with counting(world.resources) as counts:
        await set_on_hand("MUG", 30 + watchers)
        await until(lambda: all(tab.sent for tab in tabs))
    return counts.postgresql + counts.mongodb


async def test_a_crowd_before_one_product_is_one_reading(world: OpenTabs) -> None:
    assert await statements_for(world, 40) == await statements_for(world, 1)


async def test_many_changes_at_once_are_few_pushes_and_the_last_one_is_shown(world: OpenTabs) -> None:
    tab = await world.open()
    product = await tab.look_at("mug")
    for units in range(19, 0, -1):
        await set_on_hand("MUG", units)
    await until(lambda: product.supply.text == "Only 1 left")
    assert len(tab.sent) < 10


async def test_something_that_cannot_be_read_is_not_the_last_that_is_heard(world: OpenTabs) -> None:
    tab = await world.open()
    product = await tab.look_at("mug")
    variants = (await world.resources.documents["products"].find_one({"slug": "mug"}) or {})["variants"]
    await rewrite_mug(world, {"variants": "none"})
    async with unit_of_work() as uow:
        uow.announce(topics.catalog("mug"))
    await quiet()

    await rewrite_mug(world, {"variants": variants})
    await set_on_hand("MUG", 2)
    await until(lambda: product.supply.text == "Only 2 left")


async def rewrite_mug(world: OpenTabs, fields: dict[str, Any]) -> None:
    """Past all services."""
    await world.resources.documents["products"].update_one({"slug": "mug"}, {"$set": fields})


async def test_a_new_price_is_shown_where_the_product_is_looked_at_and_said(world: OpenTabs) -> None:
    tab = await world.open()
    product = await tab.look_at("mug")
    await set_price("MUG", 1500)
    await until(lambda: product.choice.price == "£15.00")
    assert product.choice.pulse == 1
    assert tab.last(LiveWordsState) == {"said": "The price is now £15.00."}
    assert "product" not in tab.last(ProductState)


async def test_a_product_that_is_no_longer_sold_can_no_longer_be_put_into_the_cart(world: OpenTabs) -> None:
    tab = await world.open()
    product = await tab.look_at("mug")
    async with unit_of_work() as uow:
        await catalog.archive_product(uow, "mug", by=STORE)
    await until(lambda: product.supply.text == "No longer sold")
    assert not product.supply.buyable


async def test_new_words_and_a_new_variant_appear_and_the_choice_stays(world: OpenTabs) -> None:
    tab = await world.open()
    product = await tab.look_at("mug")
    async with unit_of_work() as uow:
        known = await catalog.get_product(uow, "mug")
        fields = known.model_dump(include=set(ProductDraft.model_fields))
        fields |= {"title": "Tall mug", "options": [{"name": "Size", "values": ["S", "L"]}]}
        small = known.variants[0].model_copy(update={"options": {"Size": "S"}})
        large = small.model_copy(update={"sku": "MUG-L", "options": {"Size": "L"}})
        fields["variants"] = [small, large]
        draft = ProductDraft(**fields)
        await catalog.replace_product(uow, "mug", draft, expected_version=None, stock={"MUG-L": 2}, by=STORE)
    await until(lambda: product.product.title == "Tall mug")
    assert product.choice.sku == "MUG"
    await product.choose("Size", "L")
    assert product.supply.text == "Only 2 left"
    await set_on_hand("MUG-L", 1)
    await until(lambda: product.supply.text == "Only 1 left")


async def test_the_first_thing_in_a_cart_appears_in_the_persons_other_tabs(world: OpenTabs) -> None:
    tab, stranger = await world.open("ada"), await world.open("bob")
    await tab.visit("/")
    await stranger.visit("/")
    await put_into_cart("MUG", 2)
    await until(lambda: tab.sent)
    assert tab.last(CartState)["cart"].count == 2
    assert tab.last(LiveWordsState) == {"said": "2 in your cart now."}
    await quiet()
    assert stranger.sent == []


async def test_what_is_saved_for_later_appears_in_the_persons_other_tabs_and_goes_back(
    world: OpenTabs,
) -> None:
    await put_into_cart("MUG", 2)
    here, there, stranger = [await world.open(visitor) for visitor in ("ada", "ada", "bob")]
    for tab in (here, there, stranger):
        await tab.visit("/cart")
    lists = await here.state(SavedState)
    shown = await there.state(SavedState)
    await here.do(lists.save("MUG"))
    await until(lambda: [line.quantity for line in shown.lines] == [2])
    assert (await there.state(CartState)).cart.count == 0
    await here.do(lists.move_to_cart("MUG"))
    await until(lambda: shown.lines == [])
    await here.do(lists.save("MUG"))
    await until(lambda: shown.lines)
    await here.do(lists.remove("MUG"))
    await until(lambda: shown.lines == [])
    await quiet()
    assert (here.sent, stranger.sent) == ([], [])


async def test_a_heart_is_filled_and_emptied_in_the_persons_other_tabs_and_only_that_is_sent(
    world: OpenTabs,
) -> None:
    here, there, stranger = [await world.open(visitor) for visitor in ("ada", "ada", "bob")]
    for tab in (here, there, stranger):
        await tab.visit("/")
    hearts = await here.state(WishState)
    shown = await there.state(WishState)
    await here.do(hearts.wish(str(new_id()), "mug", "MUG", True))
    await until(lambda: shown.wished)
    assert shown.wished == hearts.wished
    assert there.sent[-1].keys() == {WishState.get_full_name()}
    assert there.last(WishState).keys() == {"wished"}
    await here.do(hearts.wish(hearts.wished[0], "", "", False))
    await until(lambda: shown.wished == [])
    await quiet()
    assert (here.sent, stranger.sent, len(there.sent)) == ([], [], 2)


async def test_the_page_of_the_wish_list_follows_as_long_as_it_is_open(world: OpenTabs) -> None:
    tab = await world.open("ada")
    await tab.visit("/wishlist", (WishState, "load"))
    page = await tab.state(WishState)
    async with unit_of_work() as uow:
        await wishes.add_wish(uow, owner(ADA), "mug")
    await until(lambda: [wish.title for wish in page.listed] == ["Mug"])
    await tab.visit("/")
    async with unit_of_work() as uow:
        await wishes.add_wish(uow, owner(ADA), "bowl")
    await until(lambda: len(page.wished) == 2)
    assert len(page.listed) == 1


async def test_what_a_sign_in_brings_along_appears_on_the_persons_other_devices(world: OpenTabs) -> None:
    """The page of before shows on what it showed, until it is loaded again."""
    await put_into_cart("MUG")
    async with unit_of_work() as uow:
        await carts.save_for_later(uow, owner(ADA), "MUG")
        await wishes.add_wish(uow, owner(ADA), "bowl")
    phone = await world.open(cookie=(await sign_in("maya"))["cookie"])
    before = await world.open("ada")
    for tab in (phone, before):
        await tab.visit("/")
    await quiet()
    maya = await user("maya")
    assert maya.user_id
    async with unit_of_work() as uow:
        await bring_cart_along(uow, maya.user_id, ADA.visitor)
    saved, wished = await phone.state(SavedState), await phone.state(WishState)
    await until(lambda: saved.lines and wished.wished)
    await quiet()
    assert len((await before.state(SavedState)).lines) == 1
    assert before.sent == []


async def with_an_ended_session(world: OpenTabs) -> OpenTab:
    """Maya's tab, after she has signed out everywhere from another device."""
    cookie = (await sign_in("maya"))["cookie"]
    tab = await world.open(cookie=cookie)
    await tab.visit("/")
    async with unit_of_work() as uow:
        identity = await sessions.identify(uow, Cookies(session=cookie.partition("=")[2]))
        await sessions.end_all_sessions(uow, identity)
    return tab


async def test_lists_of_before_are_not_shown_to_a_tab_whose_session_has_ended(world: OpenTabs) -> None:
    tab = await with_an_ended_session(world)
    async with unit_of_work() as uow:
        await wishes.add_wish(uow, owner(await user("maya")), "mug")
    await until(lambda: tab.sent)
    assert tab.last(SessionState)["mark"] == RELOAD
    assert (await tab.state(WishState)).wished == []


async def test_a_tab_does_not_read_its_own_change_again(world: OpenTabs) -> None:
    tab = await world.open("ada")
    await tab.visit("/")
    cart = await tab.state(CartState)
    with counting(world.resources) as counts:
        await tab.do(cart.add_item("MUG"))
        await tab.do(cart.set_quantity("MUG", 3))
        own = counts.postgresql + counts.mongodb
        await quiet()
    assert counts.postgresql + counts.mongodb - own <= 2
    assert tab.sent == []


async def test_a_cart_says_what_has_sold_out_and_less_is_only_less_to_choose_from(world: OpenTabs) -> None:
    await put_into_cart("MUG", 2)
    tab = await world.open("ada")
    await tab.visit("/cart")
    cart = await tab.state(CartState)
    with counting(world.resources) as counts:
        await set_on_hand("MUG", 5)
        await until(lambda: cart.cart.lines[0].most == 5)
    assert counts.mongodb == 0
    assert cart.cart.purchasable
    await set_on_hand("MUG", 1)
    await until(lambda: cart.cart.lines[0].problem_text == "Only 1 left.")
    assert cart.cart.lines[0].pulse == 1
    assert not cart.cart.purchasable
    await set_on_hand("MUG", 20)
    await until(lambda: cart.cart.purchasable)


async def test_units_that_a_cart_was_promised_are_its_own(world: OpenTabs) -> None:
    """All that are left are held for Ada's order: her cart has them, everybody else's has none."""
    await set_on_hand("MUG", 2)
    await put_into_cart("MUG", 2)
    tab, other = await world.open("ada"), await world.open("bob")
    await tab.visit("/cart")
    product = await other.look_at("mug")
    async with unit_of_work() as uow:
        cart = await carts.view_cart(uow, owner(ADA))
        assert cart.id
        await inventory.hold(uow, cart.id, {"MUG": 2})
    await until(lambda: product.supply.text == "Sold out")
    await quiet()
    assert (await tab.state(CartState)).cart.purchasable


async def test_a_changed_price_is_told_in_the_cart_until_it_is_accepted_in_any_tab(world: OpenTabs) -> None:
    await put_into_cart("MUG")
    tab = await world.open("ada")
    await tab.visit("/cart")
    cart = await tab.state(CartState)
    await set_price("MUG", 1500)
    await until(lambda: cart.cart.prices_changed)
    async with unit_of_work() as uow:
        await carts.accept_prices(uow, owner(ADA))
    await until(lambda: cart.cart.purchasable)
    assert cart.cart.subtotal == "£15.00"


async def test_nothing_of_a_cart_reaches_a_tab_whose_session_has_ended(world: OpenTabs) -> None:
    tab = await with_an_ended_session(world)
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(await user("maya")), "MUG")
    await until(lambda: tab.sent)
    assert tab.last(SessionState)["mark"] == RELOAD
    assert (await tab.state(CartState)).cart.count == 0


async def test_a_guests_tab_keeps_its_cart_when_another_tab_has_signed_in_and_taken_it_along(
    world: OpenTabs,
) -> None:
    """What is being typed in a checkout would be gone with it."""
    await put_into_cart("MUG", 2)
    tab = await world.open("ada")
    await tab.visit("/checkout")
    maya = await user("maya")
    assert maya.user_id
    async with unit_of_work() as uow:
        assert await carts.merge_carts(uow, maya.user_id, ADA.visitor)
    await quiet()
    await set_on_hand("MUG", 1)
    await quiet()
    assert (await tab.state(CartState)).cart.count == 2


async def test_an_order_that_is_shipped_says_so_to_its_buyer(world: OpenTabs) -> None:
    order = (await buy(ADA)).order
    tab = await world.open("ada")
    await tab.visit(f"/order/{order.id}", (OrderState, "load"))
    page = await tab.state(OrderState)
    async with unit_of_work() as uow:
        await orders.ship(uow, order.id, tracking="RM 123", by=STORE)
    await until(lambda: page.order.status == "shipped")
    assert tab.last(LiveWordsState) == {"said": f"Order {order.number}: {page.order.label}."}


async def test_a_checkout_at_its_last_step_points_to_the_new_total(world: OpenTabs) -> None:
    await put_into_cart("MUG")
    tab = await world.open("ada")
    await tab.visit("/checkout", (CheckoutState, "load"))
    (await tab.state(LiveCheckoutState)).follow()
    checkout = await tab.state(CheckoutState)
    before = checkout.totals.total
    checkout.section = PAYMENT
    await put_into_cart("BOWL")
    await until(lambda: checkout.changed == CHANGED)
    assert checkout.totals.total != before


async def test_a_hold_that_ends_is_told_by_the_store_and_one_renewed_in_another_tab_counts_anew(
    world: OpenTabs,
) -> None:
    await put_into_cart("MUG")
    here, there = await world.open("ada"), await world.open("ada")
    for tab in (here, there):
        await tab.visit("/checkout", (HoldState, "begin"), (CheckoutState, "load"))
        (await tab.state(LiveCheckoutState)).follow()
    hold = await here.state(HoldState)
    await minutes_pass(4)
    await there.do((await there.state(HoldState)).stay())
    await until(lambda: hold.hold.seconds > 590)
    await minutes_pass(11)
    await sweep()
    await until(lambda: hold.hold.status == ENDED)


async def test_a_press_that_meant_another_total_pays_nothing(world: OpenTabs) -> None:
    await put_into_cart("MUG")
    tab = await world.open("ada")
    await tab.visit("/checkout", (CheckoutState, "load"))
    checkout = await tab.state(CheckoutState)
    checkout.section = PAYMENT
    async for _ in checkout.pay({"payment_method": "pm_card_visa", "shown_total": "£1.00"}):
        pass
    assert "The total changed" in checkout.changed
    async with unit_of_work() as uow:
        assert (await carts.view_cart(uow, owner(ADA))).quantity == 1


async def test_a_tab_at_work_holds_up_nobody_and_is_brought_up_to_date_afterwards(world: OpenTabs) -> None:
    busy, idle = await world.open("ada"), await world.open("bob")
    for tab in (busy, idle):
        await tab.look_at("mug")
    async with busy.locked:
        await set_on_hand("MUG", 2)
        await until(lambda: idle.sent)
        await quiet()
        assert busy.sent == []
    await until(lambda: busy.sent)
    assert busy.last(ProductState)["supply"].text == "Only 2 left"


async def while_nobody_listened(world: OpenTabs) -> None:
    """17 of 20 mugs are sold, and the connection that would have told so is gone."""
    url = world.resources.settings.database_url
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        async with connection.transaction():
            await connection.execute("UPDATE stock_levels SET on_hand = 3 WHERE sku = 'MUG'")
            await connection.execute(
                "UPDATE location_levels SET on_hand = on_hand - 17 WHERE sku = 'MUG' AND on_hand >= 17"
            )
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'larkspur listening' AND datname = current_database()"
        )


async def test_after_the_listener_was_away_every_tab_reads_anew(world: OpenTabs) -> None:
    tab = await world.open()
    product = await tab.look_at("mug")
    await while_nobody_listened(world)
    await until(lambda: product.supply.text == "Only 3 left")


async def test_a_guests_tab_keeps_its_lists_after_a_sign_in_elsewhere_also_when_every_tab_reads_anew(
    world: OpenTabs,
) -> None:
    await put_into_cart("MUG", 2)
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(ADA), "BOWL")
        await carts.save_for_later(uow, owner(ADA), "BOWL")
        await wishes.add_wish(uow, owner(ADA), "mug")
    tab, other = await world.open("ada"), await world.open("bea")
    await tab.visit("/cart")
    product = await other.look_at("mug")
    maya = await user("maya")
    assert maya.user_id
    async with unit_of_work() as uow:
        await bring_cart_along(uow, maya.user_id, ADA.visitor)
    await while_nobody_listened(world)
    await until(lambda: product.supply.text == "Only 3 left")
    await quiet()
    assert [line.sku for line in (await tab.state(SavedState)).lines] == ["BOWL"]
    assert len((await tab.state(WishState)).wished) == 1


async def test_a_tab_whose_socket_goes_leaves_nothing_behind(world: OpenTabs) -> None:
    before = len(world.resources.hub)
    tabs = [await world.open(f"visitor-{number}") for number in range(5)]
    for tab in tabs:
        await tab.look_at("mug")
    assert open_tabs() == 5
    await asyncio.gather(*(tab.disconnect() for tab in tabs))
    assert (open_tabs(), len(world.resources.hub)) == (0, before)
    await set_on_hand("MUG", 2)
    await quiet()
    assert all(tab.sent == [] for tab in tabs)
