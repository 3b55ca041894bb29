"""Orders over REST."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, EmailStr, Field

from models.address import TypedAddress
from models.catalog import Sku
from models.identity import Identity
from models.money import Money
from models.order import Order, OrderItem, OrderStatus
from models.permissions import Permission
from models.text import PlainText
from services.checkout.service import Checkout, check_out
from services.errors import Conflict, Invalid
from services.http import (
    CurrentIdentity,
    CurrentPerson,
    check_if_match,
    not_modified,
    staff_who,
    tagged_response,
)
from services.idempotency import run_once, scoped_key
from services.identity.access import require
from services.order import service
from services.order.representations import order_body, order_summary
from services.order.service import CheckoutDetails, OrderView
from services.payment import service as payments
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/orders", tags=["orders"])

ManageOrders = Annotated[Identity, staff_who(Permission.MANAGE_ORDERS)]


class NewOrder(BaseModel):
    """`payment_method` is the gateway's token. `expected_total` is what the buyer saw; another total is refused."""

    model_config = ConfigDict(extra="forbid")

    cart_id: UUID
    email: EmailStr
    shipping_address: TypedAddress
    shipping_method: str = Field(max_length=32)
    payment_method: str = Field(min_length=1, max_length=120)
    expected_total: Money | None = None


class NewPayment(BaseModel):
    model_config = ConfigDict(extra="forbid")

    payment_method: str = Field(min_length=1, max_length=120)


class Cancellation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: PlainText = Field(default="cancelled by the buyer", max_length=200)


