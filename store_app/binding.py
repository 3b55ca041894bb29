"""Before every event of a browser: whose tab is this?"""

from __future__ import annotations

from typing import cast

import reflex as rx
from reflex.event import Event
from reflex.middleware import Middleware
from reflex.state import BaseState, StateUpdate

from services.errors import Unavailable
from services.unit_of_work import unit_of_work
from store_app.states.session import (
    ask_to_reload,
    bind,
    bind_unseen,
    cookies_of,
    forget_look_up,
    identity_of,
)


class SessionBinding(Middleware):
    """A tab belongs to one session. What it holds is forgotten before the first event under another one.

    Unless that event loads the page anyway, it is not carried out: it was meant by somebody else.
    """

    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """Look up who sent this, once; the handlers go on with the answer."""
        forget_look_up()
        root = cast(rx.State, state._get_root_state())
        if not await _changed_hands(root) or _loads_page(event):
            return None
        await ask_to_reload(root)
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
