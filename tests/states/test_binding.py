"""A tab belongs to one session: whoever comes next finds nothing of the one before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from reflex.event import Event

from models.permissions import Role
from services.bootstrap import Resources
from services.errors import Unavailable
from services.identity import sessions
from services.identity.cookies import Cookies
from services.settings import settings
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app import binding
from store_app.admin.states.orders import StaffOrdersState
from store_app.states.checkout import CheckoutState
from store_app.states.session import RELOAD, SessionState, forget_look_up
from store_app.store_app import app
from store_app.view_models.checkout import CheckoutDraft
from tests.services.test_query_counts import Counts, counting
from tests.shop_samples import guest, sign_in, stock_shop
from tests.states.purchases import buy
from tests.states.tab import Tab

pytestmark = pytest.mark.usefixtures("resources")

PRESS = Event(name="reflex___state____state.cart_state.add", payload={})
LOAD = Event(name="reflex___state____state.hydrate_and_load", payload={})
BINDING = binding.SessionBinding()


async def carried_out(tab: Tab, event: Event = PRESS) -> bool:
    """Whether an event of this tab reaches its handler."""
    return await BINDING.preprocess(app, tab._root, event) is None


async def end_sessions(cookie: str) -> None:
    async with unit_of_work() as uow:
        identity = await sessions.identify(uow, Cookies(session=cookie.partition("=")[2]))
        await sessions.end_all_sessions(uow, identity)


async def staff_tab() -> Tab:
    """Maya is looking at the orders."""
    await stock_shop(MUG=3)
    await buy(guest())
    tab = Tab(cookie=(await sign_in("maya", Role.ADMIN))["cookie"])
    assert await carried_out(tab, LOAD)
    orders = await tab.state(StaffOrdersState)
    await orders.load()
    assert orders.rows
    return tab


def test_the_store_binds_every_event() -> None:
    assert any(isinstance(each, binding.SessionBinding) for each in app._middlewares)


async def test_an_event_after_the_session_ended_shows_nothing_of_it_and_does_nothing() -> None:
    tab = await staff_tab()
    await end_sessions(tab.cookie)
    update = await BINDING.preprocess(app, tab._root, PRESS)
    assert update is not None
    told = {name: state for name, state in update.delta.items() if "session_state" in name}
    assert [state["mark_rx_state_"] for state in told.values()] == [RELOAD]
    assert any(state.get("rows_rx_state_") == () for state in update.delta.values())
    assert (await tab.state(StaffOrdersState)).rows == ()
    session = await tab.state(SessionState)
    assert (session.signed_in, session.ended) == (False, True)


async def test_a_page_that_is_loaded_by_somebody_else_starts_empty() -> None:
    tab = await staff_tab()
    tab.cookie = (await sign_in("robin"))["cookie"]
    tab.go("/admin")
    assert await carried_out(tab, LOAD)
    assert (await tab.state(StaffOrdersState)).rows == ()


async def test_a_new_visitor_finds_nothing_that_the_guest_before_typed() -> None:
    tab = Tab(visitor="ada")
    assert await carried_out(tab)
    (await tab.state(CheckoutState)).draft = CheckoutDraft(email="ada@larkspur.example")
    other = Tab(visitor="bob")
    tab.cookie = other.cookie
    tab.go("/checkout")
    assert await carried_out(tab, LOAD)
    assert (await tab.state(CheckoutState)).draft.email == ""


async def test_a_guest_who_signs_in_goes_on_with_what_they_typed() -> None:
    tab = Tab(visitor="ada")
    assert await carried_out(tab)
    (await tab.state(CheckoutState)).draft = CheckoutDraft(email="ada@larkspur.example")
    before = (await tab.state(SessionState)).mark
    tab.cookie = f"{tab.cookie}; {(await sign_in('maya'))['cookie']}"
    tab.go("/checkout")
    assert await carried_out(tab, LOAD)
    assert (await tab.state(CheckoutState)).draft.email == "ada@larkspur.example"
    mark = (await tab.state(SessionState)).mark
    assert (before[0], mark[0]) == ("g", "u")


@asynccontextmanager
async def away() -> AsyncIterator[UnitOfWork]:
    raise Unavailable("The store can't reach its database. Please try again in a moment.")
    yield


async def test_while_nobody_can_be_looked_up_a_new_tab_does_not_say_that_somebody_signed_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The browser's other tabs would follow it, and lose what is being typed in them."""
    tab = Tab(cookie=f"{Tab().cookie}; {(await sign_in('maya'))['cookie']}")
    with monkeypatch.context() as outage:
        outage.setattr(binding, "unit_of_work", away)
        assert await carried_out(tab, LOAD)
    session = await tab.state(SessionState)
    assert session.mark == ""
    assert await carried_out(tab)
    assert session.mark.startswith("u")


async def test_while_nobody_can_be_looked_up_the_same_cookies_keep_what_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tab = await staff_tab()
    another = (await sign_in("robin"))["cookie"]
    monkeypatch.setattr(binding, "unit_of_work", away)
    assert await carried_out(tab)
    assert (await tab.state(StaffOrdersState)).rows
    tab.cookie = another
    tab.go("/admin")
    assert not await carried_out(tab)
    assert (await tab.state(StaffOrdersState)).rows == ()


async def test_an_event_looks_its_sender_up_once(resources: Resources) -> None:
    tab = Tab(cookie=(await sign_in("maya"))["cookie"])
    with counting(resources) as counts:
        await carried_out(tab)
    assert counts == Counts(postgresql=1)
    with counting(resources) as counts:
        await carried_out(Tab(visitor="ada"))
    assert counts == Counts()


async def test_a_handler_goes_on_with_the_look_up_of_its_event(resources: Resources) -> None:
    tab = await staff_tab()
    orders = await tab.state(StaffOrdersState)
    assert await carried_out(tab)
    with counting(resources) as known:
        await orders.load()
    forget_look_up()
    with counting(resources) as unknown:
        await orders.load()
    assert unknown.postgresql - known.postgresql == 1


async def test_who_sends_too_many_events_is_told_to_wait_and_nothing_else_happens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings(), "rate_limit_event", 2)
    moment = 60.0
    rate = binding.EventRate(clock=lambda: moment)
    tab = Tab()
    answers = [await rate.preprocess(app, tab._root, PRESS) for _ in range(3)]
    assert answers[:2] == [None, None]
    assert answers[2] is not None
    assert "wait a minute" in str(answers[2].delta)
    moment = 120.0
    assert await rate.preprocess(app, tab._root, PRESS) is None
