"""Where a request came from."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from services.settings import Settings

_WITH_PORT = re.compile(r"\[([^\]]*)\](?::\d+)?|([0-9.]+):\d+")
"""As some proxies write it: 203.0.113.9:4711, [2001:db8::1]:4711."""


def client_address(peer: str, forwarded: str, configuration: Settings) -> str:
    """The network address of a client, without port and zone; empty when nobody knows it.

    `forwarded` is the X-Forwarded-For header, which counts as far as our own proxies wrote it: its last
    TRUSTED_PROXIES entries.
    """
    proxies = configuration.trusted_proxies
    entries = forwarded.split(",")
    if proxies and len(entries) >= proxies:
        peer = entries[-proxies].strip()
    return _canonical(peer)


@lru_cache(maxsize=4096)
def _canonical(peer: str) -> str:
    port = _WITH_PORT.fullmatch(peer)
    try:
        known = ip_address(port[1] or port[2] if port else peer)
    except ValueError:
        return ""
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return str(mapped or known).partition("%")[0]


def address_of(scope: Scope, configuration: Settings) -> str:
    """The network address a request or socket was sent from."""
    peer = scope["client"][0] if scope.get("client") else ""
    return client_address(peer, ",".join(Headers(scope=scope).getlist("x-forwarded-for")), configuration)
