"""The form of the product editor, and what watches over its unsaved changes."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.forms import Form

from store_app.admin.states.product_editor import ProductEditorState
from store_app.components.controls import button
from store_app.components.elements import plain_form
from store_app.components.overlays import dialog

LEAVE = "leave-editor"


class EditorForm(Form):
    """A form that tells of typing in any of its fields."""

    on_input: rx.EventHandler[rx.event.no_args_event_spec]


class FocusProblem(rx.Fragment):
    """After a refused save, focus goes to the first field that is marked, or else to the message on top."""

    refusals: rx.Var[int]

    def add_imports(self) -> dict[str, list[str]]:
        return {"react": ["useEffect", "useRef"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:
        return [
            rx.Var(f"const refusalCount = {self.refusals!s}"),
            "const lastRefusalCount = useRef(refusalCount)",
            "useEffect(() => { if (refusalCount > lastRefusalCount.current) {"
            " const field = document.querySelector('main [aria-invalid=true]');"
            " (field ?? document.querySelector('main [role=alert]'))?.focus({ preventScroll: true });"
            " (field ?? document.querySelector('main [role=alert]'))?.scrollIntoView({ block: 'center' }); }"
            " lastRefusalCount.current = refusalCount; }, [refusalCount])",
        ]


class LeaveGuard(rx.Fragment):
    """Asks before unsaved changes are left: in a dialog within the app, as the browser does it when a tab closes."""

    unsaved: rx.Var[bool]

    def add_imports(self) -> dict[str, list[str]]:
        return {"react": ["useEffect", "useRef"], "react-router": ["useBlocker"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:
        return [
            rx.Var(f"const unsaved = {self.unsaved!s}"),
            "const unsavedNow = useRef(unsaved); unsavedNow.current = unsaved",
            "const leaving = useBlocker(({ currentLocation, nextLocation }) =>"
            " unsavedNow.current && currentLocation.pathname !== nextLocation.pathname)",
            "useEffect(() => { if (!unsaved) return;"
            " const warn = (event) => event.preventDefault();"
            " window.addEventListener('beforeunload', warn);"
            " return () => window.removeEventListener('beforeunload', warn); }, [unsaved])",
            "useEffect(() => {"
            f" const sheet = document.getElementById('{LEAVE}');"
            " if (leaving.state !== 'blocked' || !sheet) return;"
            " sheet.returnValue = '';"
            " const settle = () => sheet.returnValue === 'leave' ? leaving.proceed() : leaving.reset();"
            " sheet.addEventListener('close', settle, { once: true });"
            " if (!sheet.open) sheet.showModal();"
            " return () => sheet.removeEventListener('close', settle); }, [leaving.state])",
        ]


def guards(editor: Any = ProductEditorState, what: str = "product") -> rx.Component:
    """What stands beside the form, once a page."""
    return rx.fragment(
        dialog(
            LEAVE,
            "Leave without saving?",
            rx.el.p(f"Your changes of this {what} are lost then."),
            foot=plain_form(
                button("Stay here", type="submit", value="stay"),
                button(
                    "Leave without saving",
                    type="submit",
                    value="leave",
                    variant="danger",
                    on_click=editor.discard,
                    data_testid="leave-unsaved",
                ),
                method="dialog",
                class_name="flex flex-wrap justify-end gap-3",
            ),
        ),
        LeaveGuard.create(unsaved=editor.dirty),
        FocusProblem.create(refusals=editor.refusals),
    )


def section(title: str, *content: Any, note: str = "", name: str = "") -> rx.Component:
    """A part of the form under its heading."""
    heading = name or title.lower().replace(" ", "-")
    return rx.el.section(
        rx.el.h2(title, id=f"{heading}-heading", class_name="staff-heading"),
        rx.el.p(note, class_name="text-sm text-muted") if note else rx.fragment(),
        *content,
        aria_labelledby=f"{heading}-heading",
        class_name="editor-section",
    )


def row_input(name: Any, label: Any, value: Any, **props: Any) -> rx.Component:
    """A small field of a row. Its label is spoken only; its error stands below it."""
    error = ProductEditorState.errors[rx.Var.create(name)]
    class_name = f"input input-small {props.pop('class_name', '')}".strip()
    return rx.el.div(
        rx.el.input(
            name=name,
            default_value=value,
            aria_label=label,
            aria_invalid=rx.cond(error, "true", "false"),
            aria_describedby=rx.cond(error, f"{name}-error", ""),
            auto_complete="off",
            on_blur=ProductEditorState.edit(name),
            class_name=class_name,
            **props,
        ),
        rx.cond(error, rx.el.p(error, id=rx.Var.create(f"{name}-error"), class_name="field-error mt-1")),
        class_name="min-w-0",
    )
