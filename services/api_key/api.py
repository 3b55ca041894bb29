"""API keys over REST, for people: a key has no say over keys."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, status
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from models.api_key import DEFAULT_LIFETIME_DAYS, ApiKey, KeyStatus
from models.identity import Identity
from models.permissions import Permission
from models.text import PlainText
from services.api_key import service
from services.api_key.service import MAX_NAME, OwnedKey
from services.http import json_response, staff_who
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/api-keys", tags=["API keys"])

UseApiKeys = Annotated[Identity, staff_who(Permission.USE_API_KEYS)]


class NewKey(BaseModel):
    """`expires_in_days` is 30, 90 or 365, or null for a key without an end."""

    model_config = ConfigDict(extra="forbid")

    name: PlainText = Field(min_length=1, max_length=MAX_NAME)
    scopes: frozenset[Permission] = Field(min_length=1)
    expires_in_days: int | None = DEFAULT_LIFETIME_DAYS


class KeyOut(BaseModel):
    """`hint` is how the key begins. `last_used_at` is right to the minute."""

    id: UUID
    name: str
    hint: str
    scopes: list[Permission]
    status: KeyStatus
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


class CreatedKeyOut(KeyOut):
    key: str


class OwnerOut(BaseModel):
    id: UUID
    name: str
    email: str


class OwnedKeyOut(KeyOut):
    owner: OwnerOut


class KeyList(BaseModel):
    items: list[OwnedKeyOut]
    next_cursor: str | None
    total: int


@router.get("", response_model=KeyList)
async def list_keys(
    identity: UseApiKeys,
    everybodys: Annotated[bool, Query(description="For administrators: the keys of all staff.")] = False,
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
    cursor: Annotated[str, Query(max_length=64)] = "",
) -> dict[str, Any]:
    """Your keys, newest first, with those that are no longer live."""
    async with unit_of_work() as uow:
        page = await service.list_keys(uow, identity, everybodys=everybodys, limit=limit, cursor=cursor)
    return {
        "items": [_owned(each) for each in page.items],
        "next_cursor": page.next_cursor,
        "total": page.total,
    }


@router.post("", status_code=201, response_model=CreatedKeyOut)
async def create_key(body: NewKey, identity: UseApiKeys) -> JSONResponse:
    """Make a key. `key` is told in this answer and never again, so an Idempotency-Key does not repeat it: if the answer
    was lost, revoke the key and make another.

    403 when a scope is not among your own permissions, 409 `key_name_taken`, `too_many_keys`.
    """
    async with unit_of_work() as uow:
        key, secret = await service.create_key(
            uow, identity, name=body.name, scopes=body.scopes, expires_in_days=body.expires_in_days
        )
    answer = _fields(key, KeyStatus.LIVE) | {"key": secret}
    return json_response(answer, status=201, headers={"Cache-Control": "no-store"})


@router.delete("/{key_id}", status_code=status.HTTP_204_NO_CONTENT)
async def revoke_key(key_id: UUID, identity: UseApiKeys) -> None:
    """Revoke a key, for good; administrators may those of others. Doing it again changes nothing."""
    async with unit_of_work() as uow:
        await service.revoke_key(uow, identity, key_id)


def _owned(each: OwnedKey) -> dict[str, Any]:
    owner = each.owner
    named = {"id": owner.id, "name": owner.name, "email": owner.email}
    return _fields(each.key, each.status) | {"owner": named}


def _fields(key: ApiKey, key_status: KeyStatus) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "hint": key.hint,
        "scopes": [scope for scope in Permission if scope.value in key.scopes],
        "status": key_status,
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "last_used_at": key.last_used_at,
        "revoked_at": key.revoked_at,
    }
