"""What browsers complain about behind the page: script errors, refused resources, broken policies."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

_NOT_WELL = re.compile(r"status of 503 .*\(\S+/api/v1/health/ready\)$")
"""A page that stays empty asks whether the store is well; on a machine at its limit it may not be."""


class Complaints:
    """Collects errors from the consoles of the contexts it listens to."""

    def __init__(self) -> None:
        self._heard: list[str] = []
        self._expected = [_NOT_WELL]

    def listen_to(self, context: BrowserContext) -> None:
        context.on("console", self._note_message)
        context.on("weberror", self._note_error)

    def expect(self, pattern: str) -> None:
        """A test that provokes an error names it here, e.g. the 404 of an address that isn't there."""
        self._expected.append(re.compile(pattern))

    @property
    def unexpected(self) -> list[str]:
        return [text for text in self._heard if not any(each.search(text) for each in self._expected)]

    def expect_none(self) -> None:
        """Raises AssertionError when a console holds an error nobody expected."""
        assert not self.unexpected, "The browser complained: " + "\n".join(self.unexpected)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            place = message.location or {}
            self._heard.append(f"{message.text} ({place.get('url', '')})")

    def _note_error(self, error: WebError) -> None:
        self._heard.append(f"{error.error} ({error.page.url if error.page else ''})")
