"""What happens at the same time, or in the middle of something else: sign-in, payment, additions, crashes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from models.identity import STORE, Identity
from models.order import Order, OrderStatus
from models.payment import Payment, PaymentStatus
from models.permissions import Role
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout.service import Checkout, bring_cart_along, check_out, expire_order
from services.errors import Conflict, PaymentDeclined
from services.order import service as orders
from services.order.service import OrderView
from services.payment import gateway
from services.payment import service as payments
from services.unit_of_work import unit_of_work
from tests.api.test_orders import cart_with, key, order_for
from tests.services.test_checkout import all_orders, cart_of, charged, fill_cart
from tests.shop_samples import (
    DECLINED_CARD,
    DETAILS,
    GOOD_CARD,
    MAYA,
    guest,
    ledger_sums,
    level,
    owner,
    set_price,
    sign_in,
    stock_shop,
    user,
)

pytestmark = pytest.mark.usefixtures("resources")

ADA = guest()
SLOW_CARD = "pm_card_takesTime"
SLOW_SECONDS = 2.5


async def ada_signs_in() -> Identity:
    maya = await user("maya")
    assert maya.user_id
    async with unit_of_work() as uow:
        await bring_cart_along(uow, maya.user_id, ADA.visitor)
    return replace(maya, visitor=ADA.visitor)


async def declined_order(card: str = DECLINED_CARD) -> Order:
    with pytest.raises(PaymentDeclined):
        await check_out(ADA, Checkout(DETAILS, card))
    return (await all_orders())[0]


async def test_signing_in_after_a_decline_keeps_the_last_piece() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    await declined_order()
    maya = await ada_signs_in()
    view = await check_out(maya, Checkout(DETAILS, GOOD_CARD))
    assert view.order.status == OrderStatus.PAID
    assert view.order.user_id == maya.user_id
    assert await charged() == 1650
    assert await level("MUG") == await ledger_sums("MUG") == (0, 0)


async def test_signing_in_while_a_payment_is_under_way_charges_once() -> None:
    await stock_shop(MUG=5)
    await fill_cart(MUG=1)
    view = await check_out(ADA, Checkout(DETAILS, SLOW_CARD))
    assert view.payment.status == PaymentStatus.PROCESSING
    maya = await ada_signs_in()
    with pytest.raises(Conflict, match="under way"):
        await check_out(maya, Checkout(DETAILS, GOOD_CARD))
    await asyncio.sleep(SLOW_SECONDS)
    await payments.settle(view.order.id)
    assert await charged() == 1650
    assert await cart_of(maya) == {}
    async with unit_of_work() as uow:
        assert (await orders.list_orders(uow, maya)).total == 1


async def test_two_carts_that_both_wait_for_a_payment_stay_apart_until_one_is_settled() -> None:
    await stock_shop(MUG=5, BOWL=5)
    maya = await user("maya")
    await fill_cart(maya, BOWL=1)
    with pytest.raises(PaymentDeclined):
        await check_out(maya, Checkout(DETAILS, DECLINED_CARD))
    await fill_cart(MUG=1)
    with pytest.raises(PaymentDeclined):
        await check_out(ADA, Checkout(DETAILS, DECLINED_CARD))
    await ada_signs_in()
    assert await cart_of(maya) == {"BOWL": 1}
    await check_out(maya, Checkout(DETAILS, GOOD_CARD))
    await ada_signs_in()
    assert await cart_of(maya) == {"MUG": 1}
    assert await level("MUG") == (5, 1)


async def test_a_merged_cart_is_not_ordered_again(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    await fill_cart(MUG=1)
    async with unit_of_work() as uow:
        guests = (await carts.view_cart(uow, owner(ADA))).id
    await ada_signs_in()
    answer = await api.post("/api/v1/orders", json=order_for(str(guests)), headers=key())
    assert (answer.status_code, answer.json()["code"]) == (409, "cart_closed")


async def test_a_line_added_while_the_payment_is_written_down_stays() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await fill_cart(MUG=1)
    order = await declined_order()
    async with unit_of_work() as uow:
        locked = await orders.lock_order(uow, order.id)
        adding = asyncio.create_task(fill_cart(BOWL=1))
        await asyncio.sleep(0.5)
        await orders.mark_paid(uow, locked)
    await adding
    assert await cart_of() == {"BOWL": 1}


async def test_a_line_added_during_sign_in_stays() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await fill_cart(MUG=1)
    maya = await user("maya")
    assert maya.user_id
    async with unit_of_work() as uow:
        await bring_cart_along(uow, maya.user_id, ADA.visitor)
        adding = asyncio.create_task(fill_cart(BOWL=1))
        await asyncio.sleep(0.5)
    await adding
    await ada_signs_in()
    assert await cart_of(maya) == {"MUG": 1, "BOWL": 1}


async def test_a_quantity_changed_while_the_payment_is_written_down_does_not_deadlock() -> None:
    await stock_shop(MUG=5)
    await fill_cart(MUG=2)
    order = await declined_order()

    async def paid() -> None:
        async with unit_of_work() as uow:
            locked = await orders.lock_order(uow, order.id)
            await asyncio.sleep(0.5)
            await orders.mark_paid(uow, locked)

    async def change() -> None:
        await asyncio.sleep(0.1)
        async with unit_of_work() as uow:
            await carts.set_quantity(uow, owner(ADA), "MUG", 1)

    first, second = await asyncio.gather(paid(), change(), return_exceptions=True)
    assert first is None
    assert second is None or "cart is empty" in str(second)


async def lose_the_answer(
    monkeypatch: pytest.MonkeyPatch, api: httpx.AsyncClient, cart: str, once: dict[str, str]
) -> None:
    """The card is charged, but the gateway's answer doesn't arrive; then its webhook does."""
    confirm = gateway.confirm_intent

    async def lost(intent_id: str, payment_method: str, return_url: str) -> gateway.Intent:
        await confirm(intent_id, payment_method, return_url)
        raise gateway._unreachable()

    with monkeypatch.context() as patched:
        patched.setattr(gateway, "confirm_intent", lost)
        assert (await api.post("/api/v1/orders", json=order_for(cart), headers=once)).status_code == 503


async def test_the_same_request_after_a_lost_answer_gets_the_paid_order(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stock_shop(MUG=5, BOWL=5)
    cart, once = await cart_with(api, MUG=1), key()
    await lose_the_answer(monkeypatch, api, cart, once)
    await api.post(f"/api/v1/carts/{cart}/items", json={"sku": "BOWL"})
    (order,) = await all_orders()
    await payments.settle(order.id)
    again = await api.post("/api/v1/orders", json=order_for(cart), headers=once)
    assert (again.status_code, again.json()["id"]) == (201, str(order.id))
    assert len(await all_orders()) == 1
    assert await charged() == 1650


async def test_another_body_under_a_key_whose_answer_was_lost_is_refused(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stock_shop(MUG=5)
    cart, once = await cart_with(api, MUG=1), key()
    await lose_the_answer(monkeypatch, api, cart, once)
    other = order_for(cart, email="eve@larkspur.example")
    assert (await api.post("/api/v1/orders", json=other, headers=once)).status_code == 422


async def test_a_crash_between_cancelling_at_the_gateway_and_writing_it_down_is_made_good() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    order = await declined_order()
    async with unit_of_work() as uow:
        intent = (await uow.session.exec(select(Payment.intent_id))).one()
    assert intent
    await gateway.cancel_intent(intent)
    with pytest.raises(Conflict, match="was cancelled"):
        await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    assert await level("MUG") == await ledger_sums("MUG") == (1, 0)
    view = await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    assert view.order.status == OrderStatus.PAID
    assert view.order.id != order.id


@pytest.fixture
def paid_a_moment_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another tab, or the gateway's word, is quicker than whoever gives the order up."""
    cancel = payments.cancel_order

    async def too_late(order_id: UUID, **how: Any) -> OrderView:
        await payments.pay(order_id, GOOD_CARD, ADA)
        return await cancel(order_id, **how)

    monkeypatch.setattr(payments, "cancel_order", too_late)


