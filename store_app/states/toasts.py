"""Short messages about what happened, some with a way back."""

from __future__ import annotations

import time
from typing import Any

import reflex as rx

from store_app.view_models.toast import Toast

MAX_TOASTS = 3
STAYS, STAYS_LONGER = 6.0, 12.0
"""Seconds until a page lets a message go, and one that offers a way back or tells of an error (frame.css)."""
TONES = ("info", "success", "error")

Undo = tuple[type[rx.State], str, tuple[Any, ...]]
"""What takes an action back: a state, the name of its handler, and the arguments."""


class ToastState(rx.State):
    toasts: list[Toast] = []
    _last_id: int = 0
    _undos: dict[int, Undo] = {}
    _shown_at: dict[int, float] = {}

    def _add(self, text: str, tone: str = "success", undo: Undo | None = None) -> None:
        """Show a message; the same again takes the place of the first, the oldest gives way to a fourth."""
        self._last_id += 1
        if undo is not None:
            _event(undo)
            self._undos[self._last_id] = undo
        toast = Toast(self._last_id, text[:300], tone if tone in TONES else "info", undo is not None)
        self._shown_at[toast.id] = time.monotonic()
        others = [known for known in self.toasts if known.text != toast.text]
        self.toasts = [*others, toast][-MAX_TOASTS:]

    def _let_go(self, moment: float) -> None:
        """Another page begins, and would show each message for its whole time again."""
        for toast in list(self.toasts):
            stays = STAYS_LONGER if toast.undoable or toast.tone == "error" else STAYS
            if moment - self._shown_at.get(toast.id, moment) >= stays:
                self._drop(toast.id)

    def _drop(self, toast_id: int) -> None:
        self.toasts = [toast for toast in self.toasts if toast.id != toast_id]
        self._undos.pop(toast_id, None)
        self._shown_at.pop(toast_id, None)

    @rx.event
    def show(self, text: str, tone: str = "info") -> None:
        """For an event that answers with a message: `return ToastState.show("…", "error")`."""
        self._add(str(text), tone)

    @rx.event
    def dismiss(self, toast_id: int) -> None:
        self._drop(toast_id)

    @rx.event
    def undo(self, toast_id: int) -> Any:
        """Take back what the message is about; once."""
        action = self._undos.get(toast_id)
        self._drop(toast_id)
        return _event(action) if action else None


async def let_old_toasts_go(state: rx.State) -> None:
    """From within the handler that loads a page."""
    (await state.get_state(ToastState))._let_go(time.monotonic())


async def toast(state: rx.State, text: str, tone: str = "success", undo: Undo | None = None) -> None:
    """From within a handler of another state: say what happened. `tone` is info, success or error."""
    (await state.get_state(ToastState))._add(text, tone, undo)


def _event(undo: Undo) -> Any:
    """The event that takes an action back. Raises TypeError for what isn't one: nothing else follows from a click."""
    state, handler, arguments = undo
    if not issubclass(state, rx.State) or handler not in state.event_handlers:
        raise TypeError(f"{handler} is no event of {state}")
    return state.event_handlers[handler](*arguments)
