"""How the compiled pages leave the server: without redirects to a trailing slash, and with a policy that names every
inline script by its hash, so that no other script runs (Content Security Policy Level 3)."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.settings import Settings, settings

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_NOT_PAGES = (
    "/api/",
    "/auth/",
    "/media/",
    "/_event",
    "/_upload",
    "/assets/",
    "/metrics",
    "/ping",
    "/_health",
)
_ROUTES = ("/api/", "/auth/", "/media/")
"""Where programs ask, who get the refusals of these addresses."""


class CompiledPages:
    """Serves `/cart` from `cart/index.html` as it is, and sends the policy along with every page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._pages, hashes = _read_pages(compiled_folder())
        self._policy = content_security_policy(settings(), hashes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        own_page = not path.startswith(_NOT_PAGES)
        if own_page and self._elsewhere(scope):
            await _redirect(settings().public_url + path, scope)(scope, receive, send)
            return
        if own_page and path != "/" and path.endswith("/"):
            await _redirect("/" + path.strip("/"), scope)(scope, receive, send)
            return
        if path in self._pages:
            scope = {**scope, "path": f"{path}/", "raw_path": None}
        elif "\0" in path and not path.startswith(_ROUTES):
            scope = {**scope, "path": "/404", "raw_path": None}

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                html = headers.get("content-type", "").startswith("text/html")
                if html and "content-security-policy" not in headers:
                    headers["Content-Security-Policy"] = self._policy
            await send(message)

        await self.app(scope, receive, send_with_policy)

    @staticmethod
    def _elsewhere(scope: Scope) -> bool:
        """Opened as 127.0.0.1 though the store is localhost: cookies and sign-in belong to the latter."""
        host = Headers(scope=scope).get("host", "")
        return host.startswith("127.0.0.1") and settings().public_url.startswith("http://localhost")


def _redirect(url: str, scope: Scope) -> RedirectResponse:
    query = scope["query_string"].decode("latin-1")
    return RedirectResponse(f"{url}?{query}" if query else url, 308)


def compiled_folder() -> Path:
    return Path(os.environ.get("REFLEX_WEB_WORKDIR") or ".web") / "build" / "client"


def content_security_policy(configuration: Settings, script_hashes: list[str]) -> str:
    """Styles stay inline: the pages' style library writes them while they run. The card form is the gateway's frame."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {' '.join(script_hashes)}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob: https:",
            f"connect-src 'self' {_socket_origin(configuration.public_url)}",
            f"frame-src {_origin(configuration.card_element_url)}",
            f"form-action {' '.join(_form_targets(configuration))}",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "object-src 'none'",
        )
    )


def _form_targets(configuration: Settings) -> list[str]:
    """Where the form to sign out may end up: browsers hold its redirects to this, and a provider may have two hosts."""
    pages = (configuration.oidc_issuer, configuration.oidc_registration_url, configuration.oidc_account_url)
    return ["'self'", *sorted({_origin(page) for page in pages if page})]


def _read_pages(folder: Path) -> tuple[frozenset[str], list[str]]:
    """The paths that have a file of their own, and the hashes of all inline scripts."""
    pages, hashes = set(), set()
    for file in sorted(folder.rglob("*.html")):
        if file.name == "index.html" and file.parent != folder:
            pages.add("/" + file.parent.relative_to(folder).as_posix())
        for script in _INLINE_SCRIPT.findall(file.read_text(encoding="utf-8")):
            digest = hashlib.sha256(script.encode()).digest()
            hashes.add(f"'sha256-{base64.b64encode(digest).decode()}'")
    return frozenset(pages), sorted(hashes)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _socket_origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"
