"""Repeated requests: the same Idempotency-Key gets the first answer again for 24 hours.

Source: IETF draft "The Idempotency-Key HTTP Header Field" and Stripe's Idempotent requests.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

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
from services.idempotency_records import LIFETIME
from services.unit_of_work import unit_of_work

ABANDONED_AFTER = timedelta(seconds=60)
"""A request in flight for longer died with its process; its key may be used again."""
REPLAYED = {"Idempotent-Replayed": "true"}


_OWN = ("user_id", "fingerprint", "response_status", "response_body", "response_headers", "created_at")
_NEW = insert(IdempotencyRecord).values(
    {name: sa.bindparam(name) for name in ("scope", "key", "user_id", "fingerprint", "created_at")}
)
_CLAIM = _NEW.on_conflict_do_update(
    index_elements=["scope", "key"],
    set_={name: _NEW.excluded[name] for name in _OWN},
    where=col(IdempotencyRecord.created_at) < sa.bindparam("expired", type_=sa.DateTime(timezone=True)),
).returning(col(IdempotencyRecord.key))
"""A new record, or one in the place of a record that is too old to count: then nothing of it stays."""


async def run_once(
    request: Request,
    identity: Identity,
    body: Any,
    act: Callable[[], Awaitable[JSONResponse]],
    *,
    guest_scope: str = "",
) -> JSONResponse:
    """Act, unless this key has acted before: then repeat what was answered.

    `guest_scope` keeps the keys of guests apart, who are otherwise nobody. After an answer of 5xx the same request may
    be sent again at once. Raises BadRequest (no key), Invalid (the key was used with another body), Conflict (still in
    flight).
    """
    key = _key(request)
    scope = _scope(request, identity, guest_scope)
    mark = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
    claimed_at = now()
    async with unit_of_work() as uow:
        first = await _claim(uow.session, scope, key, mark, claimed_at, identity.user_id)
    if first:
        headers = (first.response_headers or {}) | REPLAYED
        return JSONResponse(first.response_body, first.response_status or 200, headers)
    claim = _Claim(scope, key, claimed_at)
    try:
        response = await act()
    except StoreError as error:
        if error.status >= 500:
            await claim.give_up()
            raise
        response = problem_of(error)
    except BaseException:
        await claim.give_up()
        raise
    await claim.keep(response)
    return response


async def run_at_most_once(
    request: Request, identity: Identity, body: Any, act: Callable[[], Awaitable[JSONResponse]]
) -> JSONResponse:
    """As run_once for a request that has a key; one without acts each time."""
    if not _has_key(request):
        return await act()
    return await run_once(request, identity, body, act)


def scoped_key(request: Request, identity: Identity, guest_scope: str) -> str:
    """The request's key as nobody else can have it. Raises BadRequest without one."""
    return f"{_scope(request, identity, guest_scope)} {_key(request)}"


def key_of_deed(request: Request, identity: Identity) -> str:
    """As scoped_key, empty for a request without a key. A deed that is written down under it in its own transaction is
    done once, also when the process dies before it can keep the answer."""
    return scoped_key(request, identity, "") if _has_key(request) else ""


def _has_key(request: Request) -> bool:
    return "idempotency-key" in request.headers


def _key(request: Request) -> str:
    key = request.headers.get("idempotency-key", "")
    if not key or len(key) > 255:
        raise BadRequest(
            "Send an Idempotency-Key header with a fresh random value of 1 to 255 characters, "
            "and the same one when you repeat this request.",
            code="idempotency_key_required",
        )
    return key


def _scope(request: Request, identity: Identity, guest_scope: str) -> str:
    who = str(identity.user_id or identity.visitor or guest_scope)
    return hashlib.sha256(f"{who} {request.method} {request.url.path}".encode()).hexdigest()


async def _claim(
    session: AsyncSession, scope: str, key: str, mark: str, claimed_at: datetime, user_id: UUID | None
) -> IdempotencyRecord | None:
    """The finished record of this key, or None after claiming it.

    An insertion that meets a record locks it, so nobody else claims it before the commit.
    """
    claim = {"scope": scope, "key": key, "user_id": user_id, "fingerprint": mark, "created_at": claimed_at}
    claimed = await session.exec(_CLAIM, params=claim | {"expired": claimed_at - LIFETIME})
    if claimed.scalar_one_or_none() is not None:
        return None
    same = (col(IdempotencyRecord.scope) == scope, col(IdempotencyRecord.key) == key)
    record = (await session.exec(select(IdempotencyRecord).where(*same))).one()
    if record.fingerprint != mark:
        raise Invalid(
            "This Idempotency-Key was used with another body. Use a fresh key for a new request.",
            code="idempotency_key_reused",
        )
    if record.response_status is not None:
        return record
    if record.created_at > claimed_at - ABANDONED_AFTER:
        raise Conflict(
            "The first request with this key is still being worked on. Try again in a second.",
            code="idempotency_in_flight",
        )
    record.created_at = claimed_at
    return None


@dataclass(frozen=True, slots=True)
class _Claim:
    """A key in our hands, as long as nobody has taken it over as abandoned."""

    scope: str
    key: str
    claimed_at: datetime

    async def keep(self, response: JSONResponse) -> None:
        headers = {
            name: response.headers[name] for name in ("location", "content-type") if name in response.headers
        }
        await self._write(
            response_status=response.status_code,
            response_body=json.loads(bytes(response.body)),
            response_headers=headers,
        )

    async def give_up(self) -> None:
        """The same request may claim the key at once."""
        await self._write(created_at=self.claimed_at - ABANDONED_AFTER)

    async def _write(self, **values: Any) -> None:
        async with unit_of_work() as uow:
            await uow.session.exec(
                sa.update(IdempotencyRecord)
                .where(
                    col(IdempotencyRecord.scope) == self.scope,
                    col(IdempotencyRecord.key) == self.key,
                    col(IdempotencyRecord.created_at) == self.claimed_at,
                )
                .values(**values)
            )
