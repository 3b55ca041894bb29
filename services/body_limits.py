"""How much one request may send: by the length that it declares, and by counting the bytes that come."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from services.http import body_too_large
from services.settings import Settings, settings


class BodyLimits:
    """Answers 413 before a handler holds more of a body in memory than its address takes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        limit = limit_of(scope["path"], settings())
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isascii() and declared.isdecimal() and int(declared[:20]) > limit:
            await body_too_large(limit)(scope, receive, send)
            return
        await RequestBodyLimitMiddleware(self.app, limit)(scope, receive, send)


def limit_of(path: str, configuration: Settings) -> int:
    """Bytes that an address takes."""
    if path.startswith("/api/v1/webhooks/"):
        return configuration.body_limit_webhooks
    if path.startswith("/api/v1/products"):
        return configuration.body_limit_products
    if path.startswith("/_upload"):
        return configuration.body_limit_uploads
    return configuration.body_limit
