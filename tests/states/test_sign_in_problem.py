"""The page that explains why signing in or out did not work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store_app.states.sign_in_problem import SignInProblemState
from store_app.view_models.sign_in_problem import UNVERIFIED, problem_of
from tests.states.tab import Tab

IDENTITY = Path(__file__).parents[2] / "services" / "identity"


async def opened(query: str) -> SignInProblemState:
    tab = Tab()
    state = await tab.state(SignInProblemState)
    tab.go(f"/sign-in-problem?{query}")
    state.load()
    return state


def reasons() -> set[str]:
    """Every code that the way in or out may end with, as the services write it."""
    files = [*IDENTITY.glob("s*.py"), *(IDENTITY / "provider").glob("*.py")]
    source = "".join(file.read_text() for file in files)
    return set(re.findall(r"""(?:code=|reason=|'reason': ?|"reason": ?)["'](\w+)["']""", source))


def test_every_reason_has_words_of_its_own() -> None:
    told = reasons() - {"token_replayed", "sign_in_refused"}
    assert {"cancelled", "sign_out_failed", "signed_out_unconfirmed", "wrong_state"} <= told
    assert [reason for reason in told if problem_of(reason) == UNVERIFIED] == []


@pytest.mark.parametrize("reason", ["sign_in_refused", "", "<b>Pay here</b>", "toString"])
async def test_of_a_reason_it_does_not_know_it_says_nothing_of_its_words(reason: str) -> None:
    state = await opened(f"reason={reason}")
    assert state.problem == UNVERIFIED


async def test_the_way_back_is_kept_and_stays_in_the_shop() -> None:
    state = await opened("reason=cancelled&return_to=/cart")
    assert (state.again, state.back) == ("/auth/login?return_to=%2Fcart", "/cart")
    state = await opened("reason=cancelled&return_to=https://evil.example")
    assert (state.again, state.back) == ("/auth/login?return_to=%2F", "/")


async def test_whoever_wanted_a_staff_page_goes_on_to_the_shop_as_a_guest() -> None:
    state = await opened("reason=cancelled&return_to=/admin/orders")
    assert (state.again, state.back) == ("/auth/login?return_to=%2Fadmin%2Forders", "/")


async def test_without_the_sign_in_service_shopping_on_comes_first() -> None:
    assert (await opened("reason=sign_in_unavailable")).problem.way_on == "later"
    assert (await opened("reason=signed_out_unconfirmed")).problem.way_on == "signed_out"
    assert (await opened("reason=sign_out_failed")).problem.way_on == "signed_in"
