"""Dialogs and drawers: native modal `<dialog>`s. Escape closes them and focus returns to what opened them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.controls import icon_button
from store_app.components.elements import ClosableDialog
from store_app.components.toast import toast_region


def open_dialog(identifier: str) -> rx.event.EventSpec:
    """For `on_click`: show the dialog."""
    return rx.run_script(f"document.getElementById('{identifier}').showModal()")


def close_dialog(identifier: str) -> rx.event.EventSpec:
    return rx.run_script(f"document.getElementById('{identifier}').close()")


def dialog(identifier: str, title: Any, *body: Any, foot: Any = None, **props: Any) -> rx.Component:
    """A small question in the middle of the screen; `foot` holds its buttons.

    A press beside it closes it, unless `dismissable=False`.
    """
    return _modal(identifier, title, body, foot, "dialog", props)


def drawer(
    identifier: str, title: Any, *body: Any, foot: Any = None, left: bool = False, **props: Any
) -> rx.Component:
    """A sheet of full height at the right edge, or the left one; all of a phone's width."""
    return _modal(identifier, title, body, foot, "drawer drawer-left" if left else "drawer", props)


class OpenOnChange(rx.Fragment):
    """Shows a dialog each time a counter rises: how the server opens one once its work has succeeded.

    What the counter was when the page loaded, or comes back to from the server's memory then, opens nothing.
    """

    dialog_id: rx.Var[str]
    count: rx.Var[int]

    def add_imports(self) -> dict[str, list[str]]:
        return {"react": ["useEffect", "useRef"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:
        hydrated = rx.State.is_hydrated
        return [
            rx.Var(f"const openCount = {self.count!s}", _var_data=self.count._get_all_var_data()),
            rx.Var(f"const openReady = {hydrated!s}", _var_data=hydrated._get_all_var_data()),
            "const lastOpen = useRef({ count: openCount, ready: false })",
            rx.Var(
                "useEffect(() => {"
                f" const sheet = document.getElementById({self.dialog_id!s});"
                " if (openCount > lastOpen.current.count && lastOpen.current.ready && sheet && !sheet.open)"
                " sheet.showModal();"
                " lastOpen.current = { count: openCount, ready: openReady }; }, [openCount, openReady])"
            ),
        ]


def _modal(
    identifier: str, title: Any, body: tuple[Any, ...], foot: Any, kind: str, props: dict[str, Any]
) -> rx.Component:
    heading = f"{identifier}-title"
    dismissable = props.pop("dismissable", True)
    return ClosableDialog.create(
        rx.el.div(
            rx.el.div(
                rx.el.h2(title, id=heading),
                icon_button("close", "Close", on_click=close_dialog(identifier)),
                class_name="sheet-head",
            ),
            rx.el.div(*body, class_name="sheet-body"),
            rx.el.div(foot, class_name="sheet-foot") if foot is not None else rx.fragment(),
            class_name="sheet",
        ),
        toast_region(),
        id=identifier,
        aria_labelledby=heading,
        class_name=kind,
        custom_attrs={"data-dismissable": ""} if dismissable else {},
        **props,
    )
