"""Carts over REST. A guest's cart id is an unguessable capability; a user's cart opens to that user only."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from models.address import Destination
from models.cart import MAX_LINE_QUANTITY
from models.catalog import Sku
from models.money import Money
from services.cart import service
from services.cart.service import CartLine, CartView, owner_of
from services.delivery import service as delivery
from services.http import CurrentIdentity, check_if_match, digest_tag, json_response, not_modified
from services.idempotency import run_at_most_once
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/carts", tags=["carts"])

Quantity = Annotated[int, Field(strict=True, ge=1, le=MAX_LINE_QUANTITY)]


class NewItem(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sku: str = Field(min_length=1, max_length=48)
    quantity: Quantity = 1


class NewQuantity(BaseModel):
    model_config = ConfigDict(extra="forbid")

    quantity: Annotated[int, Field(strict=True, ge=0, le=MAX_LINE_QUANTITY)]


class ItemOut(BaseModel):
    """`problem` is empty when the line can be bought, else unavailable, out_of_stock, short or price_changed."""

    sku: str
    title: str
    options: dict[str, str]
    quantity: int
    unit_price: Money
    total: Money
    available: int
    problem: str
    ships_in_days: int = Field(description="0 unless units of the line have to be made first.")


class CartOut(BaseModel):
    id: UUID
    items: list[ItemOut]
    subtotal: Money
    discount: Money
    shipping: Money
    tax: Money
    total: Money
    version: int


class ShippingMethodOut(BaseModel):
    code: str
    name: str
    estimate: str
    price: Money


@router.post("", status_code=201, response_model=CartOut)
async def create_cart(identity: CurrentIdentity) -> JSONResponse:
    """Make a cart. A signed-in user's or a browser's open cart is returned again."""
    async with unit_of_work() as uow:
        view = await service.create_cart(uow, owner_of(identity))
    return _answer(view, status=201, headers={"Location": f"/api/v1/carts/{view.id}"})


@router.get("/{cart_id}", response_model=CartOut)
async def get_cart(cart_id: UUID, identity: CurrentIdentity, request: Request) -> Response:
    async with unit_of_work() as uow:
        view = await service.view(uow, await service.find_cart(uow, cart_id, identity))
    return not_modified(request, _tag(view)) or _answer(view)


@router.post("/{cart_id}/items", status_code=201, response_model=CartOut)
async def add_item(cart_id: UUID, item: NewItem, identity: CurrentIdentity, request: Request) -> JSONResponse:
    """Add units of a SKU. 409 `insufficient_stock` tells how many are `available`.

    With an Idempotency-Key a repeated request adds once.
    """

    async def act() -> JSONResponse:
        async with unit_of_work() as uow:
            cart = await service.find_open_cart(uow, cart_id, identity)
            check_if_match(request, cart.version)
            view = await service.add_to_cart(uow, cart, item.sku, item.quantity)
        return _answer(view, status=201)

    return await run_at_most_once(request, identity, item.model_dump(), act)


@router.patch("/{cart_id}/items/{sku}", response_model=CartOut)
async def set_quantity(
    cart_id: UUID, sku: Sku, change: NewQuantity, identity: CurrentIdentity, request: Request
) -> JSONResponse:
    """Set the units of a line; 0 removes it."""
    async with unit_of_work() as uow:
        cart = await service.find_open_cart(uow, cart_id, identity)
        check_if_match(request, cart.version)
        view = await service.set_cart_quantity(uow, cart, sku, change.quantity)
    return _answer(view)


@router.delete("/{cart_id}/items/{sku}", response_model=CartOut)
async def remove_item(cart_id: UUID, sku: Sku, identity: CurrentIdentity, request: Request) -> JSONResponse:
    async with unit_of_work() as uow:
        cart = await service.find_open_cart(uow, cart_id, identity)
        check_if_match(request, cart.version)
        view = await service.remove_from_cart(uow, cart, sku)
    return _answer(view)


@router.get("/{cart_id}/shipping-methods", response_model=list[ShippingMethodOut])
async def shipping_methods(cart_id: UUID, country: str, identity: CurrentIdentity) -> list[dict[str, Any]]:
    """The ways to deliver this cart to a country (ISO 3166-1 alpha-2), with prices; empty when it is not served."""
    async with unit_of_work() as uow:
        view = await service.view(uow, await service.find_cart(uow, cart_id, identity))
        methods = await delivery.methods(uow, Destination(country.upper()), view.currency)
    return [
        {
            "code": method.code,
            "name": method.name,
            "estimate": method.estimate,
            "price": method.price(view.totals.goods, view.totals.weight_grams),
        }
        for method in methods
    ]


def _tag(view: CartView) -> str:
    return digest_tag(view.version, _body(view))


def _answer(view: CartView, *, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    return json_response(_body(view), status=status, headers={"ETag": _tag(view), **(headers or {})})


def _body(view: CartView) -> dict[str, Any]:
    totals = view.totals
    return {
        "id": view.id,
        "items": [_item(line) for line in view.lines],
        "subtotal": totals.subtotal,
        "discount": totals.discount,
        "shipping": totals.shipping,
        "tax": totals.tax,
        "total": totals.total,
        "version": view.version,
    }


def _item(line: CartLine) -> dict[str, Any]:
    return {
        "sku": line.sku,
        "title": line.product.title if line.product else "",
        "options": line.variant.options if line.variant else {},
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "total": line.total,
        "available": line.available,
        "problem": line.problem.value,
        "ships_in_days": line.ships_in_days,
    }
