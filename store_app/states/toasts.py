"""Short messages about what happened, some with a way back."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.view_models.toast import Toast

MAX_TOASTS = 3
TONES = ("info", "success", "error")

Undo = tuple[type[rx.State], str, tuple[Any, ...]]
"""What takes an action back: a state, the name of its handler, and the arguments."""


class ToastState(rx.State):
    toasts: list[Toast] = []
    _last_id: int = 0
    _undos: dict[int, Undo] = {}

    def _add(self, text: str, tone: str = "success", undo: Undo | None = None) -> None:
        """Show a message; the same again takes the place of the first, the oldest gives way to a fourth."""
        self._last_id += 1
        if undo is not None:
            _event(undo)
            self._undos[self._last_id] = undo
        toast = Toast(self._last_id, text[:300], tone if tone in TONES else "info", undo is not None)
        others = [known for known in self.toasts if known.text != toast.text]
        self.toasts = [*others, toast][-MAX_TOASTS:]

    @rx.event
    def show(self, text: str, tone: str = "info") -> None:
        """For an event that answers with a message: `return ToastState.show("…", "error")`."""
        self._add(str(text), tone)

    @rx.event
    def dismiss(self, toast_id: int) -> None:
        self.toasts = [toast for toast in self.toasts if toast.id != toast_id]
        self._undos.pop(toast_id, None)

    @rx.event
    def undo(self, toast_id: int) -> Any:
        """Take back what the message is about; once."""
        action = self._undos.pop(toast_id, None)
        self.toasts = [toast for toast in self.toasts if toast.id != toast_id]
        return _event(action) if action else None


async def toast(state: rx.State, text: str, tone: str = "success", undo: Undo | None = None) -> None:
    """From within a handler of another state: say what happened. `tone` is info, success or error."""
    (await state.get_state(ToastState))._add(text, tone, undo)


def _event(undo: Undo) -> Any:
    """The event that takes an action back. Raises TypeError for what isn't one: nothing else follows from a click."""
    state, handler, arguments = undo
    if not issubclass(state, rx.State) or handler not in state.event_handlers:
        raise TypeError(f"{handler} is no event of {state}")
    return state.event_handlers[handler](*arguments)
