"""A browser tab as the states see it: a tree of states, an address, cookies."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import parse_qsl

import reflex as rx
from reflex.event import Event

from services.identity.cookies import visitor_cookie
from services.settings import settings
from store_app.states.focus import FocusState

S = TypeVar("S", bound=rx.State)


class Tab:
    """`visitor` is the token of the visitor cookie; `cookie` a whole header instead, for somebody signed in."""

    token, sid = "tab", "socket"

    def __init__(self, visitor: str = "ada", cookie: str = "") -> None:
        self.cookie = cookie or f"{visitor_cookie(settings())}={visitor}"
        self._root = rx.State(_reflex_internal_init=True)
        self.go("/")

    def go(self, url: str) -> None:
        """What the browser sends along with each event from a page."""
        self._root.router_data = self._root._update_router_vars(
            {
                "asPath": url,
                "pathname": url.partition("?")[0],
                "query": dict(parse_qsl(url.partition("?")[2])),
                "ip": "127.0.0.1",
                "token": self.token,
                "sid": self.sid,
                "headers": {"origin": settings().public_url, "cookie": self.cookie},
            },
            {},
        )

    async def state(self, kind: type[S]) -> S:
        found: S = await self._root.get_state(kind)
        return found


def events(result: Any) -> list[tuple[str, dict[str, Any]]]:
    """Names and payloads of what a handler returned."""
    return [(event.name, dict(event.payload)) for event in Event.from_event_type(result)]


async def goes_to(state: rx.State) -> str:
    """The id of the element to which the tab of this state sent the keyboard last."""
    moved: FocusState = await state.get_state(FocusState)
    return moved.goes_to.partition(" ")[0]
