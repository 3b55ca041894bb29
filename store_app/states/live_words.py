"""What is said aloud about a change that nobody made on this page."""

from __future__ import annotations

import reflex as rx


class LiveWordsState(rx.State):
    """`said` is in the page's one polite live region, out of sight: screen readers read it when they come to it."""

    said: str = ""


async def say(state: rx.State, text: str) -> None:
    """From within a refresh or a handler of another state. Short, and only what somebody would want to know."""
    (await state.get_state(LiveWordsState)).said = text
