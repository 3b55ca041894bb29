"""A gateway that answers late, wrongly or not at all: nothing is lost, nothing is charged twice, nothing is believed
that doesn't fit the order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import httpx
import pytest
import pytest_asyncio
from pydantic import SecretStr
from sqlmodel import select

from models.identity import Identity
from models.order import Order, OrderStatus
from models.payment import PaymentStatus
from sandbox.process import running
from services import bootstrap
from services.bootstrap import Resources
from services.cart import service as carts
from services.checkout.service import Checkout, check_out, expire_order
from services.errors import Conflict, Unavailable
from services.payment import gateway
from services.payment import service as payments
from services.unit_of_work import unit_of_work
from tests.shop_samples import DETAILS, GOOD_CARD, guest, level, owner, stock_shop

ADA = guest()


@pytest.fixture(scope="module")
def chaotic_gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    flags = ("--secret-key", "sk_test_chaos", "--publishable-key", "pk_test_chaos", "--chaos")
    with running("payment_gateway", tmp_path_factory.mktemp("gateway"), *flags) as address:
        yield address


@pytest_asyncio.fixture
async def chaos(
    chaotic_gateway: str, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Chaos]:
    settings = resources.settings.model_copy(
        update={
            "payment_gateway_url": chaotic_gateway,
            "payment_gateway_secret_key": SecretStr("sk_test_chaos"),
        }
    )
    impatient = httpx.AsyncClient(timeout=0.5)
    monkeypatch.setattr(bootstrap, "_current", replace(resources, settings=settings, http=impatient))
    chaos = Chaos(chaotic_gateway)
    yield chaos
    await chaos.set("none")
    await impatient.aclose()


class Chaos:
    """The switch of the gateway's misbehaviour."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def set(self, mode: str) -> None:
        async with httpx.AsyncClient() as client:
            (
                await client.post(f"{self.address}/chaos", json={"mode": mode, "seconds": 1.0})
            ).raise_for_status()


async def fill_cart(who: Identity = ADA) -> None:
    await stock_shop(MUG=2)
    async with unit_of_work() as uow:
        await carts.add_item(uow, owner(who), "MUG", 1)


async def only_order() -> Order:
    async with unit_of_work() as uow:
        return (await uow.session.exec(select(Order))).one()


async def succeeded(order: Order) -> int:
    """How often the gateway has taken the money of an order."""
    intent = await gateway.create_intent(str(order.id), order.total)
    found = await gateway.retrieve_intent(intent.id)
    return int(found.status is PaymentStatus.SUCCEEDED)


@pytest.mark.parametrize("mode", ["error", "slow", "drop_response_after_success"])
async def test_no_answer_keeps_order_and_cart_and_a_retry_charges_once(chaos: Chaos, mode: str) -> None:
    await fill_cart()
    await chaos.set(mode)
    with pytest.raises(Unavailable, match="nothing is charged twice"):
        await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    order = await only_order()
    assert order.status == OrderStatus.PENDING_PAYMENT
    assert await level("MUG") == (2, 1)
    await chaos.set("none")
    view = await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    assert (view.order.id, view.order.status) == (order.id, OrderStatus.PAID)
    assert await succeeded(order) == 1
    assert await level("MUG") == (1, 0)


async def test_a_charge_whose_answer_was_lost_is_found_by_the_job(chaos: Chaos) -> None:
    await fill_cart()
    await chaos.set("error")
    with pytest.raises(Unavailable):
        await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    order = await only_order()
    await chaos.set("none")
    intent = await gateway.create_intent(str(order.id), order.total)
    await chaos.set("drop_response_after_success")
    with pytest.raises(Unavailable):
        await gateway.confirm_intent(intent.id, GOOD_CARD, "http://localhost/")
    await chaos.set("none")
    assert (await payments.settle(order.id)).order.status == OrderStatus.PAID
    assert (await payments.settle(order.id)).order.status == OrderStatus.PAID


async def test_an_order_that_was_charged_after_all_is_not_given_away_by_its_expiry(chaos: Chaos) -> None:
    await fill_cart()
    await chaos.set("error")
    with pytest.raises(Unavailable):
        await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    order = await only_order()
    await chaos.set("none")
    intent = await gateway.create_intent(str(order.id), order.total)
    await gateway.confirm_intent(intent.id, GOOD_CARD, "http://localhost/")
    await expire_order(order.id)
    assert (await only_order()).status == OrderStatus.PAID
    assert await level("MUG") == (1, 0)


async def test_an_order_is_not_cancelled_while_the_gateway_cannot_confirm_that_it_is_unpaid(
    chaos: Chaos,
) -> None:
    await fill_cart()
    await chaos.set("error")
    with pytest.raises(Unavailable):
        await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    order = await only_order()
    with pytest.raises(Unavailable):
        await payments.cancel_order(order.id, by=ADA, reason="")
    assert (await only_order()).status == OrderStatus.PENDING_PAYMENT
    await chaos.set("none")
    await payments.cancel_order(order.id, by=ADA, reason="")
    assert (await only_order()).status == OrderStatus.CANCELLED
    intent = await gateway.create_intent(str(order.id), order.total)
    assert (await gateway.retrieve_intent(intent.id)).status is PaymentStatus.CANCELED


LIES = {
    "a smaller amount": {"amount": 1},
    "another currency": {"currency": "usd"},
    "another order": {"metadata": {"order_id": "0198c0de-0000-7000-8000-000000000000"}},
    "no order": {"metadata": None},
    "another intent": {"id": "pi_other"},
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
async def test_a_success_that_does_not_fit_the_order_ships_nothing(
    resources: Resources, monkeypatch: pytest.MonkeyPatch, lie: dict[str, object]
) -> None:
    await fill_cart()
    truth: dict[str, object] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        fields = dict(httpx.QueryParams(request.content.decode()))
        if request.url.path == "/v1/payment_intents":
            truth.update(
                id="pi_1",
                amount=int(fields["amount"]),
                currency=fields["currency"],
                status="requires_payment_method",
                metadata={"order_id": fields["metadata[order_id]"]},
            )
        told = truth | ({"status": "succeeded"} | lie if "seen" in truth else {})
        if request.url.path.endswith("/confirm"):
            truth["seen"] = True
        return httpx.Response(200, json=told)

    liar = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    monkeypatch.setattr(bootstrap, "_current", replace(resources, http=liar))
    with pytest.raises(Conflict, match="doesn't fit this order"):
        await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    assert (await only_order()).status == OrderStatus.PENDING_PAYMENT
    assert await level("MUG") == (2, 1)


@pytest.mark.parametrize("nonsense", ["", "[]", "null", "{}", '{"id": 1}', '{"status": "paid"}', "<html>"])
async def test_nonsense_counts_as_no_answer(
    resources: Resources, monkeypatch: pytest.MonkeyPatch, nonsense: str
) -> None:
    await fill_cart()
    babbler = httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(200, text=nonsense)))
    monkeypatch.setattr(bootstrap, "_current", replace(resources, http=babbler))
    with pytest.raises(Unavailable):
        await check_out(ADA, Checkout(DETAILS, GOOD_CARD))
    assert (await only_order()).status == OrderStatus.PENDING_PAYMENT
