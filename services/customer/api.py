"""Customers over REST, for staff."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from models.account import MAX_NOTE_LENGTH, CustomerNote, SavedAddress
from models.identity import Identity
from models.permissions import Permission
from models.text import Prose
from services.customer import service
from services.customer.listing import Sort
from services.customer.service import Customer, CustomerView
from services.http import digest_tag, json_response, not_modified, staff_who
from services.order.service import OrderPage
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/customers", tags=["customers"])

ManageCustomers = Annotated[Identity, staff_who(Permission.MANAGE_CUSTOMERS)]
ViewCustomers = Annotated[Identity, staff_who(Permission.VIEW_CUSTOMERS)]


class NewNote(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[Prose, Field(min_length=1, max_length=MAX_NOTE_LENGTH)]


@router.get("")
async def list_customers(
    identity: ViewCustomers,
    q: Annotated[str, Query(max_length=200)] = "",
    sort: Sort = Sort.NEWEST,
    deleted: bool = False,
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
    cursor: Annotated[str, Query(max_length=1000)] = "",
) -> JSONResponse:
    """Accounts. `q` is part of a name or e-mail address, a phone or order number, or the beginning of a postcode.

    `sort` is newest, name, spent or orders; `deleted=true` lists the deleted accounts instead.
    """
    async with unit_of_work() as uow:
        page = await service.list_customers(
            uow, text=q, sort=sort, deleted=deleted, limit=limit, cursor=cursor
        )
    return _list([_customer(each) for each in page.items], page.total, page.next_cursor)


@router.get("/{customer_id}")
async def get_customer(customer_id: UUID, identity: ViewCustomers, request: Request) -> Response:
    """A customer with addresses, the latest orders, and those that guests placed with the same e-mail address."""
    async with unit_of_work() as uow:
        body = _detail(await service.get_customer(uow, customer_id, identity))
    tag = digest_tag(0, body)
    return not_modified(request, tag) or json_response(body, headers={"ETag": tag})


@router.get("/{customer_id}/notes")
async def list_notes(customer_id: UUID, identity: ViewCustomers) -> JSONResponse:
    """What staff wrote down, newest first."""
    async with unit_of_work() as uow:
        notes = await service.list_notes(uow, customer_id)
    return _list([_note(note) for note in notes], len(notes))


@router.post("/{customer_id}/notes", status_code=201)
async def add_note(customer_id: UUID, note: NewNote, identity: ManageCustomers) -> JSONResponse:
    """Write something down. 409 for a deleted account."""
    async with unit_of_work() as uow:
        body = _note(await service.add_note(uow, customer_id, note.text, by=identity))
    place = f"/api/v1/customers/{customer_id}/notes/{body['id']}"
    return json_response(body, status=201, headers={"Location": place, "ETag": digest_tag(0, body)})


@router.get("/{customer_id}/notes/{note_id}")
async def get_note(customer_id: UUID, note_id: UUID, identity: ViewCustomers, request: Request) -> Response:
    async with unit_of_work() as uow:
        body = _note(await service.find_note(uow, customer_id, note_id))
    tag = digest_tag(0, body)
    return not_modified(request, tag) or json_response(body, headers={"ETag": tag})


@router.delete("/{customer_id}/notes/{note_id}", status_code=204)
async def remove_note(customer_id: UUID, note_id: UUID, identity: ManageCustomers) -> None:
    """Its author may, and an administrator; 403 for anybody else."""
    async with unit_of_work() as uow:
        await service.remove_note(uow, customer_id, note_id, by=identity)


def _list(items: list[dict[str, Any]], total: int, next_cursor: str | None = None) -> JSONResponse:
    return json_response({"items": items, "next_cursor": next_cursor, "total": total})


def _customer(customer: Customer) -> dict[str, Any]:
    user, purchases = customer.user, customer.purchases
    return {
        "id": user.id,
        "name": user.display_name,
        "email": user.email,
        "phone": user.phone,
        "roles": sorted(customer.roles),
        "created_at": user.created_at,
        "deleted_at": user.deleted_at,
        "last_seen_at": customer.last_seen_at,
        "orders": purchases.orders,
        "spent": [spending.total for spending in purchases.spending],
        "last_order_at": purchases.last_order_at,
    }


def _detail(view: CustomerView) -> dict[str, Any]:
    return _customer(view.customer) | {
        "last_sign_in_at": view.customer.user.last_sign_in_at,
        "sessions": view.customer.sessions,
        "addresses": [_address(saved) for saved in view.addresses],
        "latest_orders": _orders(view.orders),
        "guest_orders": _orders(view.guest_orders),
        "notes": len(view.notes),
    }


def _address(saved: SavedAddress) -> dict[str, Any]:
    return saved.address | {
        "id": saved.id,
        "default_shipping": saved.default_shipping,
        "default_billing": saved.default_billing,
    }


def _orders(page: OrderPage) -> dict[str, Any]:
    items = [
        {
            "id": each.order.id,
            "number": each.order.number,
            "status": each.order.status,
            "placed_at": each.order.placed_at,
            "units": sum(item.quantity for item in each.items),
            "total": each.order.total,
        }
        for each in page.items
    ]
    return {"items": items, "total": page.total}


def _note(note: CustomerNote) -> dict[str, Any]:
    return {
        "id": note.id,
        "text": note.text,
        "author": {"id": note.author_id, "name": note.author},
        "created_at": note.created_at,
    }
