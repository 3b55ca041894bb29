"""The countdown of the checkout, as a tab gets it."""

from __future__ import annotations

import pytest

from store_app.states.cart import CartState
from store_app.states.checkout import CheckoutState
from store_app.states.checkout_hold import HoldState
from store_app.states.visit import VisitState
from store_app.view_models.checkout import CHANGES
from store_app.view_models.checkout_hold import ENDED, HELD, HOLD, ORDERED, clock
from tests.services.test_checkout_holds import minutes_pass, sweep
from tests.shop_samples import DECLINED_CARD, ledger_sums, level, stock_shop
from tests.states.purchases import set_on_hand
from tests.states.tab import Tab, goes_to
from tests.states.test_checkout_state import BRISTOL, pay

pytestmark = pytest.mark.usefixtures("resources")


async def opened(tab: Tab) -> HoldState:
    """The checkout page with all it loads."""
    tab.go("/checkout")
    await (await tab.state(VisitState)).load()
    hold = await tab.state(HoldState)
    await hold.begin()
    await (await tab.state(CheckoutState)).load()
    return hold


async def at_checkout(tab: Tab, units: int = 1) -> HoldState:
    await stock_shop(MUG=5, BOWL=5)
    await (await tab.state(CartState)).add_item("MUG", units)
    return await opened(tab)


def seconds(hold: HoldState) -> int:
    assert hold.hold.status == HELD
    return hold.hold.seconds


async def test_the_page_counts_from_the_seconds_that_are_left() -> None:
    hold = await at_checkout(Tab())
    assert 590 <= seconds(hold) <= 600
    assert hold.hold.clock == clock(hold.hold.seconds)
    assert (clock(582), clock(60), clock(9)) == ("9:42", "1:00", "0:09")
    assert await level("MUG") == (5, 1)


async def test_a_reload_keeps_the_time_that_was_left_and_doing_something_begins_it_anew() -> None:
    tab = Tab()
    first = (await at_checkout(tab)).hold.revision
    await minutes_pass(4)
    hold = await opened(tab)
    assert 350 <= seconds(hold) <= 360
    assert hold.hold.revision > first
    await hold.stay()
    assert seconds(hold) > 590


@pytest.mark.parametrize("step", ["country", "address", "delivery"])
async def test_each_step_of_the_checkout_is_a_sign_of_life_and_holds_what_was_added(step: str) -> None:
    tab = Tab()
    hold = await at_checkout(tab)
    checkout = await tab.state(CheckoutState)
    await (await Tab().state(CartState)).add_item("BOWL")
    await minutes_pass(4)
    if step == "country":
        await checkout.choose_country("FR")
    elif step == "address":
        await checkout.submit_address(BRISTOL)
    else:
        await checkout.choose_method("express")
    assert seconds(hold) > 590
    assert await level("BOWL") == (5, 1)


async def test_another_tab_of_the_same_browser_shows_the_same_hold() -> None:
    await at_checkout(Tab())
    await minutes_pass(3)
    other = await opened(Tab())
    assert 410 <= seconds(other) <= 420
    assert await level("MUG") == (5, 1)


async def test_the_end_is_told_the_cart_stays_and_one_press_holds_again() -> None:
    tab = Tab()
    hold = await at_checkout(tab)
    await minutes_pass(10)
    await hold.hold_ended()
    assert hold.hold.status == ENDED
    assert await level("MUG") == await ledger_sums("MUG") == (5, 0)
    assert (await tab.state(CartState)).cart.count == 1
    await hold.hold_again()
    assert await goes_to(hold) == HOLD
    assert seconds(hold) > 590


async def test_a_page_whose_clock_is_fast_is_told_how_much_is_really_left() -> None:
    hold = await at_checkout(Tab())
    before = hold.hold.revision
    await hold.hold_ended()
    assert seconds(hold) > 590
    assert hold.hold.revision > before


async def test_a_page_that_connects_again_by_itself_does_not_hold_what_had_ended() -> None:
    tab = Tab()
    hold = await at_checkout(tab)
    await minutes_pass(10)
    await sweep()
    await hold.hold_ended()
    await opened(tab)
    await hold.stay()
    assert hold.hold.status == ENDED
    assert await level("MUG") == (5, 0)
    hold.leave()
    await opened(tab)
    assert seconds(hold) > 590


async def test_what_went_to_others_meanwhile_is_shown_when_holding_again() -> None:
    tab = Tab()
    hold = await at_checkout(tab, 3)
    await minutes_pass(10)
    await hold.hold_ended()
    await set_on_hand("MUG", 2)
    await hold.hold_again()
    assert await goes_to(hold) == CHANGES
    assert await level("MUG") == (2, 2)
    (line,) = (await tab.state(CartState)).cart.lines
    assert (line.problem, line.problem_text) == ("short", "Only 2 left.")


async def test_nothing_to_be_had_is_nothing_held_and_nothing_said_of_it() -> None:
    tab = Tab()
    await stock_shop(MUG=5)
    await (await tab.state(CartState)).add_item("MUG", 1)
    await set_on_hand("MUG", 0)
    hold = await opened(tab)
    assert hold.hold.status == ""
    assert not (await tab.state(CartState)).cart.purchasable


async def test_a_page_loaded_again_says_that_what_it_held_has_gone_to_others() -> None:
    tab = Tab()
    hold = await at_checkout(tab)
    await set_on_hand("MUG", 0)
    await opened(tab)
    assert hold.hold.status == ENDED
    assert not (await tab.state(CartState)).cart.purchasable


async def test_after_a_declined_card_the_order_holds() -> None:
    tab = Tab()
    hold = await at_checkout(tab)
    checkout = await tab.state(CheckoutState)
    await checkout.submit_contact({"email": "ada@larkspur.example"})
    await checkout.submit_address(BRISTOL)
    await checkout.submit_delivery({"shipping_method": "standard"})
    await pay(checkout, DECLINED_CARD)
    assert hold.hold.status == ORDERED
    await minutes_pass(11)
    await sweep()
    await pay(checkout)
    assert await level("MUG") == await ledger_sums("MUG") == (4, 0)


async def test_paying_after_the_end_holds_again_and_pays() -> None:
    tab = Tab()
    hold = await at_checkout(tab)
    checkout = await tab.state(CheckoutState)
    await checkout.submit_contact({"email": "ada@larkspur.example"})
    await checkout.submit_address(BRISTOL)
    await checkout.submit_delivery({"shipping_method": "standard"})
    await minutes_pass(11)
    await hold.hold_ended()
    assert hold.hold.status == ENDED
    told = await pay(checkout)
    assert told[-1][1]["path"].endswith("/thanks")


async def test_somebody_without_a_cart_is_shown_no_countdown() -> None:
    hold = await opened(Tab())
    assert hold.hold.status == ""
    await hold.stay()
    await hold.hold_ended()
    assert hold.hold.status == ""
