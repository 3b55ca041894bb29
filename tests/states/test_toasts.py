"""Short messages, from page to page."""

from __future__ import annotations

import time

import pytest

from store_app.states.toasts import STAYS, STAYS_LONGER, ToastState, toast
from store_app.states.visit import VisitState
from tests.states.tab import Tab

pytestmark = pytest.mark.usefixtures("resources")


@pytest.mark.parametrize(
    ("passed", "left"),
    [(STAYS - 1, ["Saved.", "That went wrong."]), (STAYS + 1, ["That went wrong."]), (STAYS_LONGER + 1, [])],
)
async def test_a_page_that_is_loaded_does_not_show_a_message_again_whose_time_is_over(
    monkeypatch: pytest.MonkeyPatch, passed: float, left: list[str]
) -> None:
    tab = Tab()
    visit = await tab.state(VisitState)
    await toast(visit, "Saved.")
    await toast(visit, "That went wrong.", "error")
    later = time.monotonic() + passed
    monkeypatch.setattr("store_app.states.toasts.time.monotonic", lambda: later)
    await visit.load()
    assert [each.text for each in (await tab.state(ToastState)).toasts] == left
