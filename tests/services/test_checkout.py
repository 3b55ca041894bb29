"""From the cart to a paid order, against the real databases and the real gateway."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from models.catalog import CategoryDraft, Option, ProductDraft, ProductStatus, Variant
from models.identity import STORE, Identity
from models.money import Money
from models.order import Order, OrderEventKind, OrderStatus
from models.payment import Payment, PaymentStatus
from models.stock import StockHold
from services.bootstrap import Resources
from services.cart import service as carts
from services.catalog import service as catalog
from services.checkout import service as checkout
from services.checkout.service import Checkout, check_out, expire_order
from services.errors import Conflict, InsufficientStock, Invalid, NotFound, PaymentDeclined, PriceChanged
from services.order import service as orders
from services.order.service import CheckoutDetails, OrderView
from services.payment import gateway
from services.payment import service as payments
from services.unit_of_work import unit_of_work
from tests.shop_samples import (
    ADDRESS,
    DECLINED_CARD,
    DETAILS,
    GOOD_CARD,
    MAYA,
    guest,
    ledger_sums,
    level,
    owner,
    set_price,
    stock_shop,
    user,
)
from tests.states.purchases import set_on_hand

pytestmark = pytest.mark.usefixtures("resources")

ADA = guest()


async def fill_cart(who: Identity = ADA, **quantities: int) -> None:
    async with unit_of_work() as uow:
        for sku, quantity in quantities.items():
            await carts.add_item(uow, owner(who), sku, quantity)


async def cart_of(who: Identity = ADA) -> dict[str, int]:
    async with unit_of_work() as uow:
        return (await carts.view_cart(uow, owner(who))).quantities()


async def buy(who: Identity = ADA, card: str = GOOD_CARD, **changes: object) -> OrderView:
    return await check_out(who, Checkout(DETAILS, card, **changes))  # type: ignore[arg-type]


async def all_orders() -> list[Order]:
    async with unit_of_work() as uow:
        return list(await uow.session.exec(select(Order).order_by(Order.number)))


async def charged() -> int:
    """What the gateway has really taken for the orders there are, in pence."""
    async with unit_of_work() as uow:
        intents = [payment.intent_id for payment in await uow.session.exec(select(Payment))]
    found = [await gateway.retrieve_intent(intent) for intent in intents if intent]
    return sum(intent.amount.amount for intent in found if intent.status is PaymentStatus.SUCCEEDED)


async def jobs(name: str) -> int:
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        query = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :name")
        return int((await connection.execute(query, {"name": name})).scalar_one())


async def test_a_purchase_takes_the_money_the_stock_and_the_cart() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await fill_cart(MUG=2, BOWL=1)
    view = await buy(expected_total=Money(4050, "GBP"))
    assert view.order.status == OrderStatus.PAID
    assert view.payment.status == PaymentStatus.SUCCEEDED
    assert view.order.total == Money(4050, "GBP")
    assert [event.kind for event in view.events] == [OrderEventKind.PLACED, OrderEventKind.PAID]
    assert await cart_of() == {}
    assert await level("MUG") == await ledger_sums("MUG") == (3, 0)
    assert await charged() == 4050
    assert await jobs("notification.order_confirmation") == 1


async def test_a_double_click_pays_once() -> None:
    await stock_shop(MUG=5)
    await fill_cart(MUG=1)
    results = await asyncio.gather(*(buy() for _ in range(6)), return_exceptions=True)
    paid = [result for result in results if isinstance(result, OrderView)]
    assert paid
    assert {view.order.id for view in paid} == {(await all_orders())[0].id}
    assert len(await all_orders()) == 1
    assert await charged() == 1650
    assert await level("MUG") == (4, 0)


async def test_a_declined_card_keeps_cart_order_and_stock_and_another_card_pays() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    with pytest.raises(PaymentDeclined, match="declined"):
        await buy(card=DECLINED_CARD)
    assert await cart_of() == {"MUG": 1}
    assert await level("MUG") == (1, 1)
    async with unit_of_work() as uow:
        assert (await carts.view_cart(uow, owner(ADA))).purchasable
    view = await buy()
    assert view.order.status == OrderStatus.PAID
    assert len(await all_orders()) == 1
    assert [event.kind for event in view.events].count(OrderEventKind.PAYMENT_DECLINED) == 1
    assert await charged() == 1650


async def test_insufficient_funds_are_named() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    with pytest.raises(PaymentDeclined, match="not enough funds"):
        await buy(card="pm_card_chargeDeclinedInsufficientFunds")


async def test_changing_the_cart_after_a_decline_replaces_the_order() -> None:
    await stock_shop(MUG=5)
    await fill_cart(MUG=1)
    with pytest.raises(PaymentDeclined):
        await buy(card=DECLINED_CARD)
    await fill_cart(MUG=1)
    view = await buy()
    first, second = await all_orders()
    assert (first.status, second.status) == (OrderStatus.CANCELLED, OrderStatus.PAID)
    assert view.order.id == second.id
    assert await level("MUG") == await ledger_sums("MUG") == (3, 0)
    assert await charged() == second.total_amount


async def test_an_unpaid_order_is_given_up_also_for_a_cart_that_can_not_be_had() -> None:
    await stock_shop(MUG=2)
    await fill_cart(MUG=1)
    with pytest.raises(PaymentDeclined):
        await buy(card=DECLINED_CARD)
    await fill_cart(MUG=1)
    await set_on_hand("MUG", 1)
    with pytest.raises(InsufficientStock):
        await buy()
    (order,) = await all_orders()
    assert order.status == OrderStatus.CANCELLED
    assert await level("MUG") == await ledger_sums("MUG") == (1, 0)


async def test_an_order_that_another_tab_placed_meanwhile_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    await stock_shop(MUG=5)
    await fill_cart(MUG=1)
    with pytest.raises(PaymentDeclined):
        await buy(card=DECLINED_CARD)
    (order,) = await all_orders()
    await fill_cart(MUG=1)

    async def is_there_again(*_: Any) -> None: ...

    monkeypatch.setattr(checkout, "_drop", is_there_again)
    with pytest.raises(Conflict, match=f"{order.number}.*Try again") as refused:
        await buy()
    assert (refused.value.code, refused.value.extra["order_id"]) == ("order_pending", str(order.id))


async def test_buyers_of_the_last_unit_get_one_order() -> None:
    await stock_shop(MUG=1)
    buyers = [guest(f"buyer-{number}") for number in range(8)]
    for buyer in buyers:
        await fill_cart(buyer, MUG=1)
    results = await asyncio.gather(*(buy(buyer) for buyer in buyers), return_exceptions=True)
    assert sum(isinstance(result, OrderView) for result in results) == 1
    assert sum(isinstance(result, InsufficientStock) for result in results) == 7
    assert await level("MUG") == (0, 0)
    assert await charged() == 1650


async def test_a_price_change_stops_the_order_until_it_is_seen() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    await set_price("MUG", 1500)
    with pytest.raises(PriceChanged, match=r"£19\.50"):
        await buy()
    with pytest.raises(PriceChanged):
        await buy(expected_total=Money(1650, "GBP"))
    assert (await buy(expected_total=Money(1950, "GBP"))).order.total_amount == 1950


async def test_an_empty_cart_and_an_unserved_country_are_explained() -> None:
    await stock_shop(MUG=1)
    with pytest.raises(Invalid, match="empty"):
        await buy()
    await fill_cart(MUG=1)
    wellington = ADDRESS.model_copy(update={"city": "Wellington", "postal_code": "6011", "country": "NZ"})
    abroad = DETAILS.model_copy(update={"shipping_address": wellington})
    with pytest.raises(Invalid, match="deliver to this country"):
        await check_out(ADA, Checkout(abroad, GOOD_CARD))
    assert await cart_of() == {"MUG": 1}


async def test_nobody_elses_order_can_be_seen_paid_or_told_from_a_missing_one() -> None:
    await stock_shop(MUG=1)
    maya, bob = await user("maya"), await user("bob")
    await fill_cart(maya, MUG=1)
    with pytest.raises(PaymentDeclined):
        await buy(maya, DECLINED_CARD)
    order = (await all_orders())[0]
    with pytest.raises(NotFound):
        await payments.pay(order.id, GOOD_CARD, bob)
    async with unit_of_work() as uow:
        with pytest.raises(NotFound):
            await orders.get_order(uow, order.id, bob)
        assert (await orders.get_order(uow, order.id, maya)).order.id == order.id


async def test_an_unpaid_order_gives_its_stock_back_in_the_end() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    with pytest.raises(PaymentDeclined):
        await buy(card=DECLINED_CARD)
    order = (await all_orders())[0]
    await expire_order(order.id)
    await expire_order(order.id)
    assert (await all_orders())[0].status == OrderStatus.CANCELLED
    assert await level("MUG") == await ledger_sums("MUG") == (1, 0)
    assert await cart_of() == {"MUG": 1}
    with pytest.raises(Conflict, match="cancelled"):
        await payments.pay(order.id, GOOD_CARD, ADA)


async def test_a_paid_order_does_not_expire() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    view = await buy()
    await expire_order(view.order.id)
    assert (await all_orders())[0].status == OrderStatus.PAID


async def test_a_crash_after_the_charge_is_settled_later_and_charges_once() -> None:
    """The process dies between the gateway's answer and writing it down."""
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    async with unit_of_work() as uow:
        cart = await carts.view_cart(uow, owner(ADA))
        found = await carts.find_cart(uow, cart.id, ADA)  # type: ignore[arg-type]
        order = await orders.place_order(uow, found, ADA, DETAILS)
    intent = await gateway.create_intent(str(order.id), order.total)
    await gateway.confirm_intent(intent.id, GOOD_CARD, "http://localhost/")
    async with unit_of_work() as uow:
        await uow.session.exec(sa.update(Payment).values(attempts=1))
    view = await payments.settle(order.id)
    assert view.order.status == OrderStatus.PAID
    assert (await payments.pay(order.id, GOOD_CARD, ADA)).order.status == OrderStatus.PAID
    assert await charged() == 1650
    assert await level("MUG") == (0, 0)


