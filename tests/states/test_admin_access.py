"""The staff side is closed to everybody else, event by event."""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterator
from typing import Any
from unittest.mock import MagicMock

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext

import store_app.admin
from models.permissions import Role
from services.errors import Forbidden, Unauthenticated
from store_app.admin.states.guard import StaffState
from store_app.admin.states.home import StaffHomeState
from store_app.admin.states.orders import StaffOrdersState
from tests.shop_samples import guest, sign_in, stock_shop
from tests.states.purchases import buy
from tests.states.tab import Tab

pytestmark = pytest.mark.usefixtures("resources")

CATALOG = {
    *("StaffProductsState", "StaffCategoriesState", "ProductEditorState"),
    *("StaffStockState", "StaffStockArticleState", "StaffLocationsState"),
    *("StaffPromotionsState", "PromotionEditorState", "SimulatorState"),
    *("StaffPriceListsState", "StaffPriceListState", "StaffListedPricesState"),
}
ORDERS = {"StaffOrderState", "StaffOrdersState", "StaffCustomerState", "StaffCustomersState"}
LOG = {"StaffAuditState"}
SETTINGS = {"StaffDeliveryState", "ZoneFormState", "MethodFormState", "StaffTaxesState"}
EVERYBODYS = {"StaffHomeState", "StaffApiKeysState", "NewApiKeyState"}
NOT_THEIRS = {
    Role.SUPPORT: CATALOG | LOG | SETTINGS,
    Role.ORDER_MANAGER: CATALOG | LOG | SETTINGS,
    Role.CATALOG_MANAGER: ORDERS | LOG | SETTINGS,
}
HOLDERS = {Role.SUPPORT: "orders", Role.CATALOG_MANAGER: "products"}


def staff_states() -> Iterator[type[rx.State]]:
    """Every state of the staff side that hears events."""
    known = RegistrationContext.ensure_context().base_states.values()
    for state in known:
        if state.__module__.startswith(f"{store_app.admin.__name__}.") and state is not StaffState:
            yield state


def handlers(state: type[rx.State]) -> Iterator[tuple[str, Any]]:
    for name, handler in state.event_handlers.items():
        if name != "setvar":
            yield name, handler.fn


def arguments(function: Any) -> list[Any]:
    """Something for each parameter; no handler may come so far as to look at it."""
    return [MagicMock() for name in inspect.signature(function).parameters if name != "self"]


async def refusals(cookie: str, expected: type[Exception], of: Collection[str] = ()) -> list[str]:
    """The handlers that neither raised nor, when the page loads, showed a refusal; `of` some states, or of all."""
    answered = []
    for kind in (each for each in staff_states() if not of or each.__name__ in of):
        for name, function in handlers(kind):
            tab = Tab(cookie=cookie) if cookie else Tab()
            state = await tab.state(kind)
            try:
                result = function(state, *arguments(function))
                if inspect.isawaitable(result):
                    await result
            except expected:
                continue
            if not (name == "load" and (await tab.state(StaffState)).refusal):
                answered.append(f"{kind.__name__}.{name}")
    return answered


async def test_no_staff_event_answers_a_guest() -> None:
    assert len(list(staff_states())) >= 6
    assert await refusals("", Unauthenticated) == []


async def test_no_staff_event_answers_a_customer() -> None:
    cookie = (await sign_in("robin"))["cookie"]
    assert await refusals(cookie, Forbidden) == []


@pytest.mark.parametrize(("role", "states"), NOT_THEIRS.items())
async def test_no_staff_event_answers_staff_of_another_department(role: Role, states: set[str]) -> None:
    assert await refusals((await sign_in("sam", role))["cookie"], Forbidden, states) == []


async def test_support_looks_at_orders_and_moves_none() -> None:
    cookie = (await sign_in("sam", Role.SUPPORT))["cookie"]
    assert await refusals(cookie, Forbidden, {"StaffOrderState"}) == ["StaffOrderState.load"]


def test_each_staff_state_is_a_departments_or_known_to_be_everybodys() -> None:
    assert {kind.__name__ for kind in staff_states()} == EVERYBODYS | CATALOG | ORDERS | LOG | SETTINGS


@pytest.mark.parametrize(("role", "sees"), HOLDERS.items())
async def test_a_role_opens_its_own_pages_only(role: Role, sees: str) -> None:
    tab = Tab(cookie=(await sign_in("sam", role))["cookie"])
    state = await tab.state(StaffOrdersState)
    await state.load()
    assert ((await tab.state(StaffState)).refusal == "") is (sees == "orders")


async def test_what_staff_left_in_a_tab_is_gone_for_whoever_comes_next() -> None:
    await stock_shop(MUG=3)
    await buy(guest())
    tab = Tab(cookie=(await sign_in("maya", Role.ADMIN))["cookie"])
    state = await tab.state(StaffOrdersState)
    await state.load()
    assert state.rows
    tab.cookie = (await sign_in("robin"))["cookie"]
    tab.go("/admin")
    await (await tab.state(StaffHomeState)).load()
    assert (await tab.state(StaffOrdersState)).rows == ()
    assert (await tab.state(StaffState)).refusal == "forbidden"
