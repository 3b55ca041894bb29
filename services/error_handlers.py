"""Every error leaves as a problem document that says what to do next; nothing internal leaks (RFC 9457, 5)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, status
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import MAX_BODY_SIZE_SCOPE_KEY

from models.text import NO_CONTROL_CHARACTERS
from services.errors import BadRequest, Invalid, NotFound, StoreError, Unavailable
from services.http import body_too_large, problem, problem_of
from services.logs import loggable_path

log = structlog.get_logger()

_UNREADABLE = "The body is not valid JSON in UTF-8. Check its syntax and send it again."


def install_error_handlers(app: FastAPI) -> None:
    app.exception_handler(StoreError)(_store_error)
    app.exception_handler(RequestValidationError)(_unusable)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(Exception)(_unexpected)


async def _store_error(request: Request, error: StoreError) -> JSONResponse:
    if isinstance(error, Unavailable):
        log.warning(
            "unavailable",
            path=loggable_path(request.url.path),
            detail=error.detail,
            cause=repr(error.__cause__),
        )
    return problem_of(error)


async def _unusable(request: Request, error: RequestValidationError) -> JSONResponse:
    found = error.errors()
    if any(entry["type"] == "json_invalid" for entry in found):
        return problem_of(BadRequest(_UNREADABLE, code="malformed_json"))
    if isinstance(error.body, bytes):
        return _unsupported_media_type(request)
    fields = {
        ".".join(str(part) for part in entry["loc"][1:]) or str(entry["loc"][0]): _plain(entry)
        for entry in found
    }
    return problem_of(Invalid("Some fields can't be used as they are; see errors.", fields))


async def _http_error(request: Request, error: HTTPException) -> JSONResponse:
    match error.status_code:
        case status.HTTP_400_BAD_REQUEST:
            return problem_of(BadRequest(_UNREADABLE, code="malformed_json"))
        case status.HTTP_404_NOT_FOUND:
            return problem_of(
                NotFound("There is nothing at this address. The API is described at /api/docs.")
            )
        case status.HTTP_405_METHOD_NOT_ALLOWED:
            return _method_not_allowed(request, (error.headers or {}).get("Allow", ""))
        case status.HTTP_413_CONTENT_TOO_LARGE:
            return body_too_large(request.scope[MAX_BODY_SIZE_SCOPE_KEY])
    title = HTTPStatus(error.status_code).phrase
    detail = f"{error.detail}. The API is described at /api/docs."
    return problem(error.status_code, "http_error", title, detail, headers=dict(error.headers or {}))


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    log.error("unexpected_error", path=loggable_path(request.url.path), exc_info=error)
    return problem(
        500,
        "internal_error",
        "Something went wrong on our side",
        f"Nothing was changed. Try again; if it stays, tell us this number: {request_id}",
        extra={"request_id": request_id},
    )


def _method_not_allowed(request: Request, allowed: str) -> JSONResponse:
    return problem(
        405,
        "method_not_allowed",
        "Method not allowed",
        f"This address doesn't take {request.method[:20]}. It takes: {allowed}.",
        headers={"Allow": allowed},
    )


def _unsupported_media_type(request: Request) -> JSONResponse:
    sent = request.headers.get("content-type", "")[:80] or "no Content-Type"
    return problem(
        415,
        "unsupported_media_type",
        "This kind of body can't be read",
        f"Send JSON with Content-Type: application/json; this request has {sent}.",
        headers={"Accept": "application/json"},
    )


def _plain(entry: dict[str, Any]) -> str:
    if entry.get("ctx", {}).get("pattern") == NO_CONTROL_CHARACTERS:
        return "Use one line of text, without line breaks or control characters."
    return str(entry["msg"]).removeprefix("Value error, ")
