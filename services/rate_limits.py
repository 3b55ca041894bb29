"""How many requests one client may send in a minute, counted in this process for each class of route.

The windows are whole minutes of the process clock. All counters go when one ends, so what they hold is bounded.
Header fields: IETF draft "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers-06).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.clients import address_of
from services.http import SAFE_METHODS, problem
from services.settings import Settings, settings

WINDOW_SECONDS = 60
MAX_CLIENTS = 50_000
"""Counters kept in one window; whoever comes after them shares one with all other late comers."""
_EVERYBODY_ELSE = "everybody else"


class Counts:
    """How often each client has asked in the present window. The oldest window is forgotten when the next begins."""

    def __init__(self) -> None:
        self._window = 0
        self._counts: dict[tuple[str, str], int] = {}

    def of(self, kind: str, client: str, moment: float) -> int:
        """How often it was so far in the window of a moment in seconds."""
        return self._counts.get((kind, client), 0) if int(moment // WINDOW_SECONDS) == self._window else 0

    def add(self, kind: str, client: str, moment: float) -> int:
        """Count a request at a moment in seconds; the number in its window including it."""
        window = int(moment // WINDOW_SECONDS)
        if window != self._window:
            self._window = window
            self._counts.clear()
        key = (kind, client)
        if key not in self._counts and len(self._counts) >= MAX_CLIENTS:
            key = (kind, _EVERYBODY_ELSE)
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key]


class RateLimits:
    """Answers 429 to a client that asks too much; tells the others how much they have left."""

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        self.app = app
        self._clock = clock
        self._counts = Counts()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = route_class(scope["method"], scope["path"])
        if not kind:
            await self.app(scope, receive, send)
            return
        limit = settings().requests_per_minute[kind]
        moment = self._clock()
        used = self._counts.add(kind, client_of(scope, settings()), moment)
        reset = WINDOW_SECONDS - int(moment % WINDOW_SECONDS)
        told = {"Limit": limit, "Remaining": max(0, limit - used), "Reset": reset}

        async def send_with_rate(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in told.items():
                    headers[f"RateLimit-{name}"] = str(value)
            await send(message)

        if used <= limit:
            await self.app(scope, receive, send_with_rate)
            return
        refusal = problem(
            429,
            "too_many_requests",
            "Too many requests",
            f"This address takes {limit} requests a minute from one client. Go on in {reset} seconds.",
            headers={"Retry-After": str(reset)},
        )
        await refusal(scope, receive, send_with_rate)


def route_class(method: str, path: str) -> str:
    """The class whose limit holds for a request; empty for what isn't limited: pages, files, probes of health."""
    if path == "/auth/backchannel-logout":
        return "write"  # all notices come from one address, the provider's, which sends none twice
    if path.startswith("/auth/"):
        return "sign_in"
    if path.startswith(("/api/", "/_upload")) and not path.startswith("/api/v1/health/"):
        return "read" if method in SAFE_METHODS else "write"
    return ""


def client_of(scope: Scope, configuration: Settings) -> str:
    """Whom to count a request for."""
    return network_of(address_of(scope, configuration))


def network_of(address: str) -> str:
    """An IPv4 address, or the /64 network of an IPv6 one, of which one customer has all (RFC 6177)."""
    if not address:
        return "unknown"
    known = ip_address(address)
    return f"{int(known) >> 64:x}" if isinstance(known, IPv6Address) else address
