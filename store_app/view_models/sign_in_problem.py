"""Why signing in or out did not work, in words of the shop's own, and which way leads on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WayOn = Literal["", "again", "later", "signed_out", "signed_in"]


@dataclass(frozen=True, slots=True)
class SignInProblem:
    """`way_on` is what the page offers first: to try again, to shop on meanwhile, the front page, or to sign out."""

    title: str = ""
    text: str = ""
    way_on: WayOn = ""


_UNAVAILABLE = SignInProblem(
    "Signing in is not possible right now",
    "The sign-in service doesn’t answer as it should. You can go on shopping as a guest; your cart is safe.",
    "later",
)
UNVERIFIED = SignInProblem(
    "We couldn’t verify this sign-in",
    "What came back from the sign-in service didn’t check out, so we did not accept it. Please sign in again.",
    "again",
)
_PROBLEMS = {
    "cancelled": SignInProblem(
        "You are not signed in",
        "You came back without signing in. Nothing has changed, and your cart is here.",
        "again",
    ),
    "sign_in_unavailable": _UNAVAILABLE,
    "unavailable": _UNAVAILABLE,
    "busy": _UNAVAILABLE,
    "sign_in_not_accepted": SignInProblem(
        "Signing in is not possible right now",
        "The sign-in service did not accept our request. That is ours to mend, and we have a note of it. "
        "You can go on shopping as a guest; your cart is safe.",
        "later",
    ),
    "sign_in_needed": SignInProblem(
        "The sign-in service needs a word with you",
        "It wants you to sign in, or to agree to something, on its own page. Please go there once more.",
        "again",
    ),
    "wrong_state": SignInProblem(
        "This sign-in was too old",
        "It was used already, took longer than ten minutes, or was begun in another browser. "
        "A fresh one takes a moment.",
        "again",
    ),
    "wrong_issuer": SignInProblem(
        "This sign-in came from somewhere else",
        "The answer was not in the name of our sign-in service, so we did not accept it. "
        "Please start again from here.",
        "again",
    ),
    "signed_out_unconfirmed": SignInProblem(
        "You are signed out here",
        "We couldn’t confirm it at the sign-in service, which may still know you. If others use this device, "
        "close the browser when you leave.",
        "signed_out",
    ),
    "not_everywhere": SignInProblem(
        "You are signed out here only",
        "Your session in this browser was over already, so we couldn’t tell whose others to end: they go on. "
        "Sign in again, then sign out everywhere.",
        "again",
    ),
    "sign_out_failed": SignInProblem(
        "You are still signed in",
        "We couldn’t end your session just now. Please try again in a moment.",
        "signed_in",
    ),
}


def problem_of(reason: str) -> SignInProblem:
    """Whatever the reason says, only sentences of our own are shown."""
    return _PROBLEMS.get(reason, UNVERIFIED)
