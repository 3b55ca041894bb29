"""Price lists over REST. Which currencies there are everybody may know; the rest is for staff."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from models.catalog import Sku
from models.identity import Identity
from models.money import Money
from models.permissions import Permission
from models.price_list import MAX_AMOUNT, MAX_RATE, MAX_STEP, PriceList
from models.prices import PriceByHand
from services.http import etag, expected_version, json_response, not_modified, staff_who
from services.price_list import service
from services.price_list.service import PricedVariant, PriceListDraft
from services.unit_of_work import unit_of_work

router = APIRouter(tags=["price lists"])

ManageCatalog = Annotated[Identity, staff_who(Permission.MANAGE_CATALOG)]


class Currencies(BaseModel):
    """`currency` is the store's own; `currencies` are all that one can pay in, that one first."""

    currency: str
    currencies: list[str]


class PriceListInput(BaseModel):
    """`rate` is in millionths: 1170000 means that one of the store's currency is 1.17 of this. `step` and `ending` are
    minor units: prices are rounded to the nearest that ends in `ending` above a multiple of `step`."""

    model_config = ConfigDict(extra="forbid")

    rate: Annotated[int, Field(strict=True, ge=1, le=MAX_RATE)]
    step: Annotated[int, Field(strict=True, ge=1, le=MAX_STEP)] = 1
    ending: Annotated[int, Field(strict=True, ge=0, lt=MAX_STEP)] = 0
    enabled: bool = False

    def draft(self) -> PriceListDraft:
        return PriceListDraft(self.rate, self.step, self.ending, self.enabled)


class NewPriceList(PriceListInput):
    currency: str = Field(min_length=3, max_length=3)


class PriceListOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    currency: str
    rate: int
    step: int
    ending: int
    enabled: bool
    version: int
    updated_at: datetime


class PriceLists(BaseModel):
    items: list[PriceListOut]
    next_cursor: str | None = None
    total: int


class PriceInput(BaseModel):
    """Minor units of the list's currency."""

    model_config = ConfigDict(extra="forbid")

    price: Annotated[int, Field(strict=True, ge=1, le=MAX_AMOUNT)]
    compare_at_price: Annotated[int, Field(strict=True, ge=1, le=MAX_AMOUNT)] | None = None


class PriceOut(BaseModel):
    sku: str
    title: str
    home_price: Money | None
    price: Money
    compare_at_price: Money | None
    by_hand: bool


class PricesOut(BaseModel):
    items: list[PriceOut]
    next_cursor: str | None = None
    total: int


class PreviewOut(BaseModel):
    """`price` is what it costs now, null without a price list; `price_then` what it would."""

    sku: str
    title: str
    home_price: Money
    price: Money | None
    price_then: Money


@router.get("/currencies")
async def currencies() -> Currencies:
    """What one can pay in: for `?currency=` of products and `currency` of a cart."""
    async with unit_of_work() as uow:
        offered = await service.currencies(uow)
    return Currencies(currency=offered[0], currencies=list(offered))


@router.get("/price-lists")
async def list_price_lists(identity: ManageCatalog) -> PriceLists:
    async with unit_of_work() as uow:
        found = [PriceListOut.model_validate(each.price_list) for each in await service.summaries(uow)]
    return PriceLists(items=found, total=len(found))


@router.post("/price-lists", status_code=201, response_model=PriceListOut)
async def create_price_list(body: NewPriceList, identity: ManageCatalog) -> JSONResponse:
    """Sell in another currency. Nobody sees it before it is enabled."""
    async with unit_of_work() as uow:
        created = await service.create(uow, body.currency, body.draft(), by=identity)
    location = {"Location": f"/api/v1/price-lists/{created.currency}"}
    return _answer(created, code=status.HTTP_201_CREATED, headers=location)


@router.get("/price-lists/{currency}", response_model=PriceListOut)
async def get_price_list(currency: str, identity: ManageCatalog, request: Request) -> Response:
    async with unit_of_work() as uow:
        found = await service.get(uow, currency)
    return not_modified(request, etag(found.version)) or _answer(found)


@router.put("/price-lists/{currency}", response_model=PriceListOut)
async def change_price_list(
    currency: str, body: PriceListInput, identity: ManageCatalog, request: Request
) -> JSONResponse:
    """Change rate and rounding. Open carts are asked before they pay more; orders stay as they are."""
    async with unit_of_work() as uow:
        changed = await service.change(
            uow, currency, body.draft(), expected_version=expected_version(request), by=identity
        )
    return _answer(changed)


@router.post("/price-lists/{currency}/preview")
async def preview(currency: str, body: PriceListInput, identity: ManageCatalog) -> list[PreviewOut]:
    """What some products would cost. Nothing is saved."""
    async with unit_of_work() as uow:
        found = await service.preview(uow, currency, body.draft())
    return [
        PreviewOut(sku=each.sku, title=each.title, home_price=each.home, price=each.now, price_then=each.then)
        for each in found
    ]


@router.get("/price-lists/{currency}/prices")
async def list_prices(
    currency: str,
    identity: ManageCatalog,
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
) -> PricesOut:
    """The prices that were written down by hand."""
    async with unit_of_work() as uow:
        await service.get(uow, currency)
        page = await service.price_page(uow, currency, by_hand=True, limit=limit, offset=offset)
    return PricesOut(items=[_price(each) for each in page.items], total=page.total)


@router.put("/price-lists/{currency}/prices/{sku}")
async def set_price(currency: str, sku: Sku, body: PriceInput, identity: ManageCatalog) -> dict[str, Any]:
    """Write the price of a SKU down by hand, instead of the converted one."""
    async with unit_of_work() as uow:
        written = await service.set_price(
            uow, currency, sku, PriceByHand(body.price, body.compare_at_price), by=identity
        )
    before = written.compare_at_amount
    return {
        "sku": sku,
        "price": Money(written.price_amount, currency),
        "compare_at_price": Money(before, currency) if before else None,
    }


@router.delete("/price-lists/{currency}/prices/{sku}", status_code=status.HTTP_204_NO_CONTENT)
async def remove_price(currency: str, sku: Sku, identity: ManageCatalog) -> None:
    """Back to the converted price."""
    async with unit_of_work() as uow:
        await service.remove_price(uow, currency, sku, by=identity)


def _answer(found: PriceList, *, code: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    body = PriceListOut.model_validate(found)
    return json_response(body, status=code, headers={"ETag": etag(found.version), **(headers or {})})


def _price(row: PricedVariant) -> PriceOut:
    return PriceOut(
        sku=row.sku,
        title=row.product.title if row.product else "",
        home_price=row.variant.price if row.variant else None,
        price=row.price,
        compare_at_price=row.compare_at_price,
        by_hand=row.by_hand,
    )
