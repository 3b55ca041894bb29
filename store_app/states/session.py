"""Who is at the browser, and that a tab shows nothing of anybody else.

Looked up for every event: a page may outlive its session, and the cookies of a tab's socket are those of the moment
it was opened.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from contextvars import ContextVar

import reflex as rx

from models.identity import Identity
from models.permissions import Permission
from services.clients import client_address
from services.identity import sessions
from services.identity.cookies import Cookies, hash_token, parse
from services.settings import settings
from services.unit_of_work import UnitOfWork
from store_app.states.parsing import short_text

FRESH_SECONDS = 1.0
"""How long a look-up holds within the event that made it."""
RELOAD = "reload"
"""The mark by which a page is told to load itself anew, with the cookies the browser has now."""

_looked_up: ContextVar[tuple[str, Identity, float] | None] = ContextVar("looked_up", default=None)


def cookies_of(state: rx.State) -> Cookies:
    return parse(state.router.headers.cookie, settings())


async def identity_of(uow: UnitOfWork, state: rx.State) -> Identity:
    """The identity behind the cookies of the browser that sent this event; a guest without a session."""
    sent = state.router.headers.cookie
    known = _looked_up.get()
    if known and known[0] == sent and time.monotonic() - known[2] < FRESH_SECONDS:
        return known[1]
    identity = await sessions.identify(uow, parse(sent, uow.settings), address_of(state))
    _looked_up.set((sent, identity, time.monotonic()))
    return identity


def forget_look_up() -> None:
    """The next look-up asks the database: a new event begins, or this one has ended the session."""
    _looked_up.set(None)


class SessionState(rx.State):
    """What the header says about the person. Deciding what they may do is never left to it.

    `ended` tells that the session this browser had is over, while nobody signed out here. `mark` tells pages of
    different sessions apart, for the other tabs of the browser; it proves only that somebody has such a page.
    `_session` and `_visitor` are the hashes of the cookies that what this tab holds belongs to.
    """

    signed_in: bool = False
    name: str = ""
    email: str = ""
    is_staff: bool = False
    ended: bool = False
    mark: str = ""
    _session: str = ""
    _visitor: str = ""

    def _show(self, identity: Identity) -> None:
        self.signed_in = identity.signed_in
        self.name = identity.label
        self.email = identity.email
        self.is_staff = identity.may(Permission.VIEW_STAFF)

    async def _bind(self, session: str, visitor: str) -> bool:
        """Make the tab this session's; True when it was another's, which is forgotten first.

        A guest who signs in goes on with what they had typed.
        """
        another_browser = bool(self._visitor and self._visitor != visitor)
        changed = another_browser or bool(self._session and self._session != session)
        ended = not session and not another_browser and (self.ended or changed)
        if changed:
            for state in rx.State.get_substates():
                (await self.get_state(state)).reset()
        self._session, self._visitor = session, visitor
        kind, secret = ("u", session) if session else ("g", visitor)
        mark = kind + hashlib.sha256(f"mark {secret}".encode()).hexdigest()[:16] if secret else ""
        if (self.ended, self.mark) != (ended, mark):
            self.ended, self.mark = ended, mark
        return changed


async def show_identity(state: rx.State, identity: Identity) -> None:
    """From within a handler of another state: show in the header who is at the browser."""
    await bind(state, identity)
    (await state.get_state(SessionState))._show(identity)


async def bind(state: rx.State, identity: Identity) -> bool:
    """Whether what this tab held was another person's; it is forgotten."""
    sent = cookies_of(state)
    session = hash_token(sent.session) if identity.signed_in else ""
    return await (await state.get_state(SessionState))._bind(session, hash_token(sent.visitor))


async def bind_unseen(state: rx.State) -> bool:
    """As `bind` while nobody can be looked up: the same cookies are taken for the same person.

    Whether a tab that has just been opened is a guest's nobody knows. It has no mark, for other tabs would follow it.
    """
    sent = cookies_of(state)
    mine = await state.get_state(SessionState)
    session = hash_token(sent.session) if mine._session else ""
    changed: bool = await mine._bind(session, hash_token(sent.visitor))
    if sent.session and not session:
        mine.mark = ""
    return changed


async def ask_to_reload(state: rx.State) -> None:
    """The page loads itself anew: its socket has cookies of before a sign-in or sign-out."""
    (await state.get_state(SessionState)).mark = RELOAD


async def shows_mark(state: rx.State, told: object) -> bool:
    """Whether files were sent by a page of this session: only such a page has its mark.

    They come over HTTP with the token of the tab, which stands in addresses of sockets and so in logs; Reflex asks for
    no more.
    """
    mark = (await state.get_state(SessionState)).mark
    return bool(mark) and secrets.compare_digest(mark.encode(), short_text(told).encode())


def address_of(state: rx.State) -> str:
    """The network address of the browser that sent this event."""
    headers = state.router.headers.raw_headers
    return client_address(
        headers.get("asgi-scope-client", state.router.session.client_ip),
        headers.get("x-forwarded-for", ""),
        settings(),
    )
