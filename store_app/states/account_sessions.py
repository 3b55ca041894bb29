"""My account: where one is signed in."""

from __future__ import annotations

from typing import Any

import reflex as rx

from models.identity import Identity
from models.ids import now
from services.identity import sessions
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.states.focus import focus
from store_app.states.parsing import identifier
from store_app.states.session import forget_look_up, identity_of, show_identity
from store_app.states.toasts import toast
from store_app.view_models.account import SessionCard, of_sessions


class SessionsState(rx.State):
    cards: list[SessionCard] = []
    loaded: bool = False

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            cards = await _cards(uow, identity)
        self.cards = cards
        self.loaded = True

    @rx.event
    async def sign_out(self, session_id: str) -> Any:
        """Sign another browser out; its next click there is a guest's."""
        device = next((card.device for card in self.cards if card.id == session_id), "that browser")
        async with unit_of_work() as uow:
            await sessions.end_session(uow, await identity_of(uow, self), identifier(session_id))
            forget_look_up()
            identity = await identity_of(uow, self)
            cards = await _cards(uow, identity)
        return await self._tell(identity, cards, f"Signed out of {device}.")

    @rx.event
    async def sign_out_elsewhere(self) -> Any:
        async with unit_of_work() as uow:
            identity = await identity_of(uow, self)
            ended = await sessions.end_other_sessions(uow, identity)
            cards = await _cards(uow, identity)
        told = "Signed out of one other browser." if ended == 1 else f"Signed out of {ended} other browsers."
        return await self._tell(identity, cards, told if ended else "You are signed in nowhere else.")

    async def _tell(self, identity: Identity, cards: list[SessionCard], told: str) -> Any:
        await show_identity(self, identity)
        self.cards, self.loaded = cards, True
        await toast(self, told)
        return await focus(self, "main")


async def _cards(uow: UnitOfWork, identity: Identity) -> list[SessionCard]:
    """None for a guest."""
    found = await sessions.list_sessions(uow, identity) if identity.signed_in else []
    return of_sessions(found, identity.session_id, now())
