"""Before every event of a browser: does it ask too much, and whose tab is this?"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

import reflex as rx
import structlog
from reflex.event import Event
from reflex.middleware import Middleware
from reflex.state import BaseState, StateUpdate

from services.errors import Unavailable
from services.rate_limits import Counts, network_of
from services.settings import settings
from services.unit_of_work import unit_of_work
from store_app.states.session import (
    address_of,
    ask_to_reload,
    bind,
    bind_unseen,
    cookies_of,
    forget_look_up,
    identity_of,
)
from store_app.states.toasts import toast

log = structlog.get_logger()


class EventRate(Middleware):
    """Events that one client sends beyond its limit are not carried out; it is told so."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._counts = Counts()

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        root = _root(state)
        client = network_of(address_of(root))
        used = self._counts.add("event", client, self._clock())
        limit = settings().requests_per_minute["event"]
        if used <= limit:
            return None
        if used == limit + 1:
            log.warning("too_many_events", client=client, limit=limit)
        await toast(root, "That was very much at once. Please wait a minute, then go on.", "error")
        return await _instead(root)


class SessionBinding(Middleware):
    """A tab belongs to one session. What it holds is forgotten before the first event under another one.

    Unless that event loads the page anyway, it is not carried out: it was meant by somebody else.
    """

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Look up who sent this, once; the handlers go on with the answer."""
        forget_look_up()
        root = _root(state)
        if not await _changed_hands(root) or _loads_page(event):
            return None
        await ask_to_reload(root)
        return await _instead(root)


def _root(state: BaseState) -> rx.State:
    return cast(rx.State, state._get_root_state())


async def _instead(root: rx.State) -> StateUpdate:
    """What the browser gets in place of the event's own changes."""
    delta = await root._get_resolved_delta()
    root._clean()
    return StateUpdate(delta=delta)


async def _changed_hands(root: rx.State) -> bool:
    if not cookies_of(root).session:
        return await bind_unseen(root)
    try:
        async with unit_of_work() as uow:
            return await bind(root, await identity_of(uow, root))
    except Unavailable:
        return await bind_unseen(root)


def _loads_page(event: Event) -> bool:
    return event.name.rpartition(".")[2] in ("hydrate", "hydrate_and_load")
