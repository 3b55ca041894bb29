"""Sign-in and registration: full-page redirects to the identity provider and back."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from services.clients import address_of
from services.errors import StoreError
from services.identity import cookies, service
from services.identity.redirects import problem_page, see_other, set_session
from services.identity.sessions import Device
from services.settings import settings
from services.web import visitor_token

router = APIRouter(prefix="/auth", include_in_schema=False)


@router.get("/login")
async def login(request: Request, return_to: str = "/") -> RedirectResponse:
    return await _to_provider(request, return_to, register=False)


@router.get("/register")
async def register(request: Request, return_to: str = "/") -> RedirectResponse:
    return await _to_provider(request, return_to, register=True)


@router.get("/callback")
async def callback(request: Request) -> RedirectResponse:
    """The browser comes back from the provider; any problem ends on a page that explains it and offers a way on."""
    configuration = settings()
    sent = cookies.parse(request.headers.get("cookie", ""), configuration)
    answer = _answer(request)
    try:
        attempt = await service.take_attempt(answer.state, answer.issuer, sent.visitor)
    except StoreError as problem:
        return problem_page(problem)
    try:
        if answer.error:
            raise service.not_completed(answer.error)
        done = await service.complete_sign_in(
            attempt,
            code=answer.code,
            visitor_token=sent.visitor,
            old_session=sent.session,
            currency=sent.currency,
            device=Device(
                user_agent=request.headers.get("user-agent", ""),
                address=address_of(request.scope, configuration),
            ),
        )
    except StoreError as problem:
        return problem_page(problem, attempt.return_to)
    response = see_other(done.return_to)
    set_session(response, done.session_token, max_age=configuration.session_absolute_minutes * 60)
    return response


@dataclass(frozen=True, slots=True)
class _Answer:
    """The parameters of an authorization response (RFC 6749, 4.1.2; RFC 9207, 2)."""

    state: str
    code: str
    error: str
    issuer: str | None


def _answer(request: Request) -> _Answer:
    """What came back. A state that was sent twice or fits nothing is empty, and belongs to no sign-in."""
    given = request.query_params
    repeated = len(given.multi_items()) != len(given)
    too_long = any(len(value) > 4096 for value in given.values())
    return _Answer(
        state="" if repeated or too_long else given.get("state", ""),
        code=given.get("code", ""),
        error=given.get("error", ""),
        issuer=given.get("iss"),
    )


async def _to_provider(request: Request, return_to: str, *, register: bool) -> RedirectResponse:
    try:
        url = await service.begin_sign_in(visitor_token(request.scope), return_to, register=register)
    except StoreError as problem:
        return problem_page(problem, service.local_path(return_to))
    return see_other(url)
