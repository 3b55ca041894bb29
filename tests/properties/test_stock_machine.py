"""Carts, holds, orders and the warehouse in any order of events, beside a model in plain Python.

Payments go through the real sandbox gateway. `STOCK_EXAMPLES=300` runs more of them, other ones each time, and looks
for the shortest that fails.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine
from itertools import count
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, select

from models.cart import Cart, CartItem, CartStatus
from models.order import Order, OrderStatus
from models.payment import Payment, PaymentStatus
from models.stock import StockEntry, StockHold, StockLevel, StockReason
from services.bootstrap import Resources
from services.cart import service as carts
from services.checkout import holding
from services.checkout.service import Checkout, check_out, expire_order
from services.errors import StoreError
from services.inventory import service as inventory
from services.payment import gateway
from services.payment import service as payments
from services.unit_of_work import UnitOfWork, unit_of_work
from tests.properties.shop_model import Refused, Shop
from tests.services.test_checkout_holds import minutes_pass
from tests.shop_samples import DECLINED_CARD, DETAILS, GOOD_CARD, MAYA, guest, owner, stock_shop

MORE = int(os.environ.get("STOCK_EXAMPLES", "0"))
PROFILE = settings(
    max_examples=MORE or 15,
    phases=[*(Phase.explicit, Phase.generate), *([Phase.shrink] if MORE else [])],
    stateful_step_count=30,
    derandomize=not MORE,
    database=None,
    suppress_health_check=list(HealthCheck),
)
NAMES = ("ada", "bea", "cleo")
WARES = ("MUG", "BOWL")
DURATIONS = (37, 400, 1000, 3100)
"""In hundredths of a minute; their sums don't end on the very minute at which something would turn."""

T = TypeVar("T")
names, wares = st.sampled_from(NAMES), st.sampled_from(WARES)
few = st.integers(min_value=1, max_value=4)
_runs = count(1)

shopping = precondition(lambda self: any(self.shop.carts.values()))
holding_something = precondition(lambda self: self.shop.holds)


