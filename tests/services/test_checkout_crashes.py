"""The checkout when a process dies between two of its steps, and when two processes do the same at once.

A child process kills itself with SIGKILL where a test says. Then time passes, and what was queued is done.
"""

from __future__ import annotations

from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa

from models.ids import new_id
from models.order import OrderStatus
from services.cart import service as carts
from services.checkout import holding
from services.checkout.service import Checkout, check_out, expire_order
from services.inventory import service as inventory
from services.order import service as orders
from services.payment import service as payments
from services.unit_of_work import unit_of_work
from tests.api.test_orders import cart_with, event, order_for
from tests.services.another_process import Act, at_once
from tests.services.test_checkout import all_orders, cart_of, charged, fill_cart
from tests.services.test_checkout_holds import minutes_pass, sweep
from tests.shop_samples import DETAILS, GOOD_CARD, guest, ledger_sums, level, owner, stock_shop

pytestmark = pytest.mark.usefixtures("resources")

ADA = guest()
PRICE = 1650

BEFORE_MONEY = (
    "after services.inventory.holds_repository.put",
    "after services.checkout.holding.reserve",
    "before services.checkout.service.check_out",
    "after services.order.repository.add",
    "after second services.inventory.service.hold",
    "before services.payment.service.pay",
    "before services.payment.gateway.create_intent",
    "after services.payment.gateway.create_intent",
    "before services.payment.gateway.confirm_intent",
)
CHARGED = "after services.payment.gateway.confirm_intent"
AFTER_MONEY = (
    CHARGED,
    "after services.inventory.service.sell",
    "after services.cart.service.take_ordered",
    "after services.payment.service.record",
)


async def dies(name: str, *arguments: str, at: str) -> None:
    assert await at_once(Act(name, arguments, at)) == [None]


async def queued(task: str) -> list[dict[str, str]]:
    """What the jobs of this name are to work on."""
    statement = sa.text("SELECT args FROM procrastinate_jobs WHERE task_name = :task ORDER BY id")
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        return list((await connection.execute(statement, {"task": task})).scalars())


async def payments_are_settled() -> None:
    """A minute later: the store has asked the gateway."""
    for arguments in await queued(payments.SETTLE_TASK):
        await payments.settle(UUID(arguments["order_id"]))


async def everything_queued_is_done() -> None:
    """An hour later: holds are over, and the jobs have had their turn, those of payments first."""
    await minutes_pass(61)
    await sweep()
    await payments_are_settled()
    for arguments in await queued(orders.EXPIRY_TASK):
        await expire_order(UUID(arguments["order_id"]))
    for arguments in await queued(inventory.END_TASK):
        async with unit_of_work() as uow:
            await inventory.end_hold(uow, UUID(arguments["holder_id"]))


async def expect_sold() -> None:
    """Once: one order, one charge, one unit, and the cart is empty."""
    assert [order.status for order in await all_orders() if order.paid_at] == [OrderStatus.PAID]
    assert await charged() == PRICE
    assert await level("MUG") == await ledger_sums("MUG") == (1, 0)
    assert await cart_of() == {}


async def expect_nothing_sold() -> None:
    """All units are back on the shelf, and the cart is as it was."""
    assert [order for order in await all_orders() if order.status != OrderStatus.CANCELLED] == []
    assert await charged() == 0
    assert await level("MUG") == await ledger_sums("MUG") == (2, 0)
    assert await cart_of() == {"MUG": 1}


@pytest.mark.parametrize("point", BEFORE_MONEY)
async def test_a_process_that_dies_before_the_charge_leaves_the_cart_and_gives_the_stock_back(
    point: str,
) -> None:
    await stock_shop(MUG=2)
    await fill_cart(MUG=1)
    key = str(new_id())
    await dies("buy", ADA.visitor, key, at=point)
    assert await cart_of() == {"MUG": 1}
    on_hand, reserved = await level("MUG")
    assert (on_hand, reserved) in ((2, 0), (2, 1))
    assert await ledger_sums("MUG") == (on_hand, reserved)
    await everything_queued_is_done()
    await expect_nothing_sold()
    await check_out(ADA, Checkout(DETAILS, GOOD_CARD, key=key))
    await expect_sold()


