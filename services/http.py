"""What every REST route shares: who asks, entity tags, pages, and problem documents (RFC 9457)."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from models.identity import Identity
from models.money import Money
from models.permissions import Permission
from services.clients import address_of
from services.errors import (
    Forbidden,
    Invalid,
    PreconditionFailed,
    StoreError,
    TooManyRequests,
    Unauthenticated,
)
from services.identity import bearer, cookies, sessions
from services.identity.access import require, require_person
from services.origin import from_own_page
from services.settings import settings
from services.unit_of_work import unit_of_work

PROBLEM = "application/problem+json"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_ETAG = re.compile(r'(?:W/)?"([^"]*)"')


async def current_identity(request: Request) -> Identity:
    """Who asks: an access token of the identity provider or an API key, else the browser's cookies.

    Raises Unauthenticated for a bad token, Forbidden when a browser is sent here by another site.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("Send the access token or API key as: Authorization: Bearer <token>.")
        async with unit_of_work() as uow:
            return await bearer.identify(uow, token.strip(), address_of(request.scope, uow.settings))
    sent = cookies.parse(request.headers.get("cookie", ""), settings())
    if (sent.session or sent.visitor) and request.method not in SAFE_METHODS:
        require_same_origin(request)
    if not sent.session:
        return sessions.guest(sent, address_of(request.scope, settings()))
    async with unit_of_work() as uow:
        return await sessions.identify(uow, sent, address_of(request.scope, uow.settings))


CurrentIdentity = Annotated[Identity, Depends(current_identity)]


async def current_person(request: Request) -> Identity:
    """Who asks, where an API key has no business. Raises as current_identity does, and Forbidden for one."""
    identity = await current_identity(request)
    require_person(identity)
    return identity


CurrentPerson = Annotated[Identity, Depends(current_person)]


def staff_who(permission: Permission) -> Any:
    """A dependency: who asks, if their roles allow it. Refused before anything else of the request is looked at.

    Raises Unauthenticated for a guest, Forbidden for everybody else.
    """
    return Depends(StaffOnly(permission))


@dataclass(frozen=True, slots=True)
class StaffOnly:
    """The guard of a staff route, by which a route can be told from others."""

    permission: Permission

    async def __call__(self, identity: CurrentIdentity) -> Identity:
        require(identity, self.permission)
        return identity


def require_same_origin(request: Request) -> None:
    """A request with a browser's cookies comes from our own pages (OWASP: verifying origin). Raises Forbidden."""
    if not from_own_page(request.headers):
        raise Forbidden("This request came from another site and was not carried out.", code="foreign_origin")


def etag(version: int | str) -> str:
    return f'"{version}"'


def digest_tag(version: int, body: Any) -> str:
    """A tag that changes with all that an answer shows, not only with the writes that `version` counts."""
    return _tag_of(version, _encoded(body))


def _tag_of(version: int, content: bytes) -> str:
    return etag(f"{version}-{hashlib.sha256(content).hexdigest()[:12]}")


def check_if_match(request: Request, version: int | str) -> None:
    """Raises PreconditionFailed when the caller's copy is an old one (RFC 9110, 13.1.1)."""
    wanted = request.headers.get("if-match")
    known = [tag.partition("-")[0] for tag in _ETAG.findall(wanted or "")]
    if wanted and wanted.strip() != "*" and str(version) not in known:
        raise PreconditionFailed("Somebody changed this meanwhile. Fetch it again, then repeat your change.")


def expected_version(request: Request) -> int | None:
    """The version an If-Match header names; None without one. Raises PreconditionFailed for one never given out."""
    wanted = request.headers.get("if-match")
    if not wanted or wanted.strip() == "*":
        return None
    found = _ETAG.findall(wanted)
    if not found or not found[0].isdigit():
        raise PreconditionFailed("This ETag is not one of ours. Fetch the resource again.")
    return int(found[0])


def not_modified(request: Request, tag: str) -> Response | None:
    """A 304 answer when the caller has this version already (RFC 9110, 13.1.2)."""
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or tag.strip('"') in _ETAG.findall(known):
        return Response(status_code=304, headers={"ETag": tag})
    return None


def problem(
    status: int,
    code: str,
    title: str,
    detail: str,
    *,
    extra: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    body = {"type": f"/problems/{code}", "title": title, "status": status, "detail": detail, "code": code}
    headers = dict(headers or {})
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status == 503:
        headers["Retry-After"] = "5"
    return JSONResponse(body | (extra or {}), status_code=status, media_type=PROBLEM, headers=headers)


def problem_of(error: StoreError) -> JSONResponse:
    extra = dict(error.extra)
    if isinstance(error, Invalid) and error.errors:
        extra["errors"] = [{"field": field, "message": message} for field, message in error.errors.items()]
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooManyRequests) else None
    return problem(error.status, error.code, error.title, error.detail, extra=extra, headers=headers)


def body_too_large(limit: int) -> JSONResponse:
    """`limit` in bytes (RFC 9110, 15.5.14)."""
    detail = f"This address takes bodies of up to {limit} bytes. Send less at once."
    return problem(413, "body_too_large", "The request is too large", detail, extra={"limit": limit})


def json_response(body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    return _Json(body, status_code=status, headers=headers)


def tagged_response(
    body: Any, version: int, *, status: int = 200, headers: dict[str, str] | None = None
) -> JSONResponse:
    """An answer with its digest_tag as ETag; the body is written once for both."""
    answer = _Json(body, status_code=status, headers=headers)
    answer.headers["ETag"] = _tag_of(version, bytes(answer.body))
    return answer


class _Json(JSONResponse):
    def render(self, content: Any) -> bytes:
        return _encoded(content)


def _encoded(body: Any) -> bytes:
    text = json.dumps(body, default=_plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


def _plain(value: Any) -> Any:
    """What JSON has no words for; most of it are amounts and ids, for which the general way is a long one."""
    if isinstance(value, Money):
        return {"amount": value.amount, "currency": value.currency}
    return str(value) if isinstance(value, UUID) else jsonable_encoder(value)
