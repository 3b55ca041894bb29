"""The card form and what follows from a payment, for the checkout and for the page of an unpaid order."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from models.order import OrderStatus
from models.payment import PaymentStatus
from services.errors import Conflict, NotFound, Unavailable
from services.order import service as orders
from services.order.service import OrderView
from services.payment import service as payments
from services.settings import Settings
from services.unit_of_work import unit_of_work
from store_app.states.focus import focus
from store_app.states.parsing import identifier, short_text
from store_app.states.session import identity_of

PROBLEM = "payment-problem"
"""Id of the message beside the card fields."""
CARD_FORM_SILENT = "The card form doesn’t answer, and nothing was charged. Try again; what you typed is kept."
UNCONFIRMED = "Your bank has not confirmed the payment yet, and nothing was charged. Pay again to go on."


class PaymentState(rx.State):
    """`card_url` is the gateway's page with the card fields; `busy` while a payment is under way."""

    card_url: str = ""
    test_mode: bool = False
    busy: bool = False
    problem: str = ""
    _carried_over: bool = False
    _back_to: str = ""

    @rx.event
    async def come_back(self) -> Any:
        """The browser returns from the bank's page. What the address says of the outcome is not believed."""
        try:
            order_id = identifier(self.router.url.query_parameters.get("order"))
            async with unit_of_work() as uow:
                await orders.get_order(uow, order_id, await identity_of(uow, self))
            view = await payments.settle(order_id)
        except NotFound:
            return rx.redirect("/orders", replace=True)
        except (Unavailable, Conflict) as error:
            return self._carry_over(error.detail, f"/order/{order_id}")
        if (
            view.order.status != OrderStatus.PENDING_PAYMENT
            or view.payment.status == PaymentStatus.PROCESSING
        ):
            return rx.redirect(f"/order/{order_id}/thanks", replace=True)
        declined = view.payment.decline_code
        told = payments.shopper_message(declined) if declined else UNCONFIRMED
        return self._carry_over(told, self._back_to or f"/order/{order_id}")

    def _carry_over(self, problem: str, path: str) -> Any:
        """Say on the next page why the payment is still open."""
        self.problem, self._carried_over = problem, True
        return rx.redirect(path, replace=True)


async def open_card_form(state: rx.State, settings: Settings) -> None:
    """Show the form afresh, with no more than the message that a redirect brought along."""
    payment: PaymentState = await state.get_state(PaymentState)
    origin = settings.public_url.rstrip("/")
    query = urlencode({"publishable_key": settings.payment_gateway_publishable_key, "origin": origin})
    payment.card_url = f"{settings.card_element_url.rstrip('/')}/elements/card?{query}"
    payment.test_mode = settings.store_env == "development"
    payment.busy = False
    payment.problem = payment.problem if payment._carried_over else ""
    payment._carried_over = False


def begin(payment: PaymentState) -> None:
    payment.busy, payment.problem = True, ""


async def refuse(payment: PaymentState, problem: str) -> None:
    """Say beside the card fields why it can't go on."""
    payment.problem = problem
    await focus(payment, PROBLEM)


def way_on(payment: PaymentState, view: OrderView, *, back_to: str) -> Any:
    """To the bank's question, should it have one (an unanswered one leads `back_to`), else to the confirmation."""
    waiting = view.order.status == OrderStatus.PENDING_PAYMENT
    if waiting and view.payment.status == PaymentStatus.REQUIRES_ACTION:
        payment._back_to = back_to
        return rx.redirect(view.payment.action_url)
    return rx.redirect(f"/order/{view.order.id}/thanks", replace=True)


def payment_method_of(form: dict[str, Any]) -> str:
    """The gateway's token for the card. Raises Unavailable when the card form gave none."""
    token = short_text(form.get("payment_method"))
    if not re.fullmatch(r"pm_\w{1,117}", token):
        raise Unavailable(CARD_FORM_SILENT, code="card_form_silent")
    return token
