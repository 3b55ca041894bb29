"""Where a request came from."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from services.settings import Settings


def client_address(peer: str, forwarded: str, configuration: Settings) -> str:
    """The network address of a client; empty when nobody knows it.

    `forwarded` is the X-Forwarded-For header, which counts as far as our own proxies wrote it: its last
    TRUSTED_PROXIES entries.
    """
    proxies = configuration.trusted_proxies
    entries = forwarded.split(",")
    if proxies and len(entries) >= proxies:
        peer = entries[-proxies].strip()
    try:
        return str(ip_address(peer))
    except ValueError:
        return ""


def address_of(scope: Scope, configuration: Settings) -> str:
    """The network address a request or socket was sent from."""
    peer = scope["client"][0] if scope.get("client") else ""
    return client_address(peer, ",".join(Headers(scope=scope).getlist("x-forwarded-for")), configuration)
