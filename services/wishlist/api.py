"""A customer's wish list over REST."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from models.cart import CartOwner
from models.identity import Identity
from models.money import Money
from models.stock import StockStatus
from services.account.service import owner_of
from services.catalog import service as catalog
from services.http import CurrentPerson, digest_tag, json_response, not_modified
from services.unit_of_work import unit_of_work
from services.wishlist import service
from services.wishlist.service import Wished

router = APIRouter(prefix="/me/wishlist", tags=["me"])


class NewWish(BaseModel):
    """`sku` is the version that is wanted; without one, the first."""

    model_config = ConfigDict(extra="forbid")

    sku: str = Field(default="", max_length=48)


class WishStock(BaseModel):
    available: int
    status: StockStatus


class WishOut(BaseModel):
    slug: str
    title: str
    sku: str
    options: dict[str, str]
    price: Money
    stock: WishStock
    wished_at: datetime

    @classmethod
    def of(cls, wished: Wished) -> Self:
        return cls(
            slug=wished.product.slug,
            title=wished.product.title,
            sku=wished.variant.sku,
            options=wished.variant.options,
            price=wished.variant.price,
            stock=WishStock(available=wished.offer.available, status=StockStatus.of(wished.offer.available)),
            wished_at=wished.wished_at,
        )


class WishList(BaseModel):
    """The whole list: there is never another page."""

    items: list[WishOut]
    next_cursor: str | None = None
    total: int


@router.get("", response_model=WishList)
async def list_wishes(identity: CurrentPerson, request: Request) -> Response:
    """The latest first. What is not in the store at present is left out."""
    async with unit_of_work() as uow:
        found = await service.list_wishes(uow, _owner(identity))
    body = WishList(items=[WishOut.of(wished) for wished in found], total=len(found))
    tag = digest_tag(len(found), body)
    return not_modified(request, tag) or json_response(body, headers={"ETag": tag})


@router.put("/{slug}", status_code=204)
async def add_wish(slug: str, wish: NewWish, identity: CurrentPerson) -> None:
    """Put a product on the list, or change which version of it is wanted. 409 `wish_list_full` at 200."""
    async with unit_of_work() as uow:
        await service.add_wish(uow, _owner(identity), slug, wish.sku)


@router.delete("/{slug}", status_code=204)
async def remove_wish(slug: str, identity: CurrentPerson) -> None:
    """Take a product off the list; one that isn't on it is no error."""
    owner = _owner(identity)
    async with unit_of_work() as uow:
        product = await catalog.get_product(uow, slug, include_unpublished=True)
        await service.remove_wish(uow, owner, product.id)


def _owner(identity: Identity) -> CartOwner:
    """Raises Unauthenticated for a guest, whose list is their browser's."""
    return CartOwner(user_id=owner_of(identity))
