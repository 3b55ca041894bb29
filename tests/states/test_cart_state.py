"""The cart in a tab: what its events change, and what they refuse."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from services.errors import Conflict, InsufficientStock, Invalid, NotFound
from services.identity.cookies import visitor_cookie
from services.settings import settings
from store_app.errors import show_error
from store_app.states.cart import CartState
from store_app.states.session import SessionState
from store_app.states.toasts import ToastState, toast
from store_app.states.visit import VisitState
from tests.shop_samples import set_price, sign_in, stock_shop
from tests.states.purchases import set_on_hand
from tests.states.tab import Tab, events

pytestmark = pytest.mark.usefixtures("resources")


async def cart_of(tab: Tab) -> CartState:
    return await tab.state(CartState)


async def test_adding_fills_the_badge_and_opens_the_drawer() -> None:
    await stock_shop(MUG=5)
    cart = await cart_of(Tab())
    await cart.add_from_form({"sku": "MUG", "quantity": "2"})
    assert (cart.cart.count, cart.cart.subtotal, cart.opened) == (2, "£24.00", 1)
    assert cart.cart.to_free_delivery == "£36.00"


async def test_two_tabs_of_one_browser_share_the_cart_and_another_browser_does_not() -> None:
    await stock_shop(MUG=5)
    await (await cart_of(Tab())).add_item("MUG")
    for visitor, count in (("ada", 1), ("bea", 0)):
        tab = Tab(visitor)
        await (await tab.state(VisitState)).load()
        assert (await cart_of(tab)).cart.count == count


@pytest.mark.parametrize("quantity", [0, -1, 10**9, 1.5, "two", "", None, True, [3]])
async def test_a_senseless_quantity_is_refused_and_changes_nothing(quantity: Any) -> None:
    await stock_shop(MUG=5)
    cart = await cart_of(Tab())
    with pytest.raises(Invalid):
        await cart.add_item("MUG", quantity)
    assert (cart.cart.count, cart.opened) == (0, 0)


@pytest.mark.parametrize("sku", ["NOPE", "", None, {"$ne": 1}, "X" * 10_000])
async def test_an_unknown_sku_is_refused(sku: Any) -> None:
    await stock_shop(MUG=5)
    with pytest.raises(NotFound):
        await (await cart_of(Tab())).add_item(sku)


async def test_more_than_there_is_leaves_the_field_showing_the_truth() -> None:
    await stock_shop(MUG=2)
    cart = await cart_of(Tab())
    await cart.add_item("MUG")
    before = cart.revision
    with pytest.raises(InsufficientStock):
        await cart.set_quantity("MUG", 3)
    assert cart.cart.count == 1
    assert cart.revision > before


async def test_a_removed_line_comes_back_with_undo() -> None:
    await stock_shop(MUG=5)
    tab = Tab()
    cart, toasts = await cart_of(tab), await tab.state(ToastState)
    await stock_shop(BOWL=5)
    await cart.add_item("MUG", 3)
    await cart.add_item("BOWL")
    await set_price("MUG", 1500)
    await cart.remove_item("MUG")
    assert cart.cart.count == 1
    (message,) = toasts.toasts
    assert message.undoable
    ((name, payload),) = events(toasts.undo(message.id))
    assert name.endswith("cart_state.restore")
    for _ in range(2):
        await cart.restore(payload["removal"])
    assert [(line.sku, line.quantity) for line in cart.cart.lines] == [("MUG", 3), ("BOWL", 1)]
    assert cart.cart.lines[0].problem_text == "The price was £12.00 and is now £15.00."
    assert toasts.undo(message.id) is None


async def test_a_removed_line_comes_back_even_if_others_took_the_last() -> None:
    await stock_shop(MUG=5)
    cart = await cart_of(Tab())
    await cart.add_item("MUG", 3)
    await cart.remove_item("MUG")
    await set_on_hand("MUG", 1)
    await cart.restore(next(iter(cart._removed)))
    assert (cart.cart.lines[0].quantity, cart.cart.lines[0].problem_text) == (3, "Only 1 left.")


@pytest.mark.parametrize("removal", ["", "nothing", None, {"$ne": 1}])
async def test_nothing_comes_back_that_was_not_removed(removal: Any) -> None:
    await stock_shop(MUG=5)
    cart = await cart_of(Tab())
    await cart.restore(removal)
    assert cart.cart.count == 0


async def test_a_press_that_the_browser_sends_again_counts_once() -> None:
    await stock_shop(MUG=9)
    tabs = [await cart_of(Tab()) for _ in range(2)]
    pressed = {"sku": "MUG", "quantity": "2", "press": "k3y"}
    await asyncio.gather(*(tab.add_from_form(pressed) for tab in tabs))
    await tabs[0].add_from_form(pressed)
    assert (tabs[0].cart.count, tabs[1].cart.count) == (2, 2)
    await tabs[0].add_from_form(pressed | {"press": "another"})
    assert tabs[0].cart.count == 4


async def test_only_the_price_on_the_page_is_accepted() -> None:
    await stock_shop(MUG=5)
    cart = await cart_of(Tab())
    await cart.add_item("MUG")
    await set_price("MUG", 1400)
    await cart.refresh()
    await set_price("MUG", 1900)
    await cart.accept_prices()
    assert not cart.cart.purchasable
    assert cart.cart.lines[0].problem_text == "The price was £14.00 and is now £19.00."
    await cart.accept_prices()
    assert (cart.cart.purchasable, cart.cart.prices_changed) == (True, False)


async def test_a_fallen_price_is_told_and_then_quiet() -> None:
    await stock_shop(MUG=5)
    cart = await cart_of(Tab())
    await cart.add_item("MUG")
    await set_price("MUG", 900)
    await cart.refresh()
    assert (cart.cart.purchasable, cart.cart.prices_changed, cart.cart.prices_rose) == (True, True, False)
    assert cart.cart.lines[0].price_text == "The price was £12.00 and is now £9.00."
    await cart.accept_prices()
    assert (cart.cart.prices_changed, cart.cart.lines[0].price_text) == (False, "")


async def test_a_line_that_is_short_tells_of_its_price_too() -> None:
    await stock_shop(MUG=5)
    cart = await cart_of(Tab())
    await cart.add_item("MUG", 4)
    await set_price("MUG", 1500)
    await set_on_hand("MUG", 2)
    await cart.refresh()
    (line,) = cart.cart.lines
    assert (line.problem_text, line.price_text) == (
        "Only 2 left.",
        "The price was £12.00 and is now £15.00.",
    )


async def test_a_changed_price_is_shown_and_accepted() -> None:
    await stock_shop(MUG=5)
    cart = await cart_of(Tab())
    await cart.add_item("MUG")
    await set_price("MUG", 1400)
    await cart.refresh()
    assert cart.cart.lines[0].problem_text == "The price was £12.00 and is now £14.00."
    assert not cart.cart.purchasable
    await cart.accept_prices()
    assert cart.cart.purchasable
    assert cart.cart.subtotal == "£14.00"


async def test_a_browser_without_cookies_is_told_so() -> None:
    await stock_shop(MUG=5)
    with pytest.raises(Conflict, match="allow cookies"):
        await (await cart_of(Tab(cookie="nothing=here"))).add_item("MUG")


async def test_clicks_in_two_tabs_at_once_both_count() -> None:
    await stock_shop(MUG=9)
    carts = [await cart_of(Tab()) for _ in range(2)]
    await asyncio.gather(*(cart.add_item("MUG") for cart in carts))
    await carts[0].refresh()
    assert carts[0].cart.count == 2


async def test_signing_out_in_a_tab_leaves_nothing_of_the_person_behind() -> None:
    headers = await sign_in("maya")
    tab = Tab(cookie=headers["cookie"])
    visit, session = await tab.state(VisitState), await tab.state(SessionState)
    await visit.load()
    assert (session.signed_in, session.name) == (True, "Maya")
    toasts = await tab.state(ToastState)
    await toast(toasts, "Only for Maya")
    tab.cookie = f"{visitor_cookie(settings())}=ada"
    tab.go("/")
    await visit.load()
    assert (session.signed_in, session.name, session.is_staff) == (False, "", False)
    assert toasts.toasts == []


def test_an_error_becomes_a_message_and_an_unforeseen_one_names_its_log_entry() -> None:
    ((name, payload),) = events(show_error(NotFound("It has gone.")))
    assert name.endswith("toast_state.show")
    assert payload == {"text": "It has gone.", "tone": "error"}
    ((_, unforeseen),) = events(show_error(ZeroDivisionError("secret detail")))
    assert "secret" not in unforeseen["text"]
    assert "our fault" in unforeseen["text"]
