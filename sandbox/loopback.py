"""Keeps a part of the sandbox to this machine: it binds to loopback, and here it looks who asks for whom."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

REFUSAL = "This is a stand-in for one machine: it answers its own machine only, under the name localhost."


class LoopbackOnly:
    """Refuses other machines, and names that merely resolve to this one (DNS rebinding, CWE-350)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (_comes_from_here(scope) and _asks_for_here(scope)):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse(REFUSAL, 421)(scope, receive, send)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its name alone (RFC 6761, 6.3) or its address (RFC 1122, RFC 4291)."""
    name = host.lower().removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _comes_from_here(scope: Scope) -> bool:
    client = scope.get("client")
    return client is not None and is_loopback(client[0])


def _asks_for_here(scope: Scope) -> bool:
    try:
        return is_loopback(urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname or "")
    except ValueError:
        return False
