"""One order: what it is, and moving it along."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import reflex as rx

from models.identity import Identity
from models.permissions import Permission
from services.errors import Conflict, Invalid, NotFound
from services.order import service as orders
from services.order.service import OrderView
from services.payment import service as payments
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.view_models.order import StaffOrder, of_order
from store_app.states.parsing import short_text
from store_app.states.toasts import toast


class StaffOrderState(rx.State):
    """`shown` is the id in the address that `order` or `missing` answers; `conflict` says who was quicker."""

    order: StaffOrder = StaffOrder()
    shown: str = ""
    missing: bool = False
    conflict: str = ""
    tracking_error: str = ""
    reason_error: str = ""
    cancelling: bool = False

    @rx.event
    async def load(self) -> None:
        asked = self.router.url.path.rsplit("/", 1)[-1]
        async with unit_of_work() as uow:
            identity = await admit(uow, self, Permission.VIEW_ORDERS)
            if identity is None:
                return
            view = await _find(uow, asked, identity)
        if view is None:
            self.order, self.missing = StaffOrder(), True
        else:
            self._show(view)
        self.conflict = self.tracking_error = self.reason_error = ""
        self.cancelling, self.shown = False, asked

    @rx.event
    async def ship(self, form: dict[str, Any]) -> None:
        """The parcel left; `tracking` may be empty."""
        tracking = short_text(form.get("tracking"), 200)
        try:
            await self._act(lambda uow, order_id, by: orders.ship(uow, order_id, tracking=tracking, by=by))
        except Invalid as error:
            self.tracking_error = error.detail
            return
        self.tracking_error = ""
        if not self.conflict:
            await toast(self, f"{self.order.number} is marked as shipped. The customer gets an e-mail.")

    @rx.event
    async def deliver(self) -> None:
        await self._act(lambda uow, order_id, by: orders.deliver(uow, order_id, by=by))
        if not self.conflict:
            await toast(self, f"{self.order.number} is marked as delivered.")

    @rx.event
    async def ask_cancel(self) -> None:
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_ORDERS)
        self.cancelling, self.reason_error = True, ""

    @rx.event
    async def stop_asking(self) -> None:
        """The dialog was closed in the browser."""
        async with unit_of_work() as uow:
            await staff(uow, self, Permission.MANAGE_ORDERS)
        self.cancelling = False

    @rx.event
    async def cancel(self, form: dict[str, Any]) -> None:
        """Cancel for a reason; what was paid is given back. The gateway is asked outside of any unit of work."""
        reason = short_text(form.get("reason"), 200)
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.MANAGE_ORDERS)
        if not reason:
            self.reason_error = "Say why, for the timeline and for whoever looks later."
            return
        self.reason_error = self.conflict = ""
        try:
            view = await payments.cancel_order(_id(self.order.id), by=identity, reason=reason)
        except Conflict as conflict:
            self.cancelling = False
            await self._reload_after(conflict)
            return
        self._show(view)
        self.cancelling = False
        if not self.order.can_cancel:
            refund = " The refund is on its way." if self.order.paid else ""
            await toast(self, f"{self.order.number} is cancelled.{refund}")

    async def _act(self, step: Callable[[UnitOfWork, UUID, Identity], Awaitable[OrderView]]) -> None:
        """Take a step with the shown order; if somebody was quicker, show how it stands now instead."""
        self.conflict = ""
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_ORDERS)
                view = await step(uow, _id(self.order.id), identity)
        except Conflict as conflict:
            await self._reload_after(conflict)
        else:
            self._show(view)

    async def _reload_after(self, conflict: Conflict) -> None:
        async with unit_of_work() as uow:
            identity = await staff(uow, self, Permission.VIEW_ORDERS)
            view = await orders.get_order(uow, _id(self.order.id), identity)
        self._show(view)
        self.conflict = conflict.detail

    def _show(self, view: OrderView) -> None:
        self.order = of_order(view.order, view.items, view.events, view.payment, view.refunds)
        self.missing = False


async def _find(uow: UnitOfWork, text: str, identity: Identity) -> OrderView | None:
    try:
        return await orders.get_order(uow, _id(text), identity)
    except NotFound:
        return None


def _id(text: str) -> UUID:
    """Raises NotFound for what is no id."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("There is no such order.") from None
