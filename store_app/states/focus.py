"""Where the keyboard goes after what a person did."""

from __future__ import annotations

import secrets
from typing import Any

import reflex as rx

from store_app.states.parsing import short_text


class FocusState(rx.State):
    """`goes_to` names an element by its id, and the move, of which each is made once. focus.js makes it as soon as the
    element is there: an event of the page's own would come before what the same answer draws."""

    goes_to: str = ""

    @rx.event
    def move(self, element_id: str) -> None:
        self.goes_to = f"{short_text(element_id)} {secrets.token_hex(4)}"


def focus(element_id: str) -> Any:
    """For a handler to return: the element gets the focus, once it is drawn."""
    return FocusState.move(element_id)
