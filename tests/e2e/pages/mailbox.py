"""The mailbox: what the store has sent."""

from __future__ import annotations

import time
from typing import Any

import httpx


class Mailbox:
    """Reads the sandbox's mailbox over its JSON."""

    def __init__(self, url: str) -> None:
        self.url = url

    def messages_to(self, address: str) -> list[dict[str, Any]]:
        """Newest first."""
        answer = httpx.get(f"{self.url}/api/messages", params={"to": address}, timeout=20)
        items: list[dict[str, Any]] = answer.raise_for_status().json()["items"]
        return items

    def wait_for(self, address: str, subject: str, *, within: float = 60) -> dict[str, Any]:
        """The newest message to `address` with `subject` in its subject. Raises TimeoutError after `within` seconds."""
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            for message in self.messages_to(address):
                if subject in message["subject"]:
                    return message
            time.sleep(0.2)
        raise TimeoutError(f"No mail to {address} about “{subject}” within {within:g} s.")
