"""One's own orders in a tab: seeing, paying, cancelling, buying again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from models.order import OrderStatus
from services.errors import Conflict, NotFound, PaymentDeclined
from services.identity import sessions
from services.order import service as orders
from services.payment import gateway
from services.unit_of_work import unit_of_work
from store_app.states.cart import CartState
from store_app.states.focus import FocusState
from store_app.states.order import THANKS_TITLE, OrderState
from store_app.states.orders import ORDERS_PER_PAGE, OrdersState
from store_app.states.payment import PaymentState
from tests.shop_samples import DECLINED_CARD, GOOD_CARD, guest, sign_in, stock_shop, user
from tests.states.purchases import buy, set_on_hand
from tests.states.tab import Tab, events, goes_to

pytestmark = pytest.mark.usefixtures("resources")


async def shown(tab: Tab, order_id: Any, *, page: str = "") -> OrderState:
    tab.go(f"/order/{order_id}{page}")
    state = await tab.state(OrderState)
    await state.load()
    return state


async def unpaid_order() -> UUID:
    with pytest.raises(PaymentDeclined) as declined:
        await buy(guest(), card=DECLINED_CARD)
    return UUID(declined.value.extra["order_id"])


async def pay(state: OrderState, card: str = GOOD_CARD) -> list[tuple[str, dict[str, Any]]]:
    told = []
    async for step in state.pay({"payment_method": card}):
        told += events(step) if step is not None else []
    return told


async def test_a_paid_order_shows_its_way_and_its_card() -> None:
    await stock_shop(MUG=5)
    bought = await buy(guest())
    state = await shown(Tab(), bought.order.id)
    assert (state.order.number, state.order.label) == (bought.order.number, "Paid")
    assert [(step.label, step.state) for step in state.order.milestones] == [
        ("Paid", "done"),
        ("On its way", "next"),
        ("Delivered", "later"),
    ]
    assert state.order.card == "Visa ending in 4242"
    assert [entry.text for entry in state.order.timeline] == ["Payment received", "Order placed"]


async def test_the_confirmation_puts_the_focus_on_its_heading_and_leaves_it_there_when_it_connects_again() -> (
    None
):
    await stock_shop(MUG=5)
    bought = await buy(guest())
    tab = Tab()
    tab.go(f"/order/{bought.order.id}/thanks")
    state = await tab.state(OrderState)
    await state.load()
    assert await goes_to(state) == THANKS_TITLE
    moved = (await tab.state(FocusState)).goes_to
    await state.load()
    assert (await tab.state(FocusState)).goes_to == moved


async def test_an_order_of_an_account_is_nobody_elses() -> None:
    await stock_shop(MUG=5)
    bought = await buy(await user("maya"))
    maya = Tab(cookie=(await sign_in("maya"))["cookie"])
    assert (await shown(maya, bought.order.id)).order.number == bought.order.number
    stranger = await shown(Tab("bea"), bought.order.id)
    assert (stranger.order.id, stranger.shown_for) == ("", str(bought.order.id))
    with pytest.raises(NotFound):
        await stranger.cancel()


@pytest.mark.parametrize("order_id", ["nonsense", "%00", UUID(int=0), "x" * 5000])
async def test_an_address_without_an_order_shows_none(order_id: Any) -> None:
    state = await shown(Tab(), order_id)
    assert state.order.id == ""
    assert state.shown_for


async def test_an_unpaid_order_is_paid_from_its_page() -> None:
    await stock_shop(MUG=5)
    tab = Tab()
    state = await shown(tab, await unpaid_order())
    assert (state.order.label, state.order.can_cancel) == ("Awaiting payment", True)
    await pay(state, DECLINED_CARD)
    assert "declined" in (await tab.state(PaymentState)).problem
    told = await pay(state)
    assert told[-1][1]["path"] == f"/order/{state.order.id}/thanks"
    assert (await shown(tab, state.order.id)).order.label == "Paid"


async def test_another_card_pays_an_order_whose_bank_was_left_without_an_answer() -> None:
    await stock_shop(MUG=5)
    asked = await buy(guest(), card="pm_card_threeDSecure2Required")
    assert asked.order.status == OrderStatus.PENDING_PAYMENT
    state = await shown(Tab(), asked.order.id)
    await pay(state)
    async with unit_of_work() as uow:
        assert (await orders.get_order(uow, asked.order.id, guest())).order.status == OrderStatus.PAID


async def test_an_order_whose_payment_the_gateway_tells_wrongly_is_shown_with_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await stock_shop(MUG=5)
    order_id = await unpaid_order()
    told = gateway._json
    lie = {"status": "succeeded", "amount": 1}
    monkeypatch.setattr(gateway, "_json", lambda answer: told(answer) | lie)
    tab = Tab()
    state = await shown(tab, order_id)
    payment = await tab.state(PaymentState)
    assert (state.order.label, state.shown_for) == ("Awaiting payment", str(order_id))
    assert "please contact us" in payment.problem

    tab.go(f"/checkout/return?order={order_id}")
    ((_, back),) = events(await payment.come_back())
    assert back["path"] == f"/order/{order_id}"
    assert "please contact us" in payment.problem


async def test_a_cancelled_order_tells_of_the_money() -> None:
    await stock_shop(MUG=5)
    bought = await buy(guest())
    state = await shown(Tab(), bought.order.id)
    assert "£16.50 to Visa ending in 4242" in state.order.cancel_explanation
    await state.cancel()
    assert (state.order.label, state.order.refund) == ("Cancelled", "£16.50 is being returned")
    with pytest.raises(Conflict):
        await state.cancel()


async def test_buying_again_takes_what_there_is() -> None:
    await stock_shop(MUG=5)
    bought = await buy(guest())
    tab = Tab()
    state = await shown(tab, bought.order.id)
    await state.buy_again({})
    cart = await tab.state(CartState)
    assert (cart.cart.count, cart.opened) == (1, 1)
    await set_on_hand("MUG", 0)
    with pytest.raises(Conflict):
        await state.buy_again({})


async def test_the_list_is_of_this_browser_and_turns_its_pages() -> None:
    await stock_shop(MUG=50)
    for _ in range(ORDERS_PER_PAGE + 1):
        await buy(guest())
    await buy(guest("bea"))
    tab = Tab()
    listed = await tab.state(OrdersState)
    tab.go("/orders")
    await listed.load()
    assert (len(listed.cards), listed.pages.count, listed.pages.next) == (
        ORDERS_PER_PAGE,
        2,
        "/orders?page=2",
    )
    for address in ("/orders?page=2", "/orders?page=99"):
        tab.go(address)
        await listed.load()
        assert (len(listed.cards), listed.pages.number) == (1, 2)
    tab.go("/orders?page=-1")
    await listed.load()
    assert listed.pages.number == 1


async def test_who_waits_for_the_word_on_a_payment_is_looked_up_anew_each_time() -> None:
    await stock_shop(MUG=5)
    maya = await user("maya")
    tab = Tab(cookie=(await sign_in("maya"))["cookie"])
    state = await shown(tab, (await buy(maya)).order.id)
    state.order = replace(state.order, status="processing")
    assert await state._waits_for_word()
    async with unit_of_work() as uow:
        await sessions.end_all_sessions(uow, maya)
    assert not await state._waits_for_word()
