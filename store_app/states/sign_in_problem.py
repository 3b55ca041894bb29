"""Why a sign-in did not work, in words."""

from __future__ import annotations

from urllib.parse import quote

import reflex as rx

from services.identity.service import local_path

_CANCELLED = (
    "You are not signed in",
    "You came back without signing in. Nothing has changed, and your cart is here.",
)
_UNAVAILABLE = (
    "Signing in is not possible right now",
    "The sign-in service doesn’t answer. You can go on shopping as a guest; your cart is safe.",
)
_OUTDATED = (
    "This sign-in was too old",
    "It was used already, took longer than ten minutes, or was begun in another browser. A fresh one takes a moment.",
)
_UNVERIFIED = (
    "We couldn’t verify this sign-in",
    "What came back from the sign-in service didn’t check out, so we did not accept it. Please sign in again.",
)
TEXTS = {
    "cancelled": _CANCELLED,
    "sign_in_unavailable": _UNAVAILABLE,
    "unavailable": _UNAVAILABLE,
    "wrong_state": _OUTDATED,
}


class SignInProblemState(rx.State):
    title: str = _UNVERIFIED[0]
    text: str = _UNVERIFIED[1]
    again: str = "/auth/login"
    back: str = "/"

    @rx.event
    def load(self) -> None:
        """Read the reason from the address; whatever it says, only our own sentences are shown."""
        query = self.router.url.query_parameters
        self.title, self.text = TEXTS.get(str(query.get("reason", "")), _UNVERIFIED)
        self.back = local_path(str(query.get("return_to", "/")))
        self.again = f"/auth/login?return_to={quote(self.back, safe='')}"
