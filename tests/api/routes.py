"""Every route the store answers, with the permission it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi.dependencies.models import Dependant

from models.permissions import Permission
from services.api import create_api
from services.http import StaffOnly


@dataclass(frozen=True, slots=True)
class RouteTo:
    """`permission` is None for a route that is not for staff alone."""

    method: str
    path: str
    permission: Permission | None

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def address(self) -> str:
        """An address of this route that leads to nothing."""
        return re.sub(r"{[^}]*}", "01a205b7-e34a-753c-9c1e-ba11baecd853", self.path)


@cache
def all_routes() -> tuple[RouteTo, ...]:
    """But those of the documentation, which come with the framework."""
    found = {
        RouteTo(method, route.path, _permission(route.dependant))
        for route in routes()
        for method in route.methods - {"HEAD"}
    }
    return tuple(sorted(found, key=lambda route: (route.path, route.method)))


def routes() -> Iterator[Any]:
    """As the framework keeps them."""
    return (route for route in _flat(create_api().routes) if not route.path.startswith("/api/docs"))


def _flat(routes: Any) -> Iterator[Any]:
    """Routes, also of routers that the framework keeps within others."""
    for route in routes:
        if hasattr(route, "effective_candidates"):
            yield from _flat(route.effective_candidates())
        elif getattr(route, "dependant", None) is not None:
            yield route


def _permission(dependant: Dependant) -> Permission | None:
    if isinstance(dependant.call, StaffOnly):
        return dependant.call.permission
    return next(filter(None, map(_permission, dependant.dependencies)), None)
