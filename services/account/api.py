"""My account over REST."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from services import merge_patch
from services.account import service
from services.account.representations import (
    AddressInput,
    AddressList,
    AddressResource,
    Confirmation,
    ProfileInput,
    ProfileResource,
    SessionList,
    SessionResource,
    SessionsEnded,
    entity_tag,
    version,
)
from services.errors import Invalid
from services.http import CurrentIdentity, CurrentPerson, check_if_match, json_response, not_modified
from services.idempotency import run_at_most_once
from services.identity import sessions
from services.merge_patch import Patch
from services.unit_of_work import unit_of_work

router = APIRouter(prefix="/me", tags=["me"])

CONFIRMATION = "delete my account"


@router.get("", response_model=ProfileResource)
async def get_me(identity: CurrentIdentity, request: Request) -> Response:
    """Who is signed in. The only address here that an API key opens."""
    async with unit_of_work() as uow:
        resource = ProfileResource.of(await service.get_profile(uow, identity), identity)
    return not_modified(request, entity_tag(resource)) or _answer(resource)


@router.patch("", response_model=ProfileResource)
async def change_me(patch: Patch, identity: CurrentPerson, request: Request) -> Response:
    """Change `name`, `phone` or both by a JSON merge patch."""
    async with unit_of_work() as uow:
        user = await service.lock_account(uow, identity)
        check_if_match(request, version(ProfileResource.of(user, identity)))
        wanted = merge_patch.apply(patch, ProfileInput.of(user), ProfileInput)
        user = await service.change_profile(uow, identity, name=wanted.name, phone=wanted.phone)
    return _answer(ProfileResource.of(user, identity))


@router.delete("", status_code=204)
async def delete_me(confirmation: Confirmation, identity: CurrentPerson, request: Request) -> None:
    """Delete the account. The body says `{"confirm": "delete my account"}`, else 422.

    Orders stay for the books, without name, e-mail address and address. 409 `orders_open` names in `orders` those that
    still need them.
    """
    service.owner_of(identity)
    if confirmation.confirm != CONFIRMATION:
        raise Invalid(
            f'Deleting an account can\'t be undone. To go ahead send {{"confirm": "{CONFIRMATION}"}}.',
            {"confirm": f"exactly: {CONFIRMATION}"},
        )
    async with unit_of_work() as uow:
        user = await service.lock_account_to_delete(uow, identity)
        check_if_match(request, version(ProfileResource.of(user, identity)))
        await service.delete_account(uow, identity)


@router.get("/export")
async def export(identity: CurrentPerson) -> Response:
    """Everything the store keeps about the person, as a file."""
    async with unit_of_work() as uow:
        kept = await service.export(uow, identity)
    return Response(
        json.dumps(kept, indent=2, ensure_ascii=False),
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="larkspur-my-data.json"'},
    )


@router.get("/addresses")
async def list_addresses(identity: CurrentPerson) -> AddressList:
    """The address book: the default for shipping first, then the newest."""
    async with unit_of_work() as uow:
        book = await service.list_addresses(uow, identity)
    return AddressList(items=[AddressResource.of(saved) for saved in book], total=len(book))


@router.post("/addresses", status_code=201, response_model=AddressResource)
async def add_address(address: AddressInput, identity: CurrentPerson, request: Request) -> JSONResponse:
    """Save an address; 200 when it is in the book already, 409 `address_book_full`.

    The first one is the default for shipping and billing. With an Idempotency-Key a repeated request saves once.
    """
    service.owner_of(identity)

    async def act() -> JSONResponse:
        async with unit_of_work() as uow:
            await service.lock_account(uow, identity)
            known = {saved.id for saved in await service.list_addresses(uow, identity)}
            saved = await service.add_address(
                uow,
                identity,
                address.address,
                default_shipping=address.default_shipping,
                default_billing=address.default_billing,
            )
        location = {"Location": f"{request.url.path.rstrip('/')}/{saved.id}"}
        return _answer(AddressResource.of(saved), status=200 if saved.id in known else 201, headers=location)

    return await run_at_most_once(request, identity, address.model_dump(mode="json"), act)


@router.get("/addresses/{address_id}", response_model=AddressResource)
async def get_address(address_id: UUID, identity: CurrentPerson, request: Request) -> Response:
    async with unit_of_work() as uow:
        resource = AddressResource.of(await service.get_address(uow, identity, address_id))
    return not_modified(request, entity_tag(resource)) or _answer(resource)


@router.patch("/addresses/{address_id}", response_model=AddressResource)
async def change_address(
    address_id: UUID, patch: Patch, identity: CurrentPerson, request: Request
) -> Response:
    """Change some fields by a JSON merge patch. Making it a default ends that of another address."""
    async with unit_of_work() as uow:
        await service.lock_account(uow, identity)
        saved = await service.get_address(uow, identity, address_id)
        check_if_match(request, version(AddressResource.of(saved)))
        wanted = merge_patch.apply(patch, AddressInput.of(saved), AddressInput)
        saved = await service.change_address(
            uow,
            identity,
            address_id,
            wanted.address,
            default_shipping=wanted.default_shipping,
            default_billing=wanted.default_billing,
        )
    return _answer(AddressResource.of(saved))


@router.delete("/addresses/{address_id}", status_code=204)
async def remove_address(address_id: UUID, identity: CurrentPerson, request: Request) -> None:
    async with unit_of_work() as uow:
        await service.lock_account(uow, identity)
        saved = await service.get_address(uow, identity, address_id)
        check_if_match(request, version(AddressResource.of(saved)))
        await service.remove_address(uow, identity, address_id)


@router.get("/sessions")
async def list_sessions(identity: CurrentPerson) -> SessionList:
    """Where the person is signed in, the last seen first."""
    async with unit_of_work() as uow:
        found = await sessions.list_sessions(uow, identity)
    return SessionList(items=[SessionResource.of(each, identity) for each in found], total=len(found))


@router.delete("/sessions")
async def end_other_sessions(identity: CurrentPerson) -> SessionsEnded:
    """Sign out everywhere but here; everywhere, when asked with an access token."""
    async with unit_of_work() as uow:
        return SessionsEnded(ended=await sessions.end_other_sessions(uow, identity))


@router.delete("/sessions/{session_id}", status_code=204)
async def end_session(session_id: UUID, identity: CurrentPerson) -> None:
    """Sign out one browser."""
    async with unit_of_work() as uow:
        await sessions.end_session(uow, identity, session_id)


def _answer(resource: BaseModel, *, status: int = 200, headers: dict[str, Any] | None = None) -> JSONResponse:
    tagged = {"ETag": entity_tag(resource), **(headers or {})}
    return json_response(resource, status=status, headers=tagged)
