"""Tabs with sockets, as Reflex knows them, in a process that listens; and all that is sent to them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import reflex as rx
from reflex.utils.token_manager import SocketRecord

from models.ids import new_id
from services.bootstrap import Resources
from services.live.listener import listening
from store_app.live import follow, open_tabs
from store_app.states.product import ProductState
from store_app.states.visit import VisitState
from store_app.store_app import app
from tests.states.tab import Tab


class OpenTab(Tab):
    """A tab whose states are where pushes find them. `sent` are the deltas that came by its socket."""

    def __init__(self, world: OpenTabs, visitor: str, cookie: str) -> None:
        super().__init__(visitor, cookie)
        self.token, self.sid = f"tab-{new_id()}", f"socket-{new_id()}"
        self.world = world
        self.sent: list[dict[str, Any]] = []

    async def do(self, handling: Awaitable[Any]) -> None:
        """What a handler of this tab does and sends by itself; that is not in `sent`."""
        async with self.locked as root:
            await handling
            root._clean()

    @property
    def locked(self) -> Any:
        """Its states, as a handler that is at work has them."""
        return app.state_manager.modify_state(rx.BaseStateToken(ident=self.token, cls=rx.State))

    async def connect(self) -> None:
        self._root = await app.state_manager.get_state(rx.BaseStateToken(ident=self.token, cls=rx.State))
        namespace = app.event_namespace
        record = SocketRecord(instance_id=namespace._token_manager.instance_id, sid=self.sid)
        namespace._token_manager.token_to_socket[self.token] = record
        namespace.sid_to_token[self.sid] = self.token
        self.world.tabs[self.sid] = self

    async def disconnect(self) -> None:
        gone = app.event_namespace.on_disconnect(self.sid)
        if gone is not None:
            await gone

    async def visit(self, url: str, *loads: Any) -> None:
        """Load a page: what every page loads, then its own handlers; what they send is not in `sent`."""
        self.go(url)
        await (await self.state(VisitState)).load()
        for state, handler in loads:
            await getattr(await self.state(state), handler)()
        self._root._clean()

    async def look_at(self, slug: str) -> ProductState:
        await self.visit(f"/product/{slug}", (ProductState, "load"))
        return await self.state(ProductState)

    def last(self, kind: type[rx.State]) -> dict[str, Any]:
        """What the newest delta has of a state, without the marks that Reflex adds to names."""
        if not self.sent:
            return {}
        found = self.sent[-1].get(kind.get_full_name(), {})
        return {name.removesuffix("_rx_state_"): value for name, value in found.items()}


class OpenTabs:
    """The tabs of a process."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.tabs: dict[str, OpenTab] = {}

    async def open(self, visitor: str = "ada", cookie: str = "") -> OpenTab:
        tab = OpenTab(self, visitor, cookie)
        await tab.connect()
        return tab

    async def emit(self, event: str, update: Any, to: str) -> None:
        self.tabs[to].sent.append(update.delta)


@asynccontextmanager
async def following(resources: Resources, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OpenTabs]:
    resources.hub._recent.clear()
    resources.hub._doubtful_since = None
    world = OpenTabs(resources)
    monkeypatch.setattr(app.event_namespace, "emit", world.emit)
    async with listening(), follow(app)():
        yield world
        for tab in world.tabs.values():
            await tab.disconnect()
        assert (open_tabs(), len(resources.hub) - len(resources.variants)) == (0, 0)


async def until(holds: Callable[[], Any], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never happened"
        await asyncio.sleep(0.01)


async def quiet(seconds: float = 0.7) -> None:
    """Long enough for a round of pushes, and the next."""
    await asyncio.sleep(seconds)
