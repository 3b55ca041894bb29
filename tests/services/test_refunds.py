"""What is given back is what was paid, to the last coin of any currency, and what the gateway refuses is not hidden."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy.exc import IntegrityError

from models.identity import STORE
from models.money import Money
from models.order import OrderStatus
from models.payment import Refund, RefundStatus
from models.pricing import TaxRules
from models.pricing.effects import AmountOff, BuyXGetY, FreeDelivery, PercentageOff
from services import bootstrap
from services.bootstrap import Resources
from services.cart import service as carts
from services.checkout.service import Checkout, check_out
from services.errors import Conflict, Invalid, PaymentDeclined, Unavailable
from services.order import service as orders
from services.order.service import OrderView
from services.payment import gateway
from services.payment import service as payments
from services.tax import service as taxes
from services.unit_of_work import unit_of_work
from tests.audit_samples import told
from tests.price_samples import sell_in
from tests.promotion_samples import offer
from tests.shop_samples import DECLINED_CARD, DETAILS, GOOD_CARD, MAYA, guest, stock_shop

pytestmark = pytest.mark.usefixtures("resources")

ADA = guest()
RATES = {"EUR": 1_171_234, "JPY": 190_512_345, "KWD": 401_234, "ISK": 170_123_456, "GBP": 1_000_000}


async def bought(currency: str) -> OrderView:
    """Three mugs and a bowl, three offers at once, and a delivery that is not quite free."""
    await stock_shop(MUG=9, BOWL=9)
    if currency != "GBP":
        await sell_in(currency, RATES[currency])
    await offer(name="A third", effect=PercentageOff(3333), skus=["MUG"])
    await offer(name="3 for 2", effect=BuyXGetY(2, 1, 7777))
    await offer(name="Parcel", effect=FreeDelivery(up_to=123), currency=currency)
    await offer(name="Penny", effect=AmountOff(37), currency=currency)
    who = replace(ADA, currency=currency)
    async with unit_of_work() as uow:
        for sku, quantity in {"MUG": 3, "BOWL": 1}.items():
            await carts.add_item(uow, carts.owner_of(who), sku, quantity)
    view = await check_out(who, Checkout(DETAILS, GOOD_CARD))
    assert view.order.currency == currency
    assert len(view.order.promotions) == 4
    return view


def tax(monkeypatch: pytest.MonkeyPatch, *, included: bool) -> None:
    """A rate at which nothing comes out even."""

    async def rules(*_: Any, **__: Any) -> TaxRules:
        return TaxRules(included, {"standard": 1755}, "VAT")

    monkeypatch.setattr(taxes, "rules", rules)


async def view_of(view: OrderView) -> OrderView:
    async with unit_of_work() as uow:
        return await orders.view_order(uow, await orders.find_order(uow, view.order.id))


async def refund_at_gateway(view: OrderView, amount: Money) -> RefundStatus:
    """By hand, as somebody at the gateway's own pages would."""
    assert view.payment.intent_id
    return await gateway.refund(view.payment.intent_id, amount, idempotency_key=f"by-hand-{view.order.id}")


