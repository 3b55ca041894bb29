"""What every REST route shares: who asks, entity tags, pages, and errors as problem documents (RFC 9457)."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import urlsplit

import structlog
from fastapi import Depends, FastAPI, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from models.identity import Identity
from services.errors import (
    BadRequest,
    Forbidden,
    Invalid,
    NotFound,
    PreconditionFailed,
    StoreError,
    Unauthenticated,
    Unavailable,
)
from services.identity import cookies
from services.identity import service as identities
from services.settings import settings
from services.unit_of_work import unit_of_work

log = structlog.get_logger()

PROBLEM = "application/problem+json"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_ETAG = re.compile(r'(?:W/)?"([^"]*)"')


async def current_identity(request: Request) -> Identity:
    """Who asks: an access token of the identity provider, else the browser's cookies.

    Raises Unauthenticated for a bad token, Forbidden when a browser is sent here by another site.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme:
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("Send the access token as: Authorization: Bearer <token>.")
        async with unit_of_work() as uow:
            return await identities.identify_bearer(uow, token.strip())
    sent = cookies.parse(request.headers.get("cookie", ""), settings())
    if (sent.session or sent.visitor) and request.method not in SAFE_METHODS:
        require_same_origin(request)
    async with unit_of_work() as uow:
        return await identities.identify(uow, sent)


CurrentIdentity = Annotated[Identity, Depends(current_identity)]


def require_same_origin(request: Request) -> None:
    """A request with a browser's cookies comes from our own pages (OWASP: verifying origin). Raises Forbidden."""
    origin = request.headers.get("origin", "")
    own = {urlsplit(settings().public_url).netloc, request.headers.get("host", "")}
    if urlsplit(origin).netloc not in own - {""}:
        raise Forbidden("This request came from another site and was not carried out.", code="foreign_origin")


def etag(version: int | str) -> str:
    return f'"{version}"'


def check_if_match(request: Request, version: int | str) -> None:
    """Raises PreconditionFailed when the caller's copy is an old one (RFC 9110, 13.1.1)."""
    wanted = request.headers.get("if-match")
    if wanted and wanted.strip() != "*" and str(version) not in _ETAG.findall(wanted):
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
    status: int, code: str, title: str, detail: str, *, extra: dict[str, Any] | None = None
) -> JSONResponse:
    body = {"type": f"/problems/{code}", "title": title, "status": status, "detail": detail, "code": code}
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status == 503:
        headers["Retry-After"] = "5"
    return JSONResponse(body | (extra or {}), status_code=status, media_type=PROBLEM, headers=headers)


def problem_of(error: StoreError) -> JSONResponse:
    extra = dict(error.extra)
    if isinstance(error, Invalid) and error.errors:
        extra["errors"] = [{"field": field, "message": message} for field, message in error.errors.items()]
    return problem(error.status, error.code, error.title, error.detail, extra=extra)


def install_error_handlers(app: FastAPI) -> None:
    """Every error leaves as a problem document; nothing internal leaks (RFC 9457, 5)."""

    @app.exception_handler(StoreError)
    async def store_error(request: Request, error: StoreError) -> JSONResponse:
        if isinstance(error, Unavailable):
            log.warning(
                "unavailable", path=request.url.path, detail=error.detail, cause=repr(error.__cause__)
            )
        return problem_of(error)

    @app.exception_handler(RequestValidationError)
    async def unreadable(request: Request, error: RequestValidationError) -> JSONResponse:
        found = error.errors()
        if any(entry["type"] == "json_invalid" for entry in found):
            return problem_of(
                BadRequest(
                    "The body is not valid JSON. Check its syntax and send it again.", code="malformed_json"
                )
            )
        fields = {
            ".".join(str(part) for part in entry["loc"][1:]) or str(entry["loc"][0]): _plain(entry["msg"])
            for entry in found
        }
        return problem_of(Invalid("Some fields can't be used as they are; see errors.", fields))

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 404:
            return problem_of(
                NotFound("There is nothing at this address. The API is described at /api/docs.")
            )
        return problem(error.status_code, "http_error", str(error.detail), str(error.detail))

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        request_id = structlog.contextvars.get_contextvars().get("request_id", "")
        log.error("unexpected_error", path=request.url.path, exc_info=error)
        return problem(
            500,
            "internal_error",
            "Something went wrong on our side",
            f"Nothing was changed. Try again; if it stays, tell us this number: {request_id}",
            extra={"request_id": request_id},
        )


def json_response(body: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(jsonable_encoder(body), status_code=status, headers=headers)


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")
