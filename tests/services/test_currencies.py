"""Paying in another currency: carts, checkout, sign-in, prices that change meanwhile."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from models.cart import CartOwner
from models.identity import Identity
from models.money import Money
from models.order import OrderStatus
from models.payment import RefundStatus
from services.cart import service as carts
from services.cart.service import CartView, LineProblem, owner_of
from services.checkout.service import Checkout, bring_cart_along, check_out
from services.delivery import service as delivery
from services.errors import Conflict, Invalid, PaymentDeclined, PriceChanged
from services.identity import people
from services.order import service as orders
from services.order.service import OrderView
from services.payment import gateway
from services.payment import service as payments
from services.price_list import service as price_lists
from services.unit_of_work import unit_of_work
from tests.price_samples import price_by_hand, sell_in, set_rate
from tests.shop_samples import (
    ADDRESS,
    DECLINED_CARD,
    DETAILS,
    GOOD_CARD,
    MAYA,
    guest,
    level,
    owner,
    set_price,
    stock_shop,
    user,
)

pytestmark = pytest.mark.usefixtures("resources")

ADA = guest()
IN_EUROS = replace(ADA, currency="EUR")


async def add(who: Identity, sku: str = "MUG", quantity: int = 1) -> CartView:
    async with unit_of_work() as uow:
        return await carts.add_item(uow, owner_of(who), sku, quantity)


async def seen(who: Identity) -> CartView:
    async with unit_of_work() as uow:
        return await carts.view_cart(uow, owner_of(who))


async def choose(who: Identity, currency: str) -> None:
    async with unit_of_work() as uow:
        await carts.choose_currency(uow, who, currency)


async def order_of(order_id: UUID) -> OrderView:
    async with unit_of_work() as uow:
        return await orders.view_order(uow, await orders.find_order(uow, order_id))


async def test_a_new_cart_is_in_the_currency_that_was_chosen() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    assert (await seen(IN_EUROS)).currency == "EUR"
    cart = await add(IN_EUROS, quantity=2)
    assert (cart.currency, cart.totals.total) == ("EUR", Money(3000, "EUR"))
    assert cart.free_delivery
    assert cart.free_delivery.threshold == Money(7500, "EUR")


async def test_a_currency_that_is_not_offered_leaves_one_with_the_store_s_own() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000, enabled=False)
    assert (await add(IN_EUROS)).currency == "GBP"
    with pytest.raises(Invalid) as refusal:
        await choose(ADA, "EUR")
    assert refusal.value.errors == {"currency": "one of GBP"}


async def test_changing_the_currency_reprices_the_cart_and_asks_nothing() -> None:
    await stock_shop(MUG=5, JUG=5)
    await sell_in("EUR", 1_250_000, JUG=1399)
    await add(ADA, "MUG", 2)
    before = await add(ADA, "JUG")
    await choose(ADA, "EUR")
    cart = await seen(ADA)
    assert [(line.sku, line.quantity, line.unit_price) for line in cart.lines] == [
        ("MUG", 2, Money(1500, "EUR")),
        ("JUG", 1, Money(1399, "EUR")),
    ]
    assert [line.problem for line in cart.lines] == [LineProblem.NONE, LineProblem.NONE]
    assert cart.version == before.version + 1
    await choose(ADA, "GBP")
    assert (await seen(ADA)).totals.total == Money(3600, "GBP")
    assert (await seen(ADA)).purchasable


async def test_a_change_of_price_that_was_not_agreed_to_survives_a_change_of_currency() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    await add(ADA)
    await set_price("MUG", 1600)
    await choose(ADA, "EUR")
    (line,) = (await seen(ADA)).lines
    assert (line.problem, line.seen_price, line.unit_price) == (
        LineProblem.PRICE_CHANGED,
        Money(1500, "EUR"),
        Money(2000, "EUR"),
    )


@pytest.mark.parametrize("deed", ["rate", "by hand"])
async def test_open_carts_follow_a_new_rate_or_price_and_are_asked_before_paying_more(deed: str) -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    await add(IN_EUROS)
    if deed == "rate":
        await set_rate("EUR", 1_500_000)
    else:
        await price_by_hand("EUR", "MUG", 1800)
    (line,) = (await seen(IN_EUROS)).lines
    assert (line.problem, line.unit_price) == (LineProblem.PRICE_CHANGED, Money(1800, "EUR"))
    with pytest.raises(PriceChanged):
        await check_out(IN_EUROS, Checkout(DETAILS, GOOD_CARD))
    async with unit_of_work() as uow:
        await carts.accept_prices(uow, owner_of(IN_EUROS))
    paid = await check_out(IN_EUROS, Checkout(DETAILS, GOOD_CARD))
    assert paid.order.subtotal_amount == 1800


async def test_a_price_shown_in_another_currency_is_not_agreed_to_in_this_one() -> None:
    """A tab that still shows euros, while another one has gone back to pounds and the mug costs more of them."""
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    await add(IN_EUROS)
    shown = {line.sku: line.unit_price for line in (await seen(IN_EUROS)).lines}
    await choose(ADA, "GBP")
    await set_price("MUG", 1450)
    async with unit_of_work() as uow:
        (line,) = (await carts.accept_prices(uow, owner_of(ADA), shown)).lines
    assert (line.problem, line.seen_price) == (LineProblem.PRICE_CHANGED, Money(1200, "GBP"))


async def test_an_order_keeps_its_prices_when_the_rate_changes() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    await add(IN_EUROS)
    paid = await check_out(IN_EUROS, Checkout(DETAILS, GOOD_CARD))
    await set_rate("EUR", 2_000_000)
    kept = await order_of(paid.order.id)
    assert (kept.order.total, kept.items[0].unit_price_amount) == (paid.order.total, 1500)


@pytest.mark.parametrize(
    ("currency", "rate", "subtotal", "shipping"),
    [("EUR", 1_250_000, 3000, 563), ("JPY", 190_500_000, 4572, 857), ("KWD", 400_000, 9600, 1800)],
)
async def test_a_whole_purchase_and_its_refund_in(
    currency: str, rate: int, subtotal: int, shipping: int
) -> None:
    """Through the gateway, which knows how many decimals each currency has."""
    await stock_shop(MUG=5)
    await sell_in(currency, rate)
    who = replace(ADA, currency=currency)
    await add(who, quantity=2)
    paid = await check_out(who, Checkout(DETAILS, GOOD_CARD))
    total = Money(subtotal + shipping, currency)
    assert (paid.order.status, paid.order.total, paid.order.subtotal_amount) == (
        OrderStatus.PAID,
        total,
        subtotal,
    )
    assert paid.payment.intent_id
    assert (await gateway.retrieve_intent(paid.payment.intent_id)).amount == total
    cancelled = await payments.cancel_order(paid.order.id, by=MAYA, reason="changed her mind")
    assert [(refund.amount, refund.status) for refund in cancelled.refunds] == [
        (total.amount, RefundStatus.PENDING)
    ]
    await payments.refund(cancelled.refunds[0].id)
    done = await order_of(paid.order.id)
    assert done.refunds[0].status == RefundStatus.SUCCEEDED
    assert done.events[-1].message == total.format()


async def test_an_unpaid_order_in_the_old_currency_gives_way_to_one_in_the_new() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    await add(ADA)
    with pytest.raises(PaymentDeclined) as declined:
        await check_out(ADA, Checkout(DETAILS, DECLINED_CARD))
    await choose(ADA, "EUR")
    assert await level("MUG") == (5, 1)
    paid = await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    assert paid.order.total.currency == "EUR"
    old = await order_of(UUID(declined.value.extra["order_id"]))
    assert (old.order.status, old.order.currency) == (OrderStatus.CANCELLED, "GBP")
    assert await level("MUG") == (4, 0)


async def test_an_unpaid_order_can_still_be_paid_as_it_was_placed() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    await add(ADA)
    with pytest.raises(PaymentDeclined) as declined:
        await check_out(ADA, Checkout(DETAILS, DECLINED_CARD))
    await choose(ADA, "EUR")
    paid = await payments.pay(UUID(declined.value.extra["order_id"]), GOOD_CARD, ADA)
    assert (paid.order.status, paid.order.total) == (OrderStatus.PAID, Money(1650, "GBP"))
    assert (await seen(ADA)).is_empty


async def test_a_cart_in_a_currency_that_is_offered_no_more_can_t_be_bought_before_it_is_changed() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    await add(IN_EUROS)
    await set_rate("EUR", 1_250_000, enabled=False)
    with pytest.raises(Conflict) as refusal:
        await check_out(IN_EUROS, Checkout(DETAILS, GOOD_CARD))
    assert refusal.value.code == "currency_not_offered"
    async with unit_of_work() as uow:
        cart = await carts.follow_choice(uow, owner_of(IN_EUROS))
    assert (cart.currency, cart.totals.total, cart.purchasable) == ("GBP", Money(1200, "GBP"), True)


async def test_what_an_account_chose_holds_on_its_other_devices() -> None:
    await stock_shop(MUG=5)
    await sell_in("EUR", 1_250_000)
    maya = await user("maya")
    await add(maya)
    await choose(maya, "EUR")
    assert maya.user_id
    async with unit_of_work() as uow:
        assert (await people.find(uow, maya.user_id)).currency == "EUR"
    assert (await seen(maya)).currency == "EUR"


async def test_at_sign_in_two_carts_become_one_in_the_present_choice() -> None:
    await stock_shop(MUG=5, JUG=5, CUP=5)
    await sell_in("EUR", 1_250_000)
    await sell_in("USD", 1_500_000, CUP=2000)
    maya = await user("maya")
    assert maya.user_id
    await add(replace(maya, currency="USD"), "MUG", 2)
    await add(replace(maya, currency="USD"), "CUP")
    await add(IN_EUROS, "MUG")
    await add(IN_EUROS, "JUG", 3)
    async with unit_of_work() as uow:
        await bring_cart_along(uow, maya.user_id, ADA.visitor, "EUR")
    cart = await seen(maya)
    assert cart.currency == "EUR"
    assert cart.quantities() == {"MUG": 3, "CUP": 1, "JUG": 3}
    assert cart.totals.total == Money(7 * 1500, "EUR")
    assert {line.problem for line in cart.lines} == {LineProblem.NONE}
    assert cart.version == 4


async def test_without_a_choice_the_account_s_cart_decides() -> None:
    await stock_shop(MUG=5, JUG=5)
    await sell_in("EUR", 1_250_000)
    maya = await user("maya")
    assert maya.user_id
    await add(maya)
    await add(IN_EUROS)
    await add(IN_EUROS, "JUG")
    async with unit_of_work() as uow:
        await bring_cart_along(uow, maya.user_id, ADA.visitor)
    cart = await seen(maya)
    assert (cart.totals.total, cart.quantities()) == (Money(3600, "GBP"), {"MUG": 2, "JUG": 1})
    assert cart.purchasable


async def test_delivery_and_its_threshold_cost_what_their_conversion_says() -> None:
    await sell_in("JPY", 190_000_000, step=10)
    async with unit_of_work() as uow:
        standard, express = await delivery.methods(uow, ADDRESS.destination, "JPY")
        assert (standard.price(Money(0, "JPY")), standard.free_from) == (Money(860, "JPY"), 11400)
        assert express.price(Money(0, "JPY")) == Money(1620, "JPY")
        free = await delivery.free_delivery(uow, "JPY")
    assert free
    assert free.threshold == Money(11400, "JPY")


async def test_a_choice_and_an_addition_at_once_leave_one_cart_in_one_currency() -> None:
    await stock_shop(MUG=50)
    await sell_in("EUR", 1_250_000)
    await add(ADA)
    await asyncio.gather(*(add(ADA) for _ in range(4)), choose(ADA, "EUR"), *(add(ADA) for _ in range(4)))
    cart = await seen(ADA)
    assert (cart.currency, cart.quantity, cart.totals.total) == ("EUR", 9, Money(13_500, "EUR"))
    assert cart.purchasable


async def test_nobody_needs_a_price_list_to_pay_in_the_store_s_own_currency() -> None:
    async with unit_of_work() as uow:
        assert await price_lists.currencies(uow) == ("GBP",)
        assert (await price_lists.chosen(uow, replace(ADA, currency="GBP"))).is_home
        assert (await price_lists.offered(uow, "")).is_home
        assert await carts.view_cart(uow, CartOwner()) == await carts.view_cart(uow, owner(ADA))
