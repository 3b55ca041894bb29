"""Open tabs show what others change, within a second and without asking: the browser's side of services/live.

A handler that has read something says what it hangs on, and what brings it up to date:

    async def load(self) -> None:
        async with unit_of_work() as uow:
            holds = await inventory.held(uow, cart_id)
        self.units = sum(holds.values())
        watch(self, "hold", [topics.cart(cart_id), *topics.stocks(holds)], refresh_hold)

    async def refresh_hold(tab: Update) -> None:
        if not tab.heard("hold"):
            return
        async with unit_of_work() as uow:
            identity = await tab.identity(uow)
            holds = await inventory.held(uow, …)
        state = await tab.state(HoldState)
        if state.units != (units := sum(holds.values())):
            state.units = units

`refresh_hold` runs with the tab's state locked, as a handler does, and what it assigns is sent to the browser. It is
called whenever this tab is brought up to date, so it looks first at what was heard. The refreshes of a tab run in the
order in which they were asked for, `cart` first, which leaves what it has read in `tab.cart`. Whatever is the same for
everybody is in `tab.news` already, read once for all tabs. What is a person's own is read for `tab.identity(uow)`: it
belongs to the cookies of the tab, and raises when those have become somebody else's. A watch ends with the page
(`arrive`), with the socket, or with the next watch of its name.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import reflex as rx
import structlog

from models.identity import Identity
from services import metrics
from services.bootstrap import resources
from services.cart.service import CartView
from services.errors import StoreError, Unavailable
from services.live.hub import Heard, Subscription
from services.unit_of_work import UnitOfWork
from store_app.news import News, read_news
from store_app.states.session import ask_to_reload, bind, forget_look_up, identity_of

log = structlog.get_logger()

REST_SECONDS = 0.25
"""Between two rounds of pushes: a tab gets at most four a second, the first without delay."""
AWAY_SECONDS = 1.0
"""Until the next try while the database can't be asked."""
READERS = 8
"""Tabs that are brought up to date at a time: shoppers' own clicks come first."""
BUSY_SECONDS = 0.2
"""How long to wait for a tab that is at work for its person; it is tried again in the next round."""
KEEP_SECONDS = 900.0
"""How often the states of open tabs are touched; Reflex forgets what nobody has touched for an hour."""

S = TypeVar("S", bound=rx.State)


class AnotherPerson(Exception):
    """The tab's cookies stand for somebody else than when it was filled; it has been emptied."""


@dataclass(slots=True)
class Update:
    """One tab that is being brought up to date: `news` for all, `told` by the name of each watch."""

    root: rx.State
    news: News
    told: dict[str, Heard]
    cart: CartView | None = None

    def heard(self, name: str) -> Heard:
        return self.told.get(name, frozenset())

    async def state(self, kind: type[S]) -> S:
        found: S = await self.root.get_state(kind)
        return found

    async def identity(self, uow: UnitOfWork) -> Identity:
        """Who is at this tab. Raises AnotherPerson when that has changed: nothing is read for a tab of before."""
        forget_look_up()
        identity = await identity_of(uow, self.root)
        if await bind(self.root, identity):
            await ask_to_reload(self.root)
            raise AnotherPerson
        return identity


Refresh = Callable[[Update], Awaitable[None]]


@dataclass(slots=True)
class Watch:
    subscription: Subscription
    refresh: Refresh


@dataclass(slots=True, eq=False)
class Tab:
    """A tab whose socket ends in this process. `due` is what it has heard and doesn't show yet."""

    token: str
    watches: dict[str, Watch] = field(default_factory=dict)
    due: dict[str, set[str]] = field(default_factory=dict)
    work: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        return self.work is not None and not self.work.done()

    def topics(self) -> set[str]:
        return {topic for watch in self.watches.values() for topic in watch.subscription.topics}


