"""Choosing what to pay in: a form of our own pages, and back to where it was sent from."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse

from services.cart import service
from services.errors import Invalid
from services.http import CurrentPerson
from services.identity import cookies
from services.identity.redirects import see_other, set_cookie
from services.identity.service import local_path
from services.settings import settings
from services.unit_of_work import unit_of_work

router = APIRouter(include_in_schema=False)


@router.post("/currency")
async def choose_currency(
    request: Request,
    identity: CurrentPerson,
    currency: Annotated[str, Form(max_length=3)],
    return_to: Annotated[str, Form(max_length=2000)] = "/",
) -> RedirectResponse:
    """The browser keeps the choice for a year, an account for good, and the open cart follows.

    A page that offers a currency may be older than the end of that offer: then everything stays as it is.
    """
    response = see_other(local_path(return_to))
    try:
        async with unit_of_work() as uow:
            await service.choose_currency(uow, identity, currency)
    except Invalid:
        return response
    set_cookie(response, cookies.currency_cookie(settings()), currency, max_age=cookies.CURRENCY_SECONDS)
    return response
