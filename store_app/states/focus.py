"""Where the keyboard goes after what a person did."""

from __future__ import annotations

import secrets

import reflex as rx


class FocusState(rx.State):
    """`goes_to` names an element by its id, and the move, of which each is made once."""

    goes_to: str = ""


async def focus(state: rx.State, element_id: str) -> None:
    """From within a handler: the element gets the focus once it is drawn.

    focus.js sees to that; Reflex' own event would come before what the same answer draws.
    """
    (await state.get_state(FocusState)).goes_to = f"{element_id} {secrets.token_hex(4)}"
