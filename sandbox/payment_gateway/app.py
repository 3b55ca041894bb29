"""Puts the gateway together."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.frame import STYLESHEET_ROUTE, Pages
from sandbox.payment_gateway.api import Api
from sandbox.payment_gateway.card_element import CardElement
from sandbox.payment_gateway.chaos import Chaos, ChaoticApi
from sandbox.payment_gateway.dashboard import Dashboard
from sandbox.payment_gateway.database import Database
from sandbox.payment_gateway.errors import GatewayError
from sandbox.payment_gateway.events import Events
from sandbox.payment_gateway.idempotency import Idempotency
from sandbox.payment_gateway.ledger import Ledger
from sandbox.payment_gateway.parameters import read_parameters
from sandbox.payment_gateway.payment_methods import PaymentMethods
from sandbox.payment_gateway.payments import Payments
from sandbox.payment_gateway.refunds import Refunds
from sandbox.payment_gateway.settings import Settings
from sandbox.payment_gateway.three_d_secure import ThreeDSecure
from sandbox.payment_gateway.webhooks import Webhooks

SETTLE_EVERY_SECONDS = 0.1


def payment_gateway(settings: Settings) -> Starlette:
    """The gateway's web application."""
    database, chaos = Database(settings.data_dir), Chaos()
    events = Events(database, chaos, sending=bool(settings.webhook_url))
    methods = PaymentMethods(database)
    ledger = Ledger(database)
    payments = Payments(database, ledger, methods, events, settings.origin)
    refunds = Refunds(database, ledger, events)
    webhooks = Webhooks(events, chaos, settings.webhook_url, settings.webhook_secret)
    pages = Pages(Path(__file__).parent / "templates")

    @asynccontextmanager
    async def background(_: Starlette) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(webhooks.deliver_forever()),
            asyncio.create_task(_settle_forever(payments)),
        ]
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def set_chaos(request: Request) -> Response:
        body = await read_parameters(request)
        chaos.set(body.get("mode"), body.get("seconds"))
        return JSONResponse({"mode": chaos.mode})

    return Starlette(
        routes=[
            Route("/health", health),
            STYLESHEET_ROUTE,
            *Api(settings, Idempotency(database), methods, ledger, payments, refunds, events).routes,
            *CardElement(settings, pages).routes,
            *ThreeDSecure(ledger, payments, pages).routes,
            *Dashboard(ledger, pages).routes,
            *([Route("/chaos", set_chaos, methods=["POST"])] if settings.chaos else []),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=settings.allow_origins,
                allow_methods=["POST"],
                allow_headers=["Authorization", "Content-Type", "Idempotency-Key"],
            ),
            Middleware(ChaoticApi, chaos=chaos),
        ],
        exception_handlers={
            GatewayError: _refusal,
            HTTPException: _http_refusal,
            Exception: _failure,
        },
        lifespan=background,
    )


async def _settle_forever(payments: Payments) -> None:
    while True:
        payments.settle_due()
        await asyncio.sleep(SETTLE_EVERY_SECONDS)


def _refusal(_: Request, error: Exception) -> Response:
    if not isinstance(error, GatewayError):
        raise error
    return JSONResponse(error.body, error.status)


def _http_refusal(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    message = f"Unrecognized request URL ({request.method}: {request.url.path})."
    return _refusal(request, GatewayError(message, status=error.status_code))


def _failure(_: Request, error: Exception) -> Response:
    logging.getLogger(__name__).error("unexpected failure", exc_info=error)
    return JSONResponse({"error": {"type": "api_error", "message": "Something went wrong on our end."}}, 500)