@pytest.mark.parametrize("currency", RATES)
@pytest.mark.parametrize("included", [True, False], ids=["included", "on_top"])
async def test_lines_delivery_and_taxes_add_up_to_what_is_charged_and_given_back(
    currency: str, included: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tax(monkeypatch, included=included)
    view = await bought(currency)
    order = view.order
    assert order.discount_amount > 0
    lines = sum(item.unit_price_amount * item.quantity - item.discount_amount for item in view.items)
    delivery_tax = order.tax_amount - sum(item.tax_amount for item in view.items)
    assert 0 <= delivery_tax <= order.shipping_amount
    on_top = 0 if included else sum(item.tax_amount for item in view.items) + delivery_tax
    assert lines + order.shipping_amount + on_top == order.total_amount == view.payment.amount
    for item in view.items:
        assert sum(each["amount"] for each in item.discounts) == item.discount_amount
    assert sum(tax.amount.amount for tax in order.tax_lines) == order.tax_amount
    assert order.total == order.total.chargeable()
    assert view.payment.intent_id
    assert (await gateway.retrieve_intent(view.payment.intent_id)).amount == order.total

    await payments.cancel_order(order.id, by=MAYA, reason="changed her mind")
    (refund,) = (await view_of(view)).refunds
    await payments.refund(refund.id)
    done = await view_of(view)
    assert [(each.amount, each.status) for each in done.refunds] == [
        (order.total_amount, RefundStatus.SUCCEEDED)
    ]
    one_coin_more = Money(1, currency).chargeable()
    assert await refund_at_gateway(view, one_coin_more) is RefundStatus.SUCCEEDED, "nothing is left to refund"


@pytest.mark.parametrize("currency", ["GBP", "JPY", "KWD"])
@pytest.mark.parametrize("included", [True, False], ids=["included", "on_top"])
async def test_what_is_given_back_piece_by_piece_and_at_last_by_cancelling_is_what_was_paid(
    currency: str, included: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    tax(monkeypatch, included=included)
    view = await bought(currency)
    order_id = view.order.id
    await payments.refund_order(order_id, {"MUG": 1}, by=MAYA, reason="chipped")
    await payments.refund_order(order_id, {}, delivery=True, by=MAYA, reason="late")
    await payments.refund_order(order_id, {"MUG": 1, "BOWL": 1}, by=MAYA, reason="two more")
    await payments.cancel_order(order_id, by=MAYA, reason="the rest")
    for refund in (await view_of(view)).refunds:
        await payments.refund(refund.id)
    done = await view_of(view)
    assert [each.status for each in done.refunds] == [RefundStatus.SUCCEEDED] * 4
    assert sum(each.amount for each in done.refunds) == view.payment.amount == done.order.refunded_amount
    parts = [part for each in done.refunds for part in each.parts]
    assert sum(part["amount"] for part in parts) == view.order.total_amount
    assert sum(part["tax"] for part in parts) == view.order.tax_amount
    units = Counter[str]()
    for part in parts:
        units[part["sku"]] += part["units"]
    assert units == {"MUG": 3, "BOWL": 1, "": 1}
    assert await refund_at_gateway(view, view.order.total) is RefundStatus.SUCCEEDED, "nothing is left there"


async def test_two_who_give_back_the_same_at_once_give_it_back_once() -> None:
    view = await bought("GBP")

    async def give_back() -> str:
        try:
            await payments.refund_order(view.order.id, {"BOWL": 1}, by=MAYA, reason="broken")
        except Invalid as refused:
            return refused.code
        return "given back"

    assert sorted(await asyncio.gather(*(give_back() for _ in range(4)))) == ["given back", *["invalid"] * 3]
    assert len((await view_of(view)).refunds) == 1


async def test_what_cannot_be_given_back_is_said_and_changes_nothing() -> None:
    view = await bought("GBP")
    order_id = view.order.id
    for units in ({"MUG": 4}, {"JUG": 1}):
        with pytest.raises(Invalid, match="that the order has"):
            await payments.refund_order(order_id, units, by=MAYA, reason="wrong")
    await payments.refund_order(order_id, by=MAYA, reason="all")
    with pytest.raises(Conflict, match="Nothing is left"):
        await payments.refund_order(order_id, by=MAYA, reason="again")
    assert [each.amount for each in (await view_of(view)).refunds] == [view.order.total_amount]
    cancelled = await payments.cancel_order(order_id, by=MAYA, reason="and cancelled")
    assert len(cancelled.refunds) == 1


async def test_an_order_that_was_not_paid_has_nothing_to_give_back() -> None:
    await stock_shop(MUG=1)
    async with unit_of_work() as uow:
        await carts.add_item(uow, carts.owner_of(ADA), "MUG")
    with pytest.raises(PaymentDeclined) as declined:
        await check_out(ADA, Checkout(DETAILS, DECLINED_CARD))
    with pytest.raises(Conflict, match="was not paid"):
        await payments.refund_order(UUID(declined.value.extra["order_id"]), by=MAYA, reason="test")


async def test_the_database_itself_lets_nobody_give_back_more_than_was_paid() -> None:
    view = await bought("GBP")
    async with unit_of_work() as uow:
        order = await orders.lock_order(uow, view.order.id)
        orders.count_refund(uow, order, order.total_amount + 1)
        with pytest.raises(IntegrityError, match="refunded_within_total"):
            await uow.session.flush()
        await uow.session.rollback()


async def test_what_was_given_back_is_no_revenue_and_no_spending() -> None:
    view = await bought("GBP")
    await payments.refund_order(view.order.id, {"BOWL": 1}, by=MAYA, reason="broken")
    left = (await view_of(view)).order.not_refunded
    assert 0 < left.amount < view.order.total_amount
    async with unit_of_work() as uow:
        assert (await orders.todays_figures(uow)).revenue_today == left


async def test_a_refund_that_failed_can_be_begun_anew() -> None:
    view = await bought("GBP")
    asked = await payments.refund_order(view.order.id, {"BOWL": 1}, by=MAYA, reason="broken")
    by_hand = view.order.total - Money(1, "GBP")
    await refund_at_gateway(view, by_hand)
    await payments.refund(asked.refunds[0].id)
    failed = await view_of(view)
    assert (failed.refunds[0].status, failed.order.refunded_amount) == (RefundStatus.FAILED, 0)
    again = await payments.refund_order(view.order.id, {"BOWL": 1}, by=MAYA, reason="broken")
    assert again.order.refunded_amount == asked.refunds[0].amount


async def test_what_failed_after_the_rest_was_given_back_is_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three mugs that share a sum which is not theirs by three."""
    view = await bought("GBP")
    first = await payments.refund_order(view.order.id, {"MUG": 1}, by=MAYA, reason="chipped")
    await payments.cancel_order(view.order.id, by=MAYA, reason="all of it")

    async def refuses(*_: Any, **__: Any) -> RefundStatus:
        return RefundStatus.FAILED

    with monkeypatch.context() as patched:
        patched.setattr(gateway, "refund", refuses)
        await payments.refund(first.refunds[0].id)
    again = await payments.refund_order(view.order.id, {"MUG": 1}, by=MAYA, reason="chipped")
    assert again.order.refunded_amount == again.order.total_amount
    with pytest.raises(Conflict, match="Nothing is left"):
        await payments.refund_order(view.order.id, by=MAYA, reason="once more")


async def test_a_request_for_a_refund_that_comes_again_gives_back_once() -> None:
    """As after a process that died between giving back and keeping its answer."""
    view = await bought("GBP")
    asked = [
        await payments.refund_order(view.order.id, {"MUG": 1}, by=MAYA, reason="chipped", key="the same")
        for _ in range(2)
    ]
    assert [len(each.refunds) for each in asked] == [1, 1]
    other = await payments.refund_order(view.order.id, {"MUG": 1}, by=MAYA, reason="chipped", key="another")
    assert len(other.refunds) == 2


async def test_a_refund_that_does_not_say_what_it_was_for_was_for_all() -> None:
    """As the store wrote them when it gave back whole orders only."""
    view = await bought("GBP")
    async with unit_of_work() as uow:
        order = await orders.lock_order(uow, view.order.id)
        payment = await orders.payment_of(uow, order.id)
        old = Refund(payment_id=payment.id, amount=order.total_amount, reason="cancelled")
        uow.session.add(old)
    with pytest.raises(Conflict, match="Nothing is left"):
        await payments.refund_order(view.order.id, by=MAYA, reason="again")
    with pytest.raises(Invalid):
        await payments.refund_order(view.order.id, {"MUG": 1}, by=MAYA, reason="again")


async def test_who_gave_back_what_is_in_the_audit_log() -> None:
    view = await bought("GBP")
    given = await payments.refund_order(view.order.id, {"BOWL": 1}, by=MAYA, reason="broken")
    (entry,) = await told()
    assert entry == (
        "order.refunded",
        view.order.number,
        {
            "refunded": [
                {"amount": 0, "currency": "GBP"},
                {"amount": given.order.refunded_amount, "currency": "GBP"},
            ]
        },
    )


async def test_the_gateway_takes_kronur_in_hundredths(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    post = gateway._post

    async def listen(path: str, fields: dict[str, str], **more: Any) -> httpx.Response:
        asked.extend(fields[name] for name in ("amount",) if name in fields)
        return await post(path, fields, **more)

    monkeypatch.setattr(gateway, "_post", listen)
    view = await bought("ISK")
    assert view.order.status == OrderStatus.PAID
    assert asked == [f"{view.order.total_amount}00"]


async def test_money_given_back_at_the_gateway_by_hand_is_not_asked_for_for_ever() -> None:
    view = await bought("GBP")
    assert await refund_at_gateway(view, view.order.total) is RefundStatus.SUCCEEDED
    cancelled = await payments.cancel_order(view.order.id, by=MAYA, reason="given back already")
    await payments.refund(cancelled.refunds[0].id)
    assert [each.status for each in (await view_of(view)).refunds] == [RefundStatus.SUCCEEDED]


async def test_a_refund_that_the_gateway_refuses_is_shown_as_failed() -> None:
    """A part was given back by hand, so all of it is too much."""
    view = await bought("GBP")
    await refund_at_gateway(view, Money(100, "GBP"))
    cancelled = await payments.cancel_order(view.order.id, by=MAYA, reason="lost")
    for _ in range(2):
        await payments.refund(cancelled.refunds[0].id)
    done = await view_of(view)
    assert [each.status for each in done.refunds] == [RefundStatus.FAILED]
    assert done.events[-1].kind == "cancelled"


LIES: dict[str, tuple[httpx.Response, RefundStatus | None]] = {
    "failed": (httpx.Response(200, json={"status": "failed", "amount": 4000}), RefundStatus.FAILED),
    "another amount": (httpx.Response(200, json={"status": "succeeded", "amount": 1}), RefundStatus.FAILED),
    "on its way": (httpx.Response(200, json={"status": "pending", "amount": 4000}), RefundStatus.SUCCEEDED),
    "not the gateway": (httpx.Response(400, json={"error": "blocked"}), None),
    "no JSON": (httpx.Response(400, text="<html>"), None),
    "busy": (httpx.Response(429, json={"error": {"code": "rate_limit"}}), None),
    "wrong key": (httpx.Response(401, json={"error": {"code": "api_key_expired"}}), None),
}


@pytest.mark.parametrize("lie", LIES)
async def test_only_what_the_gateway_says_itself_ends_a_refund(
    lie: str, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, outcome = LIES[lie]
    liar = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: answer))
    monkeypatch.setattr(bootstrap, "_current", replace(resources, http=liar))
    asked = gateway.refund("pi_1", Money(4000, "GBP"), idempotency_key="refund-1")
    if outcome:
        assert await asked is outcome
    else:
        with pytest.raises(Unavailable):
            await asked


async def test_a_charge_of_a_cancelled_order_is_given_back_whole_and_once() -> None:
    view = await bought("GBP")
    await payments.cancel_order(view.order.id, by=STORE, reason="test")
    for _ in range(2):
        await payments.settle(view.order.id)
    assert [each.amount for each in (await view_of(view)).refunds] == [view.order.total_amount]
