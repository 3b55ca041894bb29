"""Carts over REST. A guest's cart id is an unguessable capability; a user's cart opens to that user only."""

from __future__ import annotations

from collections import Counter
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from models.cart import MAX_LINE_QUANTITY
from models.catalog import Sku
from models.countries import CountryCode
from services.addresses import read_destination
from services.cart import representations, service
from services.cart.representations import CartOut
from services.cart.service import CartView, owner_of
from services.delivery import service as delivery
from services.delivery.representations import ShippingMethodOut
from services.http import CurrentPerson, check_if_match, not_modified, tagged_response
from services.idempotency import key_of_deed, run_at_most_once
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/carts", tags=["carts"])

Quantity = Annotated[int, Field(strict=True, ge=1, le=MAX_LINE_QUANTITY)]


class NewItem(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sku: str = Field(min_length=1, max_length=48)
    quantity: Quantity = 1


class NewCart(BaseModel):
    """`currency` is an ISO 4217 code; left out: the one that was chosen in the browser, else the store's own."""

    model_config = ConfigDict(extra="forbid")

    items: list[NewItem] = Field(default_factory=list, max_length=100)
    currency: str = Field(default="", max_length=3)


class NewQuantity(BaseModel):
    model_config = ConfigDict(extra="forbid")

    quantity: Annotated[int, Field(strict=True, ge=0, le=MAX_LINE_QUANTITY)]


class NewCoupon(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str = Field(min_length=1, max_length=64)


class CurrencyChoice(BaseModel):
    model_config = ConfigDict(extra="forbid")

    currency: str = Field(min_length=3, max_length=3)


@router.post("", status_code=201, response_model=CartOut)
async def create_cart(identity: CurrentPerson, cart: NewCart | None = None) -> JSONResponse:
    """Make a cart, with `items` in it if there are any: all of them or, as when adding one, no cart and a refusal.

    A signed-in user's or a browser's open cart is returned again, in the currency asked for.
    """
    wanted = cart or NewCart()
    quantities: Counter[str] = Counter()
    for item in wanted.items:
        quantities[item.sku] += item.quantity
    async with unit_of_work() as uow:
        view = await service.create_cart(uow, owner_of(identity), quantities, currency=wanted.currency)
    return _answer(view, status=201, headers={"Location": f"/api/v1/carts/{view.id}"})


@router.get("/{cart_id}", response_model=CartOut)
async def get_cart(cart_id: UUID, identity: CurrentPerson, request: Request) -> Response:
    async with unit_of_work() as uow:
        view = await service.view(uow, await service.find_cart(uow, cart_id, identity))
    answer = _answer(view)
    return not_modified(request, answer.headers["etag"]) or answer


@router.patch("/{cart_id}", response_model=CartOut)
async def change_currency(
    cart_id: UUID, choice: CurrencyChoice, identity: CurrentPerson, request: Request
) -> JSONResponse:
    """Pay in another currency: the same lines at its prices, for which nobody is asked again."""
    async with unit_of_work() as uow:
        cart = await service.find_open_cart(uow, cart_id, identity)
        check_if_match(request, cart.version)
        view = await service.change_currency(uow, cart, choice.currency)
    return _answer(view)


@router.post("/{cart_id}/items", status_code=201, response_model=CartOut)
async def add_item(cart_id: UUID, item: NewItem, identity: CurrentPerson, request: Request) -> JSONResponse:
    """Add units of a SKU. 409 `insufficient_stock` tells how many are `available`.

    With an Idempotency-Key a repeated request adds once.
    """

    async def act() -> JSONResponse:
        async with unit_of_work() as uow:
            cart = await service.find_open_cart(uow, cart_id, identity)
            if await service.is_first_click(uow, owner_of(identity), key_of_deed(request, identity)):
                check_if_match(request, cart.version)
                view = await service.add_to_cart(uow, cart, item.sku, item.quantity)
            else:
                view = await service.view(uow, cart)
        return _answer(view, status=201)

    return await run_at_most_once(request, identity, item.model_dump(), act)


@router.patch("/{cart_id}/items/{sku}", response_model=CartOut)
async def set_quantity(
    cart_id: UUID, sku: Sku, change: NewQuantity, identity: CurrentPerson, request: Request
) -> JSONResponse:
    """Set the units of a line; 0 removes it."""
    async with unit_of_work() as uow:
        cart = await service.find_open_cart(uow, cart_id, identity)
        check_if_match(request, cart.version)
        view = await service.set_cart_quantity(uow, cart, sku, change.quantity)
    return _answer(view)


@router.delete("/{cart_id}/items/{sku}", response_model=CartOut)
async def remove_item(cart_id: UUID, sku: Sku, identity: CurrentPerson, request: Request) -> JSONResponse:
    async with unit_of_work() as uow:
        cart = await service.find_open_cart(uow, cart_id, identity)
        check_if_match(request, cart.version)
        view = await service.remove_from_cart(uow, cart, sku)
    return _answer(view)


@router.post("/{cart_id}/coupons", status_code=201, response_model=CartOut)
async def add_coupon(
    cart_id: UUID, coupon: NewCoupon, identity: CurrentPerson, request: Request
) -> JSONResponse:
    """Enter a code; case and blanks don't matter, entering it again is no error.

    422 tells by `code` and `detail` why it saves nothing on this cart: unknown_code, not_begun, ended, used_up,
    customer_limit, first_order_only, other_currency, nothing_covered, spend_more, add_more, outdone, no_effect. 429
    after many codes that nobody knows. One for the delivery that can't be combined with others stays until a delivery
    is chosen: `promotions.refused` has it as awaits_delivery.
    """

    async def act() -> JSONResponse:
        async with unit_of_work() as uow:
            cart = await service.find_open_cart(uow, cart_id, identity)
            check_if_match(request, cart.version)
            view = await service.add_code(uow, cart, coupon.code, address=identity.address)
        return _answer(view, status=201)

    return await run_at_most_once(request, identity, coupon.model_dump(), act)


@router.delete("/{cart_id}/coupons/{code}", response_model=CartOut)
async def remove_coupon(
    cart_id: UUID,
    code: Annotated[str, Path(max_length=64)],
    identity: CurrentPerson,
    request: Request,
) -> JSONResponse:
    """Take a code off the cart; taking it off twice is no error."""
    async with unit_of_work() as uow:
        cart = await service.find_open_cart(uow, cart_id, identity)
        check_if_match(request, cart.version)
        view = await service.remove_code(uow, cart, code)
    return _answer(view)


@router.get("/{cart_id}/shipping-methods", response_model=list[ShippingMethodOut])
async def shipping_methods(
    cart_id: UUID,
    country: CountryCode,
    identity: CurrentPerson,
    region: Annotated[str, Query(max_length=60)] = "",
    postal_code: Annotated[str, Query(max_length=16)] = "",
) -> list[ShippingMethodOut]:
    """The ways to deliver this cart to a country (ISO 3166-1 alpha-2), with prices and, if it is ordered now, the days
    on which it arrives; empty when the place is not served or the parcel is too heavy. Region and postal code may
    change what is offered."""
    destination = read_destination(country, region, postal_code)
    async with unit_of_work() as uow:
        view = await service.view(uow, await service.find_cart(uow, cart_id, identity))
        goods, weight = view.totals.goods, view.totals.weight_grams
        methods = await delivery.methods(uow, destination, view.currency, goods, weight)
        return [
            ShippingMethodOut.of(method, goods, weight, delivery.dates(uow, method, destination))
            for method in methods
        ]


def _answer(view: CartView, *, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    return tagged_response(representations.cart(view), view.version, status=status, headers=headers)
