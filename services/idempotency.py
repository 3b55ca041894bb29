"""Repeated requests: the same Idempotency-Key gets the first answer again for 24 hours.

Source: IETF draft "The Idempotency-Key HTTP Header Field" and Stripe's Idempotent requests.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from fastapi import Request
from fastapi.responses import JSONResponse
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.idempotency import IdempotencyRecord
from models.identity import Identity
from models.ids import now
from services.errors import BadRequest, Conflict, Invalid, StoreError
from services.http import problem_of
from services.unit_of_work import unit_of_work

LIFETIME = timedelta(hours=24)
ABANDONED_AFTER = timedelta(seconds=60)
"""A request in flight for longer died with its process; its key may be used again."""
REPLAYED = {"Idempotent-Replayed": "true"}


async def run_once(
    request: Request, identity: Identity, body: Any, act: Callable[[], Awaitable[JSONResponse]]
) -> JSONResponse:
    """Act, unless this key has acted before: then repeat what was answered.

    Raises BadRequest (no key), Invalid (the key was used with another body), Conflict (still in flight).
    """
    key = request.headers.get("idempotency-key", "")
    if not key or len(key) > 255:
        raise BadRequest(
            "Send an Idempotency-Key header with a fresh random value of 1 to 255 characters, "
            "and the same one when you repeat this request.",
            code="idempotency_key_required",
        )
    scope = f"{identity.user_id or identity.visitor or 'guest'} {request.method} {request.url.path}"[:120]
    mark = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
    async with unit_of_work() as uow:
        first = await _claim(uow.session, scope, key, mark)
    if first:
        return JSONResponse(
            first.response_body, first.response_status or 200, (first.response_headers or {}) | REPLAYED
        )
    try:
        response = await act()
    except StoreError as error:
        if error.status >= 500:
            await _forget(scope, key)
            raise
        response = problem_of(error)
    except BaseException:
        await _forget(scope, key)
        raise
    await _keep(scope, key, response)
    return response


async def _claim(session: AsyncSession, scope: str, key: str, mark: str) -> IdempotencyRecord | None:
    """The finished record of this key, or None after claiming it."""
    await session.exec(
        sa.delete(IdempotencyRecord).where(
            col(IdempotencyRecord.scope) == scope,
            col(IdempotencyRecord.key) == key,
            sa.or_(
                col(IdempotencyRecord.created_at) < now() - LIFETIME,
                col(IdempotencyRecord.response_status).is_(None)
                & (col(IdempotencyRecord.created_at) < now() - ABANDONED_AFTER),
            ),
        )
    )
    claim = insert(IdempotencyRecord).values(scope=scope, key=key, fingerprint=mark, created_at=now())
    claimed = await session.exec(claim.on_conflict_do_nothing().returning(col(IdempotencyRecord.key)))
    if claimed.first():
        return None
    query = select(IdempotencyRecord).where(IdempotencyRecord.scope == scope, IdempotencyRecord.key == key)
    record = (await session.exec(query)).one()
    if record.fingerprint != mark:
        raise Invalid(
            "This Idempotency-Key was used with another body. Use a fresh key for a new request.",
            code="idempotency_key_reused",
        )
    if record.response_status is None:
        raise Conflict(
            "The first request with this key is still being worked on. Try again in a second.",
            code="idempotency_in_flight",
        )
    return record


async def _keep(scope: str, key: str, response: JSONResponse) -> None:
    headers = {"location": response.headers["location"]} if "location" in response.headers else {}
    headers["content-type"] = response.headers["content-type"]
    async with unit_of_work() as uow:
        await uow.session.exec(
            _record(scope, key).values(
                response_status=response.status_code,
                response_body=json.loads(bytes(response.body)),
                response_headers=headers,
            )
        )


async def _forget(scope: str, key: str) -> None:
    async with unit_of_work() as uow:
        await uow.session.exec(
            sa.delete(IdempotencyRecord).where(
                col(IdempotencyRecord.scope) == scope, col(IdempotencyRecord.key) == key
            )
        )


def _record(scope: str, key: str) -> sa.Update:
    return sa.update(IdempotencyRecord).where(
        col(IdempotencyRecord.scope) == scope, col(IdempotencyRecord.key) == key
    )
