"""The page of one order: how it stands, and what its buyer can do about it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import reflex as rx
import structlog

from models.order import OrderStatus
from services.cart import service as carts
from services.cart.service import owner_of
from services.errors import Conflict, InsufficientStock, NotFound, StoreError, Unavailable
from services.live import topics
from services.order import service as orders
from services.order.service import OrderView
from services.payment import service as payments
from services.unit_of_work import unit_of_work
from store_app.live import Update, watch
from store_app.states.cart import show_cart
from store_app.states.focus import focus
from store_app.states.live_words import say
from store_app.states.parsing import identifier, short_text
from store_app.states.payment import (
    PaymentState,
    begin,
    open_card_form,
    payment_method_of,
    refuse,
    way_on,
)
from store_app.states.session import forget_look_up, identity_of
from store_app.states.toasts import toast
from store_app.view_models.order import OrderDetail, of_order

log = structlog.get_logger()

WATCH_EVERY_SECONDS = 1.0
WATCH_TIMES = 20
THANKS_TITLE = "thanks-title"
"""Id of the confirmation's heading, to which focus goes."""
ORDER = "order"
"""The name under which a tab watches the order that it shows."""


class OrderState(rx.State):
    """`order` belongs to the address with `shown_for` in it; it is empty when this person has no such order.

    The confirmation of `_thanked_for` had the focus: a page that connects again leaves it where the reader is.
    """

    order: OrderDetail = OrderDetail()
    shown_for: str = ""
    _thanked_for: str = ""

    @rx.event
    async def load(self) -> Any:
        """Show the order as it stands, after asking the gateway about a payment that was left in the middle."""
        try:
            order_id = self._order_id()
            async with unit_of_work() as uow:
                view = await orders.get_order(uow, order_id, await identity_of(uow, self))
        except NotFound:
            self.order, self.shown_for = OrderDetail(), self._asked_for()
            return None
        await open_card_form(self, uow.settings)
        follow_up = await self._show(await self._settled(view))
        self.shown_for = self._asked_for()
        watch(self, ORDER, [topics.order(order_id)], refresh_order)
        if not follow_up and self.router.url.path.endswith("/thanks") and self._thanked_for != self.shown_for:
            self._thanked_for = self.shown_for
            await focus(self, THANKS_TITLE)
        return follow_up

    @rx.event(background=True)
    async def watch(self) -> None:
        """Wait for the gateway's word on a payment it is working on, as long as its page is open."""
        for _ in range(WATCH_TIMES):
            await asyncio.sleep(WATCH_EVERY_SECONDS)
            try:
                async with self:
                    if not await self._waits_for_word():
                        return
                    order_id = UUID(self.order.id)
                view = await payments.settle(order_id)
            except Unavailable:
                continue
            except Conflict:
                return
            async with self:
                if self.order.id == str(order_id):
                    await self._show(view)

    @rx.event
    async def pay(self, form: dict[str, Any]) -> AsyncIterator[Any]:
        """Charge the card for which the form has a token; nothing while that is under way."""
        payment = await self.get_state(PaymentState)
        if payment.busy or self.order.status != OrderStatus.PENDING_PAYMENT:
            return
        begin(payment)
        yield
        leaving = False
        try:
            method = payment_method_of(form)
            async with unit_of_work() as uow:
                identity = await identity_of(uow, self)
            view = await payments.pay(self._order_id(), method, identity)
            leaving = True
        except StoreError as error:
            log.info("payment_refused", code=error.code, detail=error.detail)
            await refuse(payment, error.detail)
            return
        finally:
            payment.busy = leaving
        yield way_on(payment, view, back_to=f"/order/{view.order.id}")

    @rx.event
    async def cancel(self) -> Any:
        """Cancel one's own order; what was paid is given back."""
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            order = (await orders.get_order(uow, self._order_id(), identity)).order
        if not orders.is_buyer(order, identity):
            raise NotFound("This order belongs to somebody else. Staff cancel it on the staff pages.")
        view = await payments.cancel_order(order.id, by=identity, reason="cancelled by the buyer")
        if view.order.status == OrderStatus.CANCELLED:
            await toast(self, f"Order {order.number} is cancelled.")
        else:
            await toast(self, "It has just been paid. Cancel it once more to get your money back.", "info")
        return await self._show(view)

    @rx.event
    async def buy_again(self, form: dict[str, Any]) -> None:
        """Put the order's articles into the cart, as far as they can be had; once for each `press` of the button."""
        order_id, missed = self._order_id(), []
        press = short_text(form.get("press"), 64)
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            items = (await orders.get_order(uow, order_id, identity)).items
        for item in items:
            try:
                async with unit_of_work() as uow:
                    click = f"{press} {item.sku}" if press else ""
                    await carts.add_item(uow, owner_of(identity), item.sku, item.quantity, click=click)
            except (NotFound, InsufficientStock):
                missed.append(item.title)
        if len(missed) == len(items):
            raise Conflict("None of these articles can be had at the moment.")
        async with unit_of_work() as uow:
            cart = await carts.view_cart(uow, owner_of(identity))
        (await show_cart(self, cart)).opened += 1
        if missed:
            await toast(self, f"Not to be had at the moment: {', '.join(missed)}.", "info")

    async def _settled(self, view: OrderView) -> OrderView:
        """The order in step with the gateway; as it was when the gateway can't be asked or tells of another payment."""
        if view.order.status != OrderStatus.PENDING_PAYMENT or view.payment.attempts == 0:
            return view
        try:
            return await payments.settle(view.order.id)
        except Unavailable:
            return view
        except Conflict as mismatch:
            (await self.get_state(PaymentState)).problem = mismatch.detail
            return view

    async def _waits_for_word(self) -> bool:
        """Whether the page with a payment under way is still open, by somebody who may see it: sessions end meanwhile.

        Raises Unavailable.
        """
        on_its_page = self.router.url.path.startswith(f"/order/{self.order.id}")
        if self.order.status != "processing" or not on_its_page:
            return False
        forget_look_up()
        try:
            async with unit_of_work() as uow:
                await orders.get_order(uow, UUID(self.order.id), await identity_of(uow, self))
        except NotFound:
            return False
        return True

    async def _show(self, view: OrderView) -> Any:
        self.order = _detail(view)
        if self.order.status == "processing":
            return OrderState.watch
        if view.order.status == OrderStatus.PAID:
            await self._refresh_cart()
        return None

    async def _refresh_cart(self) -> None:
        async with unit_of_work() as uow:
            cart = await carts.view_cart(uow, owner_of(await identity_of(uow, self)))
        await show_cart(self, cart)

    def _asked_for(self) -> str:
        """The id in the address: /order/<id>, /order/<id>/thanks."""
        parts = self.router.url.path.split("/")
        return unquote(parts[2]) if len(parts) > 2 else ""

    def _order_id(self) -> UUID:
        """Raises NotFound."""
        return identifier(self._asked_for())


async def refresh_order(tab: Update) -> None:
    """The order as it stands now, for whoever may still see it."""
    state = await tab.state(OrderState)
    if not tab.heard(ORDER) or not state.order.id:
        return
    try:
        async with unit_of_work() as uow:
            view = await orders.get_order(uow, UUID(state.order.id), await tab.identity(uow))
    except NotFound:
        return
    before, after = state.order, _detail(view)
    if after != before:
        state.order = after
    if after.label != before.label:
        await say(tab.root, f"Order {after.number}: {after.label}.")


def _detail(view: OrderView) -> OrderDetail:
    return of_order(view.order, view.items, view.events, view.payment, view.refunds)