class Tabs:
    """All tabs of this process, and the rounds in which they are brought up to date."""

    def __init__(self, app: rx.App) -> None:
        self._app = app
        self._tabs: dict[str, Tab] = {}
        self._due: dict[Tab, None] = {}
        self._wake = asyncio.Event()
        self._readers = asyncio.Semaphore(READERS)

    def __len__(self) -> int:
        return len(self._tabs)

    def watch(self, state: rx.State, name: str, topics: Iterable[str], refresh: Refresh) -> None:
        session = state.router.session
        if self._app.event_namespace.sid_to_token.get(session.session_id) != session.client_token:
            return
        tab = self._tabs.setdefault(session.client_token, Tab(session.client_token))
        metrics.LIVE_TABS.set(len(self._tabs))
        before = tab.watches.get(name)
        wanted = frozenset(topics)
        if before and before.subscription.topics == wanted:
            before.refresh = refresh
            return
        heard = partial(self._heard, tab, name)
        subscription = resources().hub.subscribe(
            wanted, heard, instead_of=before.subscription if before else None
        )
        tab.watches[name] = Watch(subscription, refresh)

    def leave(self, token: str, *, keep: Iterable[str] = ()) -> None:
        """End the watches of a tab, but for those of these names."""
        tab = self._tabs.get(token)
        if tab is None:
            return
        for name in tab.watches.keys() - set(keep):
            resources().hub.unsubscribe(tab.watches.pop(name).subscription)
            tab.due.pop(name, None)
        if not tab.watches:
            del self._tabs[token]
            self._due.pop(tab, None)
            metrics.LIVE_TABS.set(len(self._tabs))

    async def run(self) -> None:
        await asyncio.gather(self._rounds(), self._keep_states())

    async def _rounds(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            (rest,) = await asyncio.gather(self._round(), return_exceptions=True)
            await asyncio.sleep(self._given_up(rest) if isinstance(rest, BaseException) else rest)

    def _given_up(self, error: BaseException) -> float:
        """A round that failed over what was heard is not the last one: that is forgotten, tabs hear of what comes."""
        log.error("live_round_failed", exc_info=error)
        self._due.clear()
        for tab in self._tabs.values():
            tab.due.clear()
        return REST_SECONDS

    def _heard(self, tab: Tab, name: str, topics: Heard) -> None:
        tab.due.setdefault(name, set()).update(topics)
        self._due[tab] = None
        self._wake.set()

    async def _round(self) -> float:
        """Bring all tabs up to date that don't work on something older. Returns the seconds until the next round."""
        tabs = [tab for tab in self._due if not tab.busy]
        heard = {topic for tab in tabs for told in tab.due.values() for topic in told}
        watched = {topic for tab in tabs for topic in tab.topics()}
        for tab in tabs:
            del self._due[tab]
        try:
            news = await read_news(heard, watched)
        except Unavailable:
            self._due.update(dict.fromkeys(tabs))
            self._wake.set()
            return AWAY_SECONDS
        for tab in tabs:
            told = {name: frozenset(topics) for name, topics in tab.due.items()}
            tab.due.clear()
            tab.work = asyncio.create_task(self._push(tab, news, told))
            tab.work.add_done_callback(partial(self._pushed, tab))
        return REST_SECONDS

    async def _push(self, tab: Tab, news: News, told: dict[str, Heard]) -> None:
        token = rx.BaseStateToken(ident=tab.token, cls=rx.State)
        async with self._readers, AsyncExitStack() as stack:
            try:
                async with asyncio.timeout(BUSY_SECONDS):
                    root = await stack.enter_async_context(self._app.modify_state(token))
            except TimeoutError:
                for name in told.keys() & tab.watches.keys():
                    tab.due.setdefault(name, set()).update(told[name])
                return
            if not root.router_data or tab.token not in self._tabs:
                return
            update, out_of_reach = Update(root, news, told), None
            with suppress(AnotherPerson):
                for watch in list(tab.watches.values()):
                    try:
                        await watch.refresh(update)
                    except Unavailable as error:
                        out_of_reach = error
            if out_of_reach:
                raise out_of_reach

    def _pushed(self, tab: Tab, work: asyncio.Task[None]) -> None:
        error = None if work.cancelled() else work.exception()
        metrics.LIVE_PUSHES.labels("failed" if error else "ok").inc()
        if isinstance(error, StoreError):
            log.info("live_push_refused", code=error.code)
        elif error:
            log.error("live_push_failed", exc_info=error)
        if tab.due and tab.token in self._tabs:
            self._due[tab] = None
            self._wake.set()

    async def _keep_states(self) -> None:
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            for token in list(self._tabs):
                await self._app.state_manager.get_state(rx.BaseStateToken(ident=token, cls=rx.State))


_tabs: Tabs | None = None


def watch(state: rx.State, name: str, topics: Iterable[str], refresh: Refresh) -> None:
    """From within a handler: bring this tab up to date whenever one of the topics is announced.

    Another watch of the same name is replaced. A tab without a socket in this process is not watched.
    """
    if _tabs is not None:
        _tabs.watch(state, name, topics, refresh)


def arrive(state: rx.State) -> None:
    """Another page begins: only what every page shows is watched on."""
    if _tabs is not None:
        _tabs.leave(state.router.session.client_token, keep=("owner", "cart", "belongings"))


def open_tabs() -> int:
    """How many tabs this process brings up to date."""
    return len(_tabs) if _tabs is not None else 0


def follow(app: rx.App) -> Callable[[], Any]:
    """A lifespan task that keeps the tabs of the app up to date; a tab is forgotten when its socket goes."""

    @asynccontextmanager
    async def following() -> AsyncIterator[None]:
        global _tabs
        _tabs = tabs = Tabs(app)
        namespace = app.event_namespace
        disconnect = namespace.on_disconnect

        def on_disconnect(sid: str) -> Any:
            if token := namespace.sid_to_token.get(sid):
                tabs.leave(token)
            return disconnect(sid)

        namespace.on_disconnect = on_disconnect
        work = asyncio.create_task(tabs.run())
        try:
            yield
        finally:
            _tabs = None
            namespace.on_disconnect = disconnect
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work

    return following