async def test_what_was_added_during_the_payment_stays_in_the_cart() -> None:
    await stock_shop(MUG=5, BOWL=5)
    await fill_cart(MUG=1)
    with pytest.raises(PaymentDeclined):
        await buy(card=DECLINED_CARD)
    order = (await all_orders())[0]
    await fill_cart(BOWL=1, MUG=1)
    await payments.pay(order.id, GOOD_CARD, ADA)
    assert await cart_of() == {"MUG": 1, "BOWL": 1}


async def test_cancelling_a_paid_order_returns_stock_and_money_once() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    order = (await buy()).order
    await payments.cancel_order(order.id, by=MAYA, reason="changed my mind")
    with pytest.raises(Conflict):
        await payments.cancel_order(order.id, by=MAYA, reason="again")
    async with unit_of_work() as uow:
        refund = (await orders.view_order(uow, await orders.lock_order(uow, order.id))).refunds[0]
    for _ in range(2):
        await payments.refund(refund.id)
    async with unit_of_work() as uow:
        view = await orders.get_order(uow, order.id, ADA)
    assert [event.kind for event in view.events][-2:] == [OrderEventKind.CANCELLED, OrderEventKind.REFUNDED]
    assert view.refunds[0].status == "succeeded"
    assert await level("MUG") == await ledger_sums("MUG") == (1, 0)