async def expect_paid_once(order: Order) -> None:
    async with unit_of_work() as uow:
        view = await orders.get_order(uow, order.id, ADA)
    assert (view.order.status, view.refunds) == (OrderStatus.PAID, ())
    assert await charged() == order.total_amount
    assert await level("MUG") == await ledger_sums("MUG") == (4, 0)


@pytest.mark.usefixtures("paid_a_moment_before")
async def test_an_order_paid_in_the_last_moment_is_not_given_up() -> None:
    await stock_shop(MUG=5)
    await fill_cart(MUG=1)
    order = await declined_order()
    await expire_order(order.id)
    await expect_paid_once(order)


@pytest.mark.usefixtures("paid_a_moment_before")
async def test_an_order_paid_while_its_shopper_changes_the_cart_is_not_replaced() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await fill_cart(MUG=1)
    order = await declined_order()
    await fill_cart(BOWL=1)
    with pytest.raises(Conflict, match="has been paid meanwhile") as refused:
        await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    assert refused.value.code == "order_paid"
    await expect_paid_once(order)
    assert await cart_of() == {"BOWL": 1}


async def test_a_refund_done_twice_at_once_is_told_once() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    view = await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    view = await payments.cancel_order(view.order.id, by=MAYA, reason="test")
    await asyncio.gather(*(payments.refund(view.refunds[0].id) for _ in range(4)))
    async with unit_of_work() as uow:
        told = [event.kind for event in (await orders.get_order(uow, view.order.id, ADA)).events]
    assert told.count("refunded") == 1