@pytest.mark.parametrize("point", AFTER_MONEY)
async def test_a_process_that_dies_after_the_charge_leaves_an_order_that_gets_paid(point: str) -> None:
    await stock_shop(MUG=2)
    await fill_cart(MUG=1)
    key = str(new_id())
    await dies("buy", ADA.visitor, key, at=point)
    assert await charged() == PRICE
    await payments_are_settled()
    await expect_sold()
    await everything_queued_is_done()
    await check_out(ADA, Checkout(DETAILS, GOOD_CARD, key=key))
    await expect_sold()
    assert len(await queued("notification.order_confirmation")) == 1


@pytest.mark.parametrize("point", [*BEFORE_MONEY[4:], *AFTER_MONEY[:2]])
async def test_who_pays_again_at_once_pays_once(point: str) -> None:
    await stock_shop(MUG=2)
    await fill_cart(MUG=1)
    await dies("buy", ADA.visitor, "first", at=point)
    assert (await check_out(ADA, Checkout(DETAILS, GOOD_CARD, key="second"))).order.status == OrderStatus.PAID
    await everything_queued_is_done()
    await expect_sold()


@pytest.mark.parametrize(
    "point",
    [
        "before services.payment.service.record",
        "after services.payment.service.record",
        "after services.payment.repository.record_webhook_event",
    ],
)
async def test_a_process_that_dies_over_a_webhook_leaves_it_to_the_next_one(point: str) -> None:
    """A gateway sends the same event again until it is answered."""
    await stock_shop(MUG=2)
    await fill_cart(MUG=1)
    await dies("buy", ADA.visitor, "first", at=CHARGED)
    (order,) = await all_orders()
    told = event(str(order.id)).decode()
    await dies("webhook", told, at=point)
    for _ in range(2):
        assert await at_once(Act("webhook", (told,))) == [200]
        await expect_sold()
    await everything_queued_is_done()
    await expect_sold()


async def test_the_same_key_at_once_in_two_processes_makes_one_order(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=2)
    cart, key = await cart_with(api, MUG=1), str(new_id())
    answers = await at_once(*[Act("order", (cart, key, "3"))] * 2)
    statuses = [status for each in answers for status in each]
    assert len(statuses) == 6
    assert 201 in statuses
    assert set(statuses) <= {201, 409}
    assert len(await all_orders()) == 1
    assert await charged() == PRICE
    assert await level("MUG") == await ledger_sums("MUG") == (1, 0)
    again = await api.post("/api/v1/orders", json=order_for(cart), headers={"idempotency-key": key})
    assert (again.status_code, again.headers["idempotent-replayed"]) == (201, "true")


async def test_the_same_click_at_once_in_two_processes_pays_once() -> None:
    await stock_shop(MUG=2)
    await fill_cart(MUG=1)
    assert "paid" in await at_once(*[Act("buy", (ADA.visitor, "click"))] * 2)
    await expect_sold()


async def test_a_key_whose_process_died_works_again_after_a_minute(api: httpx.AsyncClient) -> None:
    await stock_shop(MUG=2)
    cart, key = await cart_with(api, MUG=1), str(new_id())
    await dies("order", cart, key, at=CHARGED)
    in_flight = await api.post("/api/v1/orders", json=order_for(cart), headers={"idempotency-key": key})
    assert (in_flight.status_code, in_flight.json()["code"]) == (409, "idempotency_in_flight")
    async with unit_of_work() as uow:
        connection = await uow.session.connection()
        await connection.execute(
            sa.text("UPDATE idempotency_records SET created_at = created_at - interval '61 seconds'")
        )
    again = await api.post("/api/v1/orders", json=order_for(cart), headers={"idempotency-key": key})
    assert (again.status_code, again.json()["status"]) == (201, "paid")
    assert len(await all_orders()) == 1
    assert await charged() == PRICE


async def test_a_hold_whose_process_died_is_the_shoppers_still() -> None:
    """Held and committed, and nobody got the answer."""
    await stock_shop(MUG=2)
    await fill_cart(MUG=1)
    await dies("buy", ADA.visitor, "first", at="before services.checkout.service.check_out")
    async with unit_of_work() as uow:
        cart = await carts.lock_own_cart(uow, owner(ADA))
        assert cart
        found = await holding.look(uow, cart)
    assert found
    assert dict(found.quantities) == {"MUG": 1}
