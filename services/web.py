"""What every answer and socket of the store passes through: a request id, the visitor cookie, security headers,
caching of files, and one log line and one metric per request."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services import metrics
from services.identity import cookies
from services.ids import request_id
from services.settings import Settings, settings

log = structlog.get_logger("http")

_QUIET = ("/assets/", "/media/", "/fonts/", "/api/v1/health", "/metrics", "/ping")
API_PREFIX = "/api/v1"
_PLACES = frozenset(
    (
        "/",
        "/c",
        "/product",
        "/cart",
        "/checkout",
        "/order",
        "/orders",
        "/search",
        "/admin",
        "/assets",
        "/media",
    )
)
_VISITOR = "larkspur.visitor"


def visitor_token(scope: Scope) -> str:
    """The visitor cookie of this request, or the one its answer will set."""
    return str(scope.get(_VISITOR, ""))


class StoreMiddleware:
    """The outermost layer, a pure ASGI class so that sockets and streamed files pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Only pages of this store may open its event socket (CWE-1385)."""
        headers = Headers(scope=scope)
        origin = urlsplit(headers.get("origin", "")).netloc
        if origin not in (headers.get("host", ""), urlsplit(settings().public_url).netloc):
            log.warning("foreign_socket_refused", origin=origin)
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        configuration = settings()
        headers = Headers(scope=scope)
        identifier = request_id(headers.get("x-request-id", ""))
        visitor = cookies.parse(headers.get("cookie", ""), configuration).visitor
        scope[_VISITOR] = visitor or cookies.new_token()
        started = time.perf_counter()
        status = 500
        structlog.contextvars.bind_contextvars(request_id=identifier)

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answer = MutableHeaders(raw=message["headers"])
                answer["X-Request-Id"] = identifier
                _add_headers(answer, scope["path"], configuration)
                if not visitor and _needs_visitor(scope, answer):
                    answer.append("Set-Cookie", cookies.new_visitor_cookie(configuration, scope[_VISITOR]))
                message["headers"] = answer.raw
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        finally:
            _report(scope, status, time.perf_counter() - started)
            structlog.contextvars.unbind_contextvars("request_id")


def _needs_visitor(scope: Scope, headers: MutableHeaders) -> bool:
    """Pages and the way to sign-in identify the browser; programs and files don't need it."""
    path = scope["path"]
    if path in ("/auth/login", "/auth/register"):
        return True
    return headers.get("content-type", "").startswith("text/html") and not path.startswith(
        ("/api/", "/media/")
    )


def _add_headers(headers: MutableHeaders, path: str, configuration: Settings) -> None:
    html = headers.get("content-type", "").startswith("text/html")
    if "cache-control" not in headers:
        if path.startswith("/assets/"):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        elif path.startswith("/fonts/"):
            headers["Cache-Control"] = "public, max-age=604800"
        elif html:
            headers["Cache-Control"] = "no-cache"
        elif path.startswith("/api/"):
            headers["Cache-Control"] = "no-store"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
    if html and path.startswith("/api/docs"):
        headers["Content-Security-Policy"] = (
            "default-src 'self' 'unsafe-inline' data:; frame-ancestors 'none'"
        )
    if configuration.secure_cookies:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"


def _report(scope: Scope, status: int, seconds: float) -> None:
    path: str = scope["path"]
    route = _route(scope, path)
    metrics.REQUESTS.labels(scope["method"], route, str(status)).inc()
    metrics.REQUEST_SECONDS.labels(scope["method"], route).observe(seconds)
    if status < 400 and path.startswith(_QUIET):
        return
    fields: dict[str, Any] = {
        "method": scope["method"],
        "path": path,
        "status": status,
        "ms": round(seconds * 1000, 1),
    }
    log.info("request", **fields)


def _route(scope: Scope, path: str) -> str:
    """A label of few values: the route's template, or the first segment of a page or file."""
    template = getattr(scope.get("route"), "path", "")
    if template:
        return API_PREFIX + template if path.startswith(API_PREFIX) else str(template)
    first = re.match(r"/[a-z-]{0,20}", path)
    return first.group() if first and first.group() in _PLACES else "other"