async def test_shipping_follows_the_table_of_steps() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    order = (await buy()).order
    async with unit_of_work() as uow:
        with pytest.raises(Conflict):
            await orders.deliver(uow, order.id, by=MAYA)
    async with unit_of_work() as uow:
        await orders.ship(uow, order.id, tracking="RM123", by=MAYA)
    async with unit_of_work() as uow:
        view = await orders.deliver(uow, order.id, by=MAYA)
    assert view.order.status == OrderStatus.DELIVERED
    with pytest.raises(Conflict):
        await payments.cancel_order(order.id, by=MAYA, reason="too late")


async def test_a_failed_order_leaves_nothing_behind(resources: Resources) -> None:
    await stock_shop(MUG=2)
    await fill_cart(MUG=2)
    await fill_cart(guest("bob"), MUG=1)
    await buy()
    with pytest.raises(InsufficientStock):
        await buy(guest("bob"))
    assert len(await all_orders()) == 1
    async with unit_of_work() as uow:
        assert not list(await uow.session.exec(select(StockHold)))


def test_an_address_without_a_street_is_not_an_address() -> None:
    with pytest.raises(ValueError, match="line1"):
        CheckoutDetails.model_validate(
            {**DETAILS.model_dump(), "shipping_address": {**ADDRESS.model_dump(), "line1": "  "}}
        )


async def test_the_card_that_paid_is_remembered_by_its_last_digits() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    payment = (await buy()).payment
    assert (payment.card_brand, payment.card_last4) == ("visa", "4242")


async def test_a_card_token_that_is_none_is_told_apart_from_a_declined_card() -> None:
    await stock_shop(MUG=1)
    await fill_cart(MUG=1)
    with pytest.raises(PaymentDeclined, match="couldn't be read"):
        await buy(card="pm_made_up")
    assert (await buy()).order.status == OrderStatus.PAID


async def test_an_order_names_the_options_in_the_order_of_the_product() -> None:
    chosen = {"Size": "Large", "Colour": "Moss", "A": "1"}
    async with unit_of_work() as uow:
        await catalog.create_category(uow, CategoryDraft(slug="mugs", name="Mugs"), by=STORE)
        draft = ProductDraft(
            slug="mug",
            title="Mug",
            category="mugs",
            status=ProductStatus.ACTIVE,
            options=[Option(name=name, values=[value]) for name, value in chosen.items()],
            variants=[Variant(sku="MUG", options=chosen, price=Money(1200, "GBP"))],
        )
        await catalog.create_product(uow, draft, stock={"MUG": 1}, by=STORE)
    await fill_cart(MUG=1)
    assert list((await buy()).items[0].options.items()) == list(chosen.items())
