"""What every answer and socket of the store passes through: a request id, the visitor cookie, security headers,
caching of files, limits, and one log line and one metric per request."""

from __future__ import annotations

import re
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services import metrics
from services.body_limits import BodyLimits
from services.head import HeadAsGet
from services.identity import cookies
from services.ids import request_id
from services.logs import loggable_path
from services.origin import from_own_page
from services.rate_limits import RateLimits
from services.settings import Settings, settings

log = structlog.get_logger("http")

_QUIET = ("/assets/", "/media/", "/fonts/", "/api/v1/health", "/metrics", "/ping")
_NOT_PAGES = ("/api/", "/media/", "/assets/", "/auth/")
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
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_FOUND = frozenset({200, 206, 304})
_VISITOR = "larkspur.visitor"


def visitor_token(scope: Scope) -> str:
    """The visitor cookie of this request, or the one its answer will set."""
    return str(scope.get(_VISITOR, ""))


class StoreMiddleware:
    """The outermost layer, a pure ASGI class so that sockets and streamed files pass untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._answer = RateLimits(BodyLimits(HeadAsGet(app)))

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
        if not from_own_page(headers):
            log.warning("foreign_socket_refused", origin=headers.get("origin", "")[:200])
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
        status, method = 500, scope["method"]
        structlog.contextvars.bind_contextvars(request_id=identifier)

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answer = MutableHeaders(raw=message["headers"])
                answer["X-Request-Id"] = identifier
                _add_caching(answer, scope["path"], status, page=_opens_page(scope, headers))
                _add_security(answer, scope["path"], configuration)
                if not visitor and _needs_visitor(scope, headers, status):
                    answer.append("Set-Cookie", cookies.new_visitor_cookie(configuration, scope[_VISITOR]))
                message["headers"] = answer.raw
            await send(message)

        try:
            await self._answer(scope, receive, send_with_headers)
        finally:
            _report(scope, method if method in _METHODS else "other", status, time.perf_counter() - started)
            structlog.contextvars.unbind_contextvars("request_id")


def _opens_page(scope: Scope, asked: Headers) -> bool:
    """Told by the request, as a 304 has no content type: browsers ask for pages, and only for these, as text/html."""
    wanted = scope["method"] == "GET" and "text/html" in asked.get("accept", "")
    return wanted and not scope["path"].startswith(_NOT_PAGES)


def _needs_visitor(scope: Scope, asked: Headers, status: int) -> bool:
    """Pages and the way to sign-in identify the browser; programs and files don't need it, a redirect may be kept.

    A form of another site comes without our cookies: it must not get new ones that replace them.
    """
    if scope["path"] in ("/auth/login", "/auth/register"):
        return bool(scope["method"] == "GET")
    return _opens_page(scope, asked) and (status == 304 or not 300 <= status < 400)


def _add_caching(headers: MutableHeaders, path: str, status: int, *, page: bool) -> None:
    if "cache-control" in headers:
        return
    if path.startswith(("/assets/", "/fonts/")):
        lasting = "max-age=31536000, immutable" if path.startswith("/assets/") else "max-age=604800"
        headers["Cache-Control"] = f"public, {lasting}" if status in _FOUND else "no-store"
    elif path.startswith("/api/"):
        headers["Cache-Control"] = "no-store"
    elif page or headers.get("content-type", "").startswith("text/html"):
        headers["Cache-Control"] = "private, no-cache"


def _add_security(headers: MutableHeaders, path: str, configuration: Settings) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers["X-Frame-Options"] = "DENY"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
    if path.startswith("/api/docs") and headers.get("content-type", "").startswith("text/html"):
        headers["Content-Security-Policy"] = (
            "default-src 'self' 'unsafe-inline' data:; frame-ancestors 'none'"
        )
    if configuration.secure_cookies:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"


def _report(scope: Scope, method: str, status: int, seconds: float) -> None:
    path: str = scope["path"]
    route = _route(scope, path)
    metrics.REQUESTS.labels(method, route, str(status)).inc()
    metrics.REQUEST_SECONDS.labels(method, route).observe(seconds)
    if status < 400 and path.startswith(_QUIET):
        return
    log.info("request", method=method, path=loggable_path(path), status=status, ms=round(seconds * 1000, 1))


def _route(scope: Scope, path: str) -> str:
    """A label of few values: the route's template, or the first segment of a page or file."""
    template = str(getattr(scope.get("route"), "path", ""))
    if template:
        relative = path.startswith(API_PREFIX) and not template.startswith("/api/")
        return API_PREFIX + template if relative else template
    first = re.match(r"/[a-z-]{0,20}", path)
    return first.group() if first and first.group() in _PLACES else "other"
