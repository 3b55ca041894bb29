"""Dialogs that the server opens and closes."""

from __future__ import annotations

from typing import Any

import reflex as rx


class DialogWhile(rx.Fragment):
    """Shows a dialog while `is_open` holds. Its `on_close` must end that, since Escape closes it too."""

    dialog_id: rx.Var[str]
    is_open: rx.Var[bool]

    def add_imports(self) -> dict[str, list[str]]:
        return {"react": ["useEffect"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:
        return [
            rx.Var(
                "useEffect(() => {"
                f" const sheet = document.getElementById({self.dialog_id!s});"
                f" if (!sheet || sheet.open === {self.is_open!s}) return;"
                f" if ({self.is_open!s}) sheet.showModal(); else sheet.close();"
                f" }}, [{self.is_open!s}])"
            )
        ]
