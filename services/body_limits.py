"""How much one request may send: by the length that it declares, and by counting the bytes that come."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.http import body_too_large
from services.settings import Settings, settings

LINGER_SECONDS = 5
"""How long the rest of a refused body is read and thrown away: a client that still sends would find its connection
cut and never read the answer (nginx: lingering_close)."""


class BodyLimits:
    """Answers 413 before a handler holds more of a body in memory than its address takes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = limit_of(scope["path"], settings())
        body = _Body(receive)

        async def send_after_body(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 413:
                await body.discard()
            await send(message)

        declared = Headers(scope=scope).get("content-length", "")
        if declared.isascii() and declared.isdecimal() and int(declared[:20]) > limit:
            await body_too_large(limit)(scope, receive, send_after_body)
            return
        await RequestBodyLimitMiddleware(self.app, limit)(scope, body.receive, send_after_body)


class _Body:
    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._ended = False

    async def receive(self) -> Message:
        message = await self._receive()
        self._ended = not message.get("more_body", False)
        return message

    async def discard(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER_SECONDS):
                while not self._ended:
                    await self.receive()


def limit_of(path: str, configuration: Settings) -> int:
    """Bytes that an address takes."""
    if path.startswith("/api/v1/webhooks/"):
        return configuration.body_limit_webhooks
    if path.startswith("/api/v1/products"):
        return configuration.body_limit_products
    if path.startswith("/_upload"):
        return configuration.body_limit_uploads
    return configuration.body_limit
