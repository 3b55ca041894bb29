"""Sign-in, registration and sign-out: full-page redirects to the identity provider and back."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from services.clients import address_of
from services.errors import StoreError
from services.http import require_same_origin
from services.identity import cookies, service
from services.identity.sessions import Device
from services.settings import settings
from services.web import visitor_token

router = APIRouter(prefix="/auth", include_in_schema=False)
log = structlog.get_logger()

Text = Annotated[str, Query(max_length=2000)]


@router.get("/login")
async def login(request: Request, return_to: Text = "/") -> RedirectResponse:
    return await _to_provider(request, return_to, register=False)


@router.get("/register")
async def register(request: Request, return_to: Text = "/") -> RedirectResponse:
    return await _to_provider(request, return_to, register=True)


@router.get("/callback")
async def callback(
    request: Request, state: Text = "", code: Text = "", iss: Text = "", error: Text = ""
) -> RedirectResponse:
    """The browser comes back from the provider; any problem ends on a page that explains it and offers a way on."""
    sent = cookies.parse(request.headers.get("cookie", ""), settings())
    try:
        if error:
            attempt = await service.take_attempt(state, sent.visitor)
            log.info("sign_in_not_completed", error=error[:80])
            return _see_other(
                f"/sign-in-problem?{urlencode({'reason': 'cancelled', 'return_to': attempt.return_to})}"
            )
        done = await service.complete_sign_in(
            state=state,
            code=code,
            issuer=iss,
            visitor_token=sent.visitor,
            old_session=sent.session,
            device=Device(
                user_agent=request.headers.get("user-agent", ""),
                address=address_of(request.scope, settings()),
            ),
        )
    except StoreError as problem:
        return _problem(problem)
    response = _see_other(done.return_to)
    _set_session(response, done.session_token, max_age=settings().session_absolute_minutes * 60)
    return response


@router.post("/logout")
async def logout(request: Request) -> RedirectResponse:
    """End the session here and at the provider. The browser gets a new visitor cookie: the next guest starts afresh."""
    require_same_origin(request)
    sent = cookies.parse(request.headers.get("cookie", ""), settings())
    try:
        target = await service.sign_out(sent.session) if sent.session else ""
    except StoreError:
        target = ""
    response = _see_other(target or "/")
    _set_session(response, "", max_age=0)
    response.headers.append("Set-Cookie", cookies.new_visitor_cookie(settings()))
    return response


async def _to_provider(request: Request, return_to: str, *, register: bool) -> RedirectResponse:
    try:
        url = await service.begin_sign_in(visitor_token(request.scope), return_to, register=register)
    except StoreError as problem:
        return _problem(problem, return_to=service.local_path(return_to))
    return _see_other(url)


def _problem(problem: StoreError, return_to: str = "/") -> RedirectResponse:
    log.warning("sign_in_failed", code=problem.code, detail=problem.detail)
    return _see_other(f"/sign-in-problem?{urlencode({'reason': problem.code, 'return_to': return_to})}")


def _see_other(url: str) -> RedirectResponse:
    return RedirectResponse(url, status_code=303, headers={"Cache-Control": "no-store"})


def _set_session(response: RedirectResponse, token: str, *, max_age: int) -> None:
    configuration = settings()
    response.headers.append(
        "Set-Cookie",
        cookies.set_cookie_header(
            cookies.session_cookie(configuration), token, max_age=max_age, secure=configuration.secure_cookies
        ),
    )
