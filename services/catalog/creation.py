"""What the POST routes of the catalogue share: where the new one is, and retries that make no second."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from models.identity import Identity
from services.http import json_response
from services.idempotency import run_once


def created(request: Request, response: Response, slug: str, resource: BaseModel) -> JSONResponse:
    """201 with the place of the resource, and the headers gathered in `response`."""
    headers = {"Location": f"{request.url.path.rstrip('/')}/{slug}"}
    headers |= {name: response.headers[name] for name in ("etag", "cache-control")}
    return json_response(resource, status=201, headers=headers)


async def at_most_once(
    request: Request, identity: Identity, body: BaseModel, create: Callable[[], Awaitable[JSONResponse]]
) -> JSONResponse:
    """Create, or repeat the first answer to the same Idempotency-Key; without one, create each time."""
    if "idempotency-key" not in request.headers:
        return await create()
    return await run_once(request, identity, body.model_dump(mode="json"), create)
