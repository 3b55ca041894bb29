"""Starting checkout over REST: what is in a cart is held until a time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from services.cart import service as carts
from services.checkout import holding
from services.checkout.holding import CheckoutHold
from services.http import CurrentPerson, check_if_match, json_response
from services.idempotency import run_at_most_once
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/carts", tags=["carts"])


class HeldItem(BaseModel):
    sku: str
    quantity: int


class CheckoutOut(BaseModel):
    """`for_order` tells that an order waits for its payment: its units are held until it is given up."""

    cart_id: UUID
    expires_at: datetime
    for_order: bool
    items: list[HeldItem]


@router.post("/{cart_id}/checkout", status_code=201, response_model=CheckoutOut)
async def start_checkout(cart_id: UUID, identity: CurrentPerson, request: Request) -> JSONResponse:
    """Hold all units of a cart for some minutes; once more renews that, up to an hour after the first time.

    409 `insufficient_stock` tells how many are `available`, and holds nothing more. An order keeps what was held.
    """

    async def act() -> JSONResponse:
        async with unit_of_work() as uow:
            cart = await carts.find_open_cart(uow, cart_id, identity)
            check_if_match(request, cart.version)
            held = await holding.reserve(uow, cart)
        return json_response(_body(cart_id, held), status=201)

    return await run_at_most_once(request, identity, {}, act)


def _body(cart_id: UUID, held: CheckoutHold) -> CheckoutOut:
    items = [HeldItem(sku=sku, quantity=units) for sku, units in sorted(held.quantities.items())]
    return CheckoutOut(cart_id=cart_id, expires_at=held.expires_at, for_order=held.for_order, items=items)
