"""Sign-out, begun here or at the identity provider."""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from services.clients import address_of
from services.errors import StoreError, Unauthenticated
from services.http import require_same_origin
from services.identity import cookies, signing_out
from services.identity.redirects import problem_page, see_other, set_cookie, set_session
from services.settings import settings

router = APIRouter(prefix="/auth", include_in_schema=False)
log = structlog.get_logger()

_FORM = "application/x-www-form-urlencoded"
_SESSIONS_PAGE = "/account/sessions"


@router.post("/logout")
async def logout(request: Request) -> RedirectResponse:
    """End the session here and at the provider."""
    return await _sign_out(request, everywhere=False)


@router.post("/logout-everywhere")
async def logout_everywhere(request: Request) -> RedirectResponse:
    """End all of one's sessions here, and this browser's at the provider."""
    return await _sign_out(request, everywhere=True)


@router.get("/signed-out")
async def signed_out(request: Request, state: str = "", error: str = "") -> RedirectResponse:
    """Back from the provider, which names what it was asked with; else nobody knows whether it did as asked.

    Asgardeo comes back with an error when the person chose to stay signed in there.
    """
    asked = cookies.parse(request.headers.get("cookie", ""), settings()).logout
    if error or not asked or not secrets.compare_digest(asked.encode(), state.encode()):
        log.warning("sign_out_unconfirmed", asked=bool(asked), told=bool(state), error=bool(error))
        return see_other(f"/sign-in-problem?{urlencode({'reason': 'signed_out_unconfirmed'})}")
    response = see_other("/")
    set_cookie(response, cookies.logout_cookie(settings()), "", max_age=0)
    return response


@router.post("/backchannel-logout")
async def backchannel_logout(request: Request) -> Response:
    """The provider's server says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0, 2.5)."""
    sent: list[object] = []
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM:
        sent = list((await request.form()).getlist("logout_token"))
    try:
        if len(sent) != 1 or not isinstance(sent[0], str):
            return _logout_refused("Send one logout_token in a form.")
        await signing_out.sign_out_at_providers_word(sent[0])
    except StoreError as problem:
        log.warning("backchannel_logout_failed", code=problem.code)
        return _logout_refused("The logout token was not accepted.")
    return Response(headers={"Cache-Control": "no-store"})


async def _sign_out(request: Request, *, everywhere: bool) -> RedirectResponse:
    """The browser gets a new visitor cookie: the next guest starts afresh."""
    require_same_origin(request)
    configuration = settings()
    sent = cookies.parse(request.headers.get("cookie", ""), configuration)
    state = cookies.new_token()
    target = ""
    if sent.session or everywhere:
        try:
            address = address_of(request.scope, configuration)
            target = await signing_out.sign_out(sent.session, state, address, everywhere=everywhere)
        except Unauthenticated as problem:
            return problem_page(problem, _SESSIONS_PAGE, reason="not_everywhere")
        except StoreError as problem:
            return problem_page(problem, reason="sign_out_failed")
    response = see_other(target or "/")
    set_session(response, "", max_age=0)
    response.headers.append("Set-Cookie", cookies.new_visitor_cookie(configuration))
    if target:
        set_cookie(response, cookies.logout_cookie(configuration), state, max_age=cookies.LOGOUT_SECONDS)
    return response


def _logout_refused(description: str) -> JSONResponse:
    """Back-Channel Logout 1.0, 2.8."""
    body = {"error": "invalid_request", "error_description": description}
    return JSONResponse(body, status_code=400, headers={"Cache-Control": "no-store"})