class OrderedUnits(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sku: Sku
    quantity: int = Field(ge=1)


class NewRefund(BaseModel):
    """Without `items` and `delivery` all that is left is given back."""

    model_config = ConfigDict(extra="forbid")

    items: list[OrderedUnits] | None = Field(default=None, min_length=1, max_length=200)
    delivery: bool = False
    reason: PlainText = Field(min_length=1, max_length=200)

    def units(self) -> dict[str, int] | None:
        if self.items is None and not self.delivery:
            return None
        counted: Counter[str] = Counter()
        for line in self.items or ():
            counted[line.sku] += line.quantity
        return dict(counted)


class NewFulfilment(BaseModel):
    """Without `items` the whole order is meant; parts of an order can't be sent on their own."""

    model_config = ConfigDict(extra="forbid")

    tracking: PlainText = Field(default="", max_length=120)
    items: list[OrderedUnits] | None = None


@router.post("", status_code=201)
async def create_order(order: NewOrder, identity: CurrentPerson, request: Request) -> JSONResponse:
    """Place an order and pay it. Needs an Idempotency-Key.

    402 `card_declined` keeps the order (`order_id`) open for another try; 409 `price_changed`, `insufficient_stock`;
    409 `order_paid` and `order_pending` name another order of this cart (`order_id`).
    """
    details = CheckoutDetails(
        email=order.email, shipping_address=order.shipping_address, shipping_method=order.shipping_method
    )

    async def act() -> JSONResponse:
        key = scoped_key(request, identity, str(order.cart_id))
        view = await check_out(
            identity, Checkout(details, order.payment_method, order.cart_id, order.expected_total, key)
        )
        return _answer(view, status=201, headers={"Location": f"/api/v1/orders/{view.order.id}"})

    body = order.model_dump(mode="json")
    return await run_once(request, identity, body, act, guest_scope=str(order.cart_id))


@router.get("")
async def list_orders(
    identity: CurrentIdentity,
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
    cursor: Annotated[str, Query(max_length=64)] = "",
    status: Annotated[OrderStatus | None, Query()] = None,
) -> dict[str, Any]:
    """Staff with the permission see all orders, anybody else their own; a program without identity none."""
    async with unit_of_work() as uow:
        if identity.may(Permission.VIEW_ORDERS):
            page = await service.list_all_orders(uow, status=status or "", limit=limit, cursor=cursor)
        else:
            page = await service.list_orders(uow, identity, status=status or "", limit=limit, cursor=cursor)
    return {
        "items": [order_summary(entry.order, entry.items) for entry in page.items],
        "next_cursor": page.next_cursor,
        "total": page.total,
    }


@router.get("/{order_id}")
async def get_order(order_id: UUID, identity: CurrentIdentity, request: Request) -> Response:
    async with unit_of_work() as uow:
        view = await service.get_order(uow, order_id, identity)
    answer = _answer(view)
    return not_modified(request, answer.headers["etag"]) or answer


@router.post("/{order_id}/payments", status_code=201)
async def pay(order_id: UUID, payment: NewPayment, identity: CurrentPerson, request: Request) -> JSONResponse:
    """Try again to pay an open order, by another card for instance. Needs an Idempotency-Key."""

    async def act() -> JSONResponse:
        await _check_if_match(request, order_id, identity)
        return _answer(await payments.pay(order_id, payment.payment_method, identity), status=201)

    return await run_once(request, identity, payment.model_dump(), act)


@router.post("/{order_id}/cancel")
async def cancel(
    order_id: UUID, identity: CurrentIdentity, request: Request, cancellation: Cancellation | None = None
) -> JSONResponse:
    """Cancel an order that has not been shipped; what was paid is given back."""
    order = await _check_if_match(request, order_id, identity)
    if not service.is_buyer(order, identity):
        require(identity, Permission.MANAGE_ORDERS)
    reason = (cancellation or Cancellation()).reason
    expected = order.version if "if-match" in request.headers else None
    view = await payments.cancel_order(order_id, by=identity, reason=reason, expected_version=expected)
    if view.order.status != OrderStatus.CANCELLED:
        raise Conflict(
            f"Order {view.order.number} has been paid meanwhile. Cancel it again.", code="order_paid"
        )
    return _answer(view)


@router.post("/{order_id}/fulfilments", status_code=201)
async def fulfil(
    order_id: UUID, fulfilment: NewFulfilment, identity: ManageOrders, request: Request
) -> JSONResponse:
    """Mark a paid order as shipped."""
    async with unit_of_work() as uow:
        order = await service.lock_order(uow, order_id)
        check_if_match(request, order.version)
        before = await service.view_order(uow, order)
        _require_whole_order(fulfilment, before.items)
        view = await service.ship(uow, order_id, tracking=fulfilment.tracking, by=identity)
    return _answer(view, status=201)


@router.post("/{order_id}/refunds", status_code=201)
async def refund(order_id: UUID, wanted: NewRefund, identity: ManageOrders, request: Request) -> JSONResponse:
    """Give back what was paid for items or the delivery, by the prices agreed. Needs an Idempotency-Key.

    409 `not_paid`, `nothing_to_refund`; 422 for units that the order doesn't have any more.
    """

    async def act() -> JSONResponse:
        order = await _check_if_match(request, order_id, identity)
        expected = order.version if "if-match" in request.headers else None
        view = await payments.refund_order(
            order_id,
            wanted.units(),
            delivery=wanted.delivery,
            by=identity,
            reason=wanted.reason,
            expected_version=expected,
            key=scoped_key(request, identity, ""),
        )
        return _answer(view, status=201)

    return await run_once(request, identity, wanted.model_dump(mode="json"), act)


async def _check_if_match(request: Request, order_id: UUID, identity: Identity) -> Order:
    async with unit_of_work() as uow:
        order = (await service.get_order(uow, order_id, identity)).order
    check_if_match(request, order.version)
    return order


def _require_whole_order(fulfilment: NewFulfilment, items: tuple[OrderItem, ...]) -> None:
    named = {line.sku: line.quantity for line in fulfilment.items or ()}
    if fulfilment.items is not None and named != {item.sku: item.quantity for item in items}:
        raise Invalid(
            "An order is shipped as a whole. Leave items out, or name every line with its quantity.",
            {"items": "every line of the order"},
        )


def _answer(view: OrderView, *, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    return tagged_response(order_body(view), view.order.version, status=status, headers=headers)
