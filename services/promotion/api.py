"""Promotions over REST, for staff."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from models.identity import Identity
from models.permissions import Permission
from models.promotion import PromotionDraft, PromotionState
from services import merge_patch
from services.cart import service as carts
from services.http import check_if_match, digest_tag, json_response, not_modified, staff_who
from services.idempotency import run_at_most_once
from services.identity.access import require
from services.merge_patch import Patch
from services.order import service as orders
from services.promotion import service
from services.promotion.representations import (
    SimulationInput,
    promotion_body,
    redemption_body,
    simulation_body,
)
from services.promotion.service import PromotionQuery, PromotionView
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/promotions", tags=["promotions"])

ManageCatalog = Annotated[Identity, staff_who(Permission.MANAGE_CATALOG)]
ViewOrders = Annotated[Identity, staff_who(Permission.VIEW_ORDERS)]


@router.get("")
async def list_promotions(
    identity: ManageCatalog,
    q: Annotated[str, Query(max_length=100)] = "",
    state: PromotionState | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
    cursor: UUID | None = None,
) -> JSONResponse:
    """Newest first. `q` is part of a name or a code; `state` running, scheduled, ended, used_up or inactive."""
    async with unit_of_work() as uow:
        page = await service.list_promotions(uow, PromotionQuery(q, state), limit=limit, cursor=cursor)
    return json_response(
        {
            "items": [promotion_body(view) for view in page.items],
            "next_cursor": page.next_cursor,
            "total": page.total,
        }
    )


@router.post("", status_code=201)
async def create_promotion(draft: PromotionDraft, identity: ManageCatalog, request: Request) -> JSONResponse:
    """Add a promotion. Amounts are minor units of its `currency`; 409 `code_taken`."""

    async def act() -> JSONResponse:
        async with unit_of_work() as uow:
            view = await service.create_promotion(uow, draft, by=identity)
        return _answer(view, status=201, headers={"Location": f"/api/v1/promotions/{view.promotion.id}"})

    return await run_at_most_once(request, identity, draft.model_dump(mode="json"), act)


@router.post("/simulate")
async def simulate(wanted: SimulationInput, identity: ManageCatalog) -> JSONResponse:
    """What would this cart get? Every promotion looked at, and why not. Naming a customer's `email` needs the
    permission to see customers."""
    if wanted.email:
        require(identity, Permission.VIEW_CUSTOMERS)
    async with unit_of_work() as uow:
        body = simulation_body(await carts.simulate(uow, wanted.cart()))
    return json_response(body)


@router.get("/{promotion_id}")
async def get_promotion(promotion_id: UUID, identity: ManageCatalog, request: Request) -> Response:
    """A promotion, with the orders that have it and what it took off them so far."""
    async with unit_of_work() as uow:
        view = await service.get_promotion(uow, promotion_id)
    return not_modified(request, _tag(view)) or _answer(view)


@router.patch("/{promotion_id}")
async def change_promotion(
    promotion_id: UUID, patch: Patch, identity: ManageCatalog, request: Request
) -> JSONResponse:
    """Change some fields by a JSON merge patch; an effect of another kind is taken as a whole."""
    async with unit_of_work() as uow:
        promotion = (await service.get_promotion(uow, promotion_id)).promotion
        check_if_match(request, promotion.version)
        draft = merge_patch.apply(_whole_effect(patch, promotion.effect), promotion.draft(), PromotionDraft)
        view = await service.update_promotion(
            uow, promotion_id, draft, expected_version=promotion.version, by=identity
        )
    return _answer(view)


@router.delete("/{promotion_id}", status_code=204)
async def delete_promotion(promotion_id: UUID, identity: ManageCatalog, request: Request) -> None:
    """Delete a promotion that no order has; 409 `promotion_used` for others."""
    async with unit_of_work() as uow:
        promotion = (await service.get_promotion(uow, promotion_id)).promotion
        check_if_match(request, promotion.version)
        await service.delete_promotion(uow, promotion_id, expected_version=promotion.version, by=identity)


@router.get("/{promotion_id}/orders")
async def list_orders(
    promotion_id: UUID,
    identity: ViewOrders,
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
    cursor: UUID | None = None,
) -> JSONResponse:
    """The orders that have it, newest first, for those who may see orders."""
    async with unit_of_work() as uow:
        view = await service.get_promotion(uow, promotion_id)
        page = await service.redemptions_of(uow, promotion_id, limit=limit, cursor=cursor)
        known = await orders.orders_named(uow, [each.order_id for each in page.items])
    items = [redemption_body(each, known) for each in page.items]
    return json_response({"items": items, "next_cursor": page.next_cursor, "total": view.orders})


def _whole_effect(patch: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    effect = patch.get("effect")
    if not isinstance(effect, dict) or effect.get("kind", stored["kind"]) == stored["kind"]:
        return patch
    return patch | {"effect": dict.fromkeys(stored) | effect}


def _tag(view: PromotionView) -> str:
    return digest_tag(view.promotion.version, promotion_body(view))


def _answer(view: PromotionView, *, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    return json_response(promotion_body(view), status=status, headers={"ETag": _tag(view), **(headers or {})})
