"""What a browser can call by name is what was meant as an event, and nothing else."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext

from store_app import pages
from store_app.states.cart import CartState
from store_app.states.toasts import ToastState, toast
from tests.states.tab import Tab

PACKAGE = pages.__name__.partition(".")[0]


def states() -> Iterator[type[rx.State]]:
    """Every state of the store, staff's too: the pages import them all."""
    for state in RegistrationContext.ensure_context().base_states.values():
        if state.__module__.split(".")[0] == PACKAGE:
            yield state


def meant_as_events(state: type[rx.State]) -> set[str]:
    """The names of the methods under `@rx.event`, read from the source of the state and its mixins.

    The events of a state it is part of are reached by that one's name.
    """
    parent = state.get_parent_state() or rx.State
    own = [each for each in state.__mro__ if each.__module__.startswith(f"{PACKAGE}.")]
    own = [each for each in own if each not in parent.__mro__]
    return {
        method.name
        for each in own
        for method in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(each))))
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(ast.unparse(decorator).startswith("rx.event") for decorator in method.decorator_list)
    }


def test_a_browser_reaches_the_events_of_every_state_and_no_other_method() -> None:
    known = {state.__name__: state for state in states()}
    assert {"CartState", "PaymentState", "StaffState", "ProductEditorState"} <= known.keys()
    reached = {name: set(state.event_handlers) - {"setvar"} for name, state in known.items()}
    assert reached == {name: meant_as_events(state) for name, state in known.items()}


@pytest.mark.usefixtures("resources")
async def test_a_message_takes_back_events_of_states_only() -> None:
    toasts = await Tab().state(ToastState)
    gadgets: list[Any] = [(str, "ljust", ("a", 9)), (CartState, "_apply", ()), (CartState, "reset", ())]
    for gadget in gadgets:
        with pytest.raises(TypeError, match="no event"):
            await toast(toasts, "Removed.", undo=gadget)
    assert toasts.toasts == []