async def test_an_order_is_tried_ten_times_at_most() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    order = await declined_order()
    for _ in range(payments.MAX_ATTEMPTS - 1):
        with pytest.raises(PaymentDeclined):
            await payments.pay(order.id, DECLINED_CARD, ADA)
    with pytest.raises(Conflict, match="tried 10 times"):
        await payments.pay(order.id, GOOD_CARD, ADA)
    await payments.cancel_order(order.id, by=ADA, reason="")
    assert (await check_out(ADA, Checkout(DETAILS, GOOD_CARD))).order.status == OrderStatus.PAID


async def test_support_sees_a_guests_order_but_cannot_cancel_or_pay_it(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    cart = await cart_with(api, MUG=1)
    declined = await api.post("/api/v1/orders", json=order_for(cart, DECLINED_CARD), headers=key())
    path = f"/api/v1/orders/{declined.json()['order_id']}"
    support = await sign_in("sam", Role.SUPPORT)
    assert (await api.get(path, headers=support)).status_code == 200
    assert (await api.post(f"{path}/cancel", headers=support)).status_code == 403
    card = {"payment_method": GOOD_CARD}
    assert (await api.post(f"{path}/payments", json=card, headers=support | key())).status_code == 404
    manager = await sign_in("olga", Role.ORDER_MANAGER)
    assert (await api.post(f"{path}/cancel", headers=manager)).json()["status"] == "cancelled"


async def test_tags_change_with_what_an_answer_shows(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=2)
    cart = await cart_with(api, MUG=1)
    order = (await api.post("/api/v1/orders", json=order_for(cart, DECLINED_CARD), headers=key())).json()[
        "order_id"
    ]
    first = await api.get(f"/api/v1/orders/{order}")
    poor = {"payment_method": "pm_card_chargeDeclinedInsufficientFunds"}
    await api.post(f"/api/v1/orders/{order}/payments", json=poor, headers=key())
    known = {"if-none-match": first.headers["etag"]}
    assert (await api.get(f"/api/v1/orders/{order}", headers=known)).status_code == 200
    tag = (await api.get(f"/api/v1/carts/{cart}")).headers["etag"]
    await set_price("MUG", 1300)
    assert (await api.get(f"/api/v1/carts/{cart}", headers={"if-none-match": tag})).status_code == 200


async def test_what_is_not_sold_any_more_has_an_answer_of_its_own(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=5)
    cart = await cart_with(api, MUG=1)
    async with unit_of_work() as uow:
        await catalog.archive_product(uow, "mug", by=STORE)
    answer = await api.post("/api/v1/orders", json=order_for(cart), headers=key())
    assert (answer.status_code, answer.json()["code"], answer.json()["skus"]) == (
        409,
        "item_unavailable",
        ["MUG"],
    )


async def test_keys_of_guests_do_not_meet_and_a_repeated_addition_counts_once(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=9)
    mine, yours = await cart_with(api, MUG=1), await cart_with(api, MUG=1)
    for cart in (mine, yours):
        placed = await api.post("/api/v1/orders", json=order_for(cart), headers=key("order-1"))
        assert placed.status_code == 201
    cart, once = await cart_with(api), key()
    for _ in range(2):
        await api.post(f"/api/v1/carts/{cart}/items", json={"sku": "MUG"}, headers=once)
    assert (await api.get(f"/api/v1/carts/{cart}")).json()["items"][0]["quantity"] == 1
