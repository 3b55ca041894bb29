"""Who is at the browser. Looked up for every event: a page may outlive its session."""

from __future__ import annotations

import reflex as rx

from models.identity import Identity
from models.permissions import Permission
from services.clients import client_address
from services.identity import sessions
from services.identity.cookies import parse
from services.unit_of_work import UnitOfWork


async def identity_of(uow: UnitOfWork, state: rx.State) -> Identity:
    """The identity behind the cookies of the browser that sent this event; a guest without a session."""
    headers = state.router.headers
    address = client_address(
        headers.raw_headers.get("asgi-scope-client", state.router.session.client_ip),
        headers.raw_headers.get("x-forwarded-for", ""),
        uow.settings,
    )
    return await sessions.identify(uow, parse(headers.cookie, uow.settings), address)


class SessionState(rx.State):
    """What the header says about the person. Deciding what they may do is never left to it."""

    signed_in: bool = False
    name: str = ""
    email: str = ""
    is_staff: bool = False
    _user_id: str = ""

    async def _take_over(self, identity: Identity) -> None:
        """What another person left in this tab is forgotten first."""
        user_id = str(identity.user_id or "")
        if self._user_id and self._user_id != user_id:
            await self._forget()
        self._user_id = user_id
        self.signed_in = identity.signed_in
        self.name = identity.name or identity.email
        self.email = identity.email
        self.is_staff = identity.may(Permission.VIEW_STAFF)

    async def _forget(self) -> None:
        for state in rx.State.get_substates():
            (await self.get_state(state)).reset()


async def show_identity(state: rx.State, identity: Identity) -> None:
    """From within a handler of another state: show in the header who is at the browser."""
    await (await state.get_state(SessionState))._take_over(identity)
