"""Answers to a browser on its way in or out: never cached, always to a page."""

from __future__ import annotations

from urllib.parse import urlencode

import structlog
from fastapi.responses import RedirectResponse

from services.errors import StoreError
from services.identity import cookies
from services.settings import settings

log = structlog.get_logger()


def see_other(url: str) -> RedirectResponse:
    return RedirectResponse(url, status_code=303, headers={"Cache-Control": "no-store"})


def problem_page(problem: StoreError, return_to: str = "/", *, reason: str = "") -> RedirectResponse:
    """To the page that explains what went wrong and leads back; the page has sentences of its own for each reason."""
    reason = reason or problem.code
    log.warning("sign_in_failed", code=problem.code, reason=reason, detail=problem.detail)
    return see_other(f"/sign-in-problem?{urlencode({'reason': reason, 'return_to': return_to})}")


def set_session(response: RedirectResponse, token: str, *, max_age: int) -> None:
    """`max_age` in seconds; 0 takes the session's cookie away."""
    set_cookie(response, cookies.session_cookie(settings()), token, max_age=max_age)


def set_cookie(response: RedirectResponse, name: str, value: str, *, max_age: int) -> None:
    header = cookies.set_cookie_header(name, value, max_age=max_age, secure=settings().secure_cookies)
    response.headers.append("Set-Cookie", header)