class StockMachine(RuleBasedStateMachine):
    """Each rule does the same in the store and in the model, and both refuse it or neither does.

    `loop` is where the store runs; the machine has a thread of its own.
    """

    loop: asyncio.AbstractEventLoop

    def __init__(self) -> None:
        super().__init__()
        self._run = next(_runs)
        self._orders: dict[str, UUID] = {}
        self._paid: list[UUID] = []

    def wait_for(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    def both(self, work: Coroutine[Any, Any, Any], model: Any) -> str:
        """Do the same in both; the name of the error, empty for none."""
        try:
            model()
            expected = ""
        except Refused as refused:
            expected = str(refused)
        try:
            self.wait_for(work)
            told = ""
        except StoreError as error:
            told = type(error).__name__
            note(f"{told}: {error.detail}")
        assert told == expected
        return told

    def sku(self, ware: str) -> str:
        return f"{ware}-{self._run}"

    def who(self, name: str) -> Any:
        return guest(f"{name}-{self._run}")

    def _holders(self) -> list[str]:
        """Whose cart has something in it that is held."""
        return [name for name in NAMES if self.shop.carts[name] and name in self.shop.holds]

    def somebody(self, data: st.DataObject) -> str:
        """Whose cart has something in it."""
        return data.draw(st.sampled_from([name for name in NAMES if self.shop.carts[name]]))

    @initialize(mugs=st.integers(1, 6), bowls=st.integers(2, 6), units=few)
    def open_shop(self, mugs: int, bowls: int, units: int) -> None:
        stock = {self.sku("MUG"): mugs, self.sku("BOWL"): bowls}
        self.wait_for(stock_shop(**stock))
        self.shop = Shop(dict(stock), {name: {} for name in NAMES})
        for name in NAMES:
            self.add(name, "MUG", 1)
            self.add(name, "BOWL", units)

    @rule(name=names, ware=wares, units=few)
    def add(self, name: str, ware: str, units: int) -> None:
        async def work() -> None:
            async with unit_of_work() as uow:
                await carts.add_item(uow, owner(self.who(name)), self.sku(ware), units)

        self.both(work(), lambda: self.shop.add(name, self.sku(ware), units))

    @shopping
    @rule(data=st.data(), units=st.integers(0, 4))
    def set_quantity(self, data: st.DataObject, units: int) -> None:
        name = self.somebody(data)
        sku = data.draw(st.sampled_from(sorted(self.shop.carts[name])))

        async def work() -> None:
            async with unit_of_work() as uow:
                await carts.set_quantity(uow, owner(self.who(name)), sku, units)

        self.both(work(), lambda: self.shop.set_quantity(name, sku, units))

    @precondition(lambda self: self._holders())
    @rule(data=st.data())
    def take_one_fewer_of_what_is_held(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(self._holders()))
        sku = data.draw(st.sampled_from(sorted(self.shop.carts[name])))
        units = self.shop.carts[name][sku] - 1

        async def work() -> None:
            async with unit_of_work() as uow:
                await carts.set_quantity(uow, owner(self.who(name)), sku, units)

        self.both(work(), lambda: self.shop.set_quantity(name, sku, units))

    @shopping
    @rule(data=st.data(), renewed=st.booleans())
    def be_at_the_checkout(self, data: st.DataObject, renewed: bool) -> None:
        name = self.somebody(data)
        act = holding.stay if renewed else holding.start
        self.both(self._with_cart(name, act), lambda: self.shop.start(name, renewed=renewed))

    @shopping
    @rule(data=st.data())
    def reserve(self, data: st.DataObject) -> None:
        name = self.somebody(data)
        self.both(self._with_cart(name, holding.reserve), lambda: self.shop.reserve(name))

    @holding_something
    @rule(name=names)
    def tell_that_the_time_is_over(self, name: str) -> None:
        self.both(self._with_cart(name, holding.end), lambda: self.shop.sweep(name))

    @shopping
    @rule(data=st.data(), pays=st.booleans())
    def check_out(self, data: st.DataObject, pays: bool) -> None:
        name = self.somebody(data)
        card = GOOD_CARD if pays else DECLINED_CARD
        work = check_out(self.who(name), Checkout(DETAILS, card))
        self._remember(name, self.both(work, lambda: self.shop.check_out(name, pays=pays)))

    @precondition(lambda self: self.shop.pending)
    @rule(data=st.data(), pays=st.booleans())
    def pay_the_open_order(self, data: st.DataObject, pays: bool) -> None:
        name = data.draw(st.sampled_from(sorted(self.shop.pending)))
        work = payments.pay(self._orders[name], GOOD_CARD if pays else DECLINED_CARD, self.who(name))
        self._remember(name, self.both(work, lambda: self.shop.pay(name, pays=pays)))

    @precondition(lambda self: self.shop.pending)
    @rule(data=st.data(), in_time=st.booleans())
    def give_up_the_open_order(self, data: st.DataObject, in_time: bool) -> None:
        name = data.draw(st.sampled_from(sorted(self.shop.pending)))
        order = self._orders.pop(name)
        work = payments.cancel_order(order, by=self.who(name), reason="") if in_time else expire_order(order)
        self.both(work, lambda: self.shop.cancel(name))

    @precondition(lambda self: self._paid)
    @rule(data=st.data())
    def send_a_paid_order_back(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(0, len(self._paid) - 1))
        work = payments.cancel_order(self._paid.pop(number), by=MAYA, reason="returned")
        self.both(work, lambda: self.shop.return_paid(number))

    @precondition(lambda self: self._paid)
    @rule(data=st.data())
    def hear_of_a_payment_once_more(self, data: st.DataObject) -> None:
        order = data.draw(st.sampled_from(self._paid))
        self.wait_for(payments.settle(order))
        self.wait_for(expire_order(order))

    @holding_something
    @rule(duration=st.sampled_from(DURATIONS))
    def time_passes(self, duration: int) -> None:
        self.both(minutes_pass(duration / 100), lambda: self.shop.time_passes(duration))

    @holding_something
    @rule()
    def sweep(self) -> None:
        async def work() -> None:
            left = True
            while left:
                async with unit_of_work() as uow:
                    left = bool(await inventory.release_expired(uow))

        self.both(work(), self.shop.sweep)

    @rule(ware=wares, delta=st.integers(-4, 6), counted=st.booleans())
    def staff_change_the_stock(self, ware: str, delta: int, counted: bool) -> None:
        sku = self.sku(ware)
        units = self.shop.on_hand[sku] + delta

        async def work() -> None:
            async with unit_of_work() as uow:
                if counted:
                    await inventory.set_on_hand(uow, sku, units, by=MAYA)
                else:
                    await inventory.adjust(uow, sku, delta, reason=StockReason.COUNTED, by=MAYA)

        self.both(work(), lambda: self.shop.count(sku, units))

    @invariant()
    def the_books_are_those_of_the_model(self) -> None:
        self.wait_for(self._compare())

    def teardown(self) -> None:
        """The gateway has taken the money of each order that was paid, once, and of no other."""
        self.wait_for(self._compare_money())

    async def _with_cart(self, name: str, act: Any) -> None:
        async with unit_of_work() as uow:
            cart = await carts.lock_own_cart(uow, owner(self.who(name)))
            if cart:
                await act(uow, cart)

    def _remember(self, name: str, refused: str) -> None:
        """Which order is the one that the model has pending, or as the last paid."""
        order = self.wait_for(self._latest_order(name))
        if not refused and order:
            self._orders.pop(name, None)
            self._paid.append(order.id)
        elif name in self.shop.pending and order:
            self._orders[name] = order.id
        else:
            self._orders.pop(name, None)

    async def _latest_order(self, name: str) -> Order | None:
        async with unit_of_work() as uow:
            mine = select(Order).where(Order.visitor == self.who(name).visitor).order_by(col(Order.id).desc())
            return (await uow.session.exec(mine)).first()

    async def _compare(self) -> None:
        skus = list(self.shop.on_hand)
        async with unit_of_work() as uow:
            levels = await inventory.levels(uow, skus)
            ledger = await _ledger(uow, skus)
            holds = await _held(uow, skus)
            lines = {name: await self._lines(uow, name) for name in NAMES}
        for sku in skus:
            level = levels[sku]
            assert (level.on_hand, level.reserved) == (self.shop.on_hand[sku], self.shop.reserved(sku))
            assert level.reserved == holds[sku]
            assert level.available >= 0
            assert ledger[sku] == (level.on_hand, level.reserved)
        assert lines == self.shop.carts

    async def _lines(self, uow: UnitOfWork, name: str) -> dict[str, int]:
        mine = (Cart.visitor == self.who(name).visitor, Cart.status == CartStatus.OPEN.value)
        query = (
            select(CartItem.sku, CartItem.quantity).join(Cart, col(Cart.id) == CartItem.cart_id).where(*mine)
        )
        return dict((await uow.session.exec(query)).all())

    async def _compare_money(self) -> None:
        visitors = [self.who(name).visitor for name in NAMES]
        async with unit_of_work() as uow:
            query = select(Order, Payment).join(Payment).where(col(Order.visitor).in_(visitors))
            found = (await uow.session.exec(query)).all()
        taken = [
            order
            for order, payment in found
            if payment.intent_id
            and (await gateway.retrieve_intent(payment.intent_id)).status is PaymentStatus.SUCCEEDED
        ]
        assert {order.id for order in taken} == {order.id for order, _ in found if order.paid_at}
        assert len({payment.intent_id for _, payment in found}) == len(found)
        assert sum(order.status == OrderStatus.PAID for order in taken) == len(self.shop.paid)


async def _ledger(uow: UnitOfWork, skus: list[str]) -> dict[str, tuple[int, int]]:
    sums = (sa.func.sum(StockEntry.on_hand_delta), sa.func.sum(StockEntry.reserved_delta))
    query = select(StockLevel.sku, *sums).join(StockEntry, isouter=True).where(col(StockLevel.sku).in_(skus))
    rows = (await uow.session.exec(query.group_by(col(StockLevel.sku)))).all()
    found = {sku: (int(on_hand or 0), int(reserved or 0)) for sku, on_hand, reserved in rows}
    return {sku: found.get(sku, (0, 0)) for sku in skus}


async def _held(uow: UnitOfWork, skus: list[str]) -> dict[str, int]:
    query = select(StockHold.sku, sa.func.sum(StockHold.quantity)).where(col(StockHold.sku).in_(skus))
    return dict.fromkeys(skus, 0) | dict((await uow.session.exec(query.group_by(col(StockHold.sku)))).all())


async def test_any_order_of_events_leaves_the_books_as_the_model_says(resources: Resources) -> None:
    class Here(StockMachine):
        loop = asyncio.get_running_loop()

    await asyncio.to_thread(run_state_machine_as_test, Here, settings=PROFILE)
