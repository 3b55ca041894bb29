"""Addresses below /api, /auth and /media that no route answers: they never fall through to the pages."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Receive, Scope, Send

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_BRANCHES = ("/api", "/auth", "/media")


def refuse_unmatched(app: FastAPI) -> None:
    """Add the last routes: a method that an address doesn't take is told those it does, anything else is not found."""
    refusal = _Refusal([route for route in app.routes if not isinstance(route, Mount)])
    app.router.routes.extend(
        Route(f"{branch}/{{rest:path}}", refusal, include_in_schema=False) for branch in _BRANCHES
    )


class _Refusal:
    """An ASGI application and not a function, as a route to it takes every method."""

    def __init__(self, routes: list[BaseRoute]) -> None:
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        allowed = [method for method in _METHODS if self._takes(scope, method)]
        if not allowed:
            raise HTTPException(404)
        if "GET" in allowed:
            allowed.insert(1, "HEAD")
        raise HTTPException(405, headers={"Allow": ", ".join(allowed)})

    def _takes(self, scope: Scope, method: str) -> bool:
        asked = {**scope, "method": method}
        return any(route.matches(asked)[0] is Match.FULL for route in self._routes)
