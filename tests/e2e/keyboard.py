"""Somebody who uses no mouse: walks with Tab, presses what has the focus."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

FAR = 120
"""More stops than any page has: whoever hasn't arrived by then is in a trap or has lost the focus."""
HAS_FOCUS = "element => element === element.ownerDocument.activeElement && element.ownerDocument.hasFocus()"


class Keyboard:
    """Raises AssertionError when the focus never gets to where it should."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, target: Locator) -> None:
        """Press Tab until `target` has the focus."""
        for _ in range(FAR):
            if target.count() == 1 and target.evaluate(HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{FAR} presses of Tab don't lead to {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Go to `target` and press `key` on it."""
        self.go_to(target)
        self.page.keyboard.press(key)

    def type_into(self, target: Locator, text: str) -> None:
        self.go_to(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
