"""Form fields: a label, the control, a hint and, when the server refused the value, what is wrong with it."""

from __future__ import annotations

from typing import Any, TypeAlias

import reflex as rx

from store_app.components.icons import icon

Text: TypeAlias = "rx.Var[str] | str"


def field(label: Text, name: str, *, error: Text = "", hint: Text = "", **props: Any) -> rx.Component:
    """A one-line input. `error` is shown while it isn't empty, e.g. `State.errors["email"]`."""
    return _frame(label, name, rx.el.input(**_control(name, error, hint, props)), error, hint)


def text_area(label: Text, name: str, *, error: Text = "", hint: Text = "", **props: Any) -> rx.Component:
    return _frame(label, name, rx.el.textarea(**_control(name, error, hint, props)), error, hint)


def select_field(
    label: Text, name: str, *options: Any, error: Text = "", hint: Text = "", **props: Any
) -> rx.Component:
    """A native select; `options` are `rx.el.option`s or an `rx.foreach` of them."""
    return _frame(label, name, rx.el.select(*options, **_control(name, error, hint, props)), error, hint)


def checkbox_field(label: Text, name: str, *, hint: Text = "", **props: Any) -> rx.Component:
    identifier = props.pop("id", name)
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, id=identifier, class_name="checkbox", **props),
        rx.el.span(label, rx.el.span(hint, class_name="hint block") if hint else rx.fragment()),
        html_for=identifier,
        class_name="flex gap-3 min-h-11 py-2 text-[0.9375rem]",
    )


def _control(name: str, error: Text, hint: Text, props: dict[str, Any]) -> dict[str, Any]:
    identifier = props.pop("id", name)
    class_name = f"input {props.pop('class_name', '')}".strip()
    described = f"{identifier}-hint " if isinstance(hint, rx.Var) or hint else ""
    if isinstance(error, rx.Var) or error:
        props["aria_invalid"] = rx.cond(error, "true", "false")
        props["aria_describedby"] = rx.cond(error, f"{described}{identifier}-error", described.strip())
    elif described:
        props["aria_describedby"] = described.strip()
    return {"name": name, "id": identifier, "class_name": class_name, **props}


def _frame(label: Text, name: str, control: rx.Component, error: Text, hint: Text) -> rx.Component:
    identifier = str(getattr(control, "id", None) or name)
    shown_error = rx.el.p(
        icon("alert", class_name="size-4"), error, id=f"{identifier}-error", class_name="field-error"
    )
    return rx.el.div(
        rx.el.label(label, html_for=identifier, class_name="label"),
        control,
        rx.el.p(hint, id=f"{identifier}-hint", class_name="hint")
        if isinstance(hint, rx.Var) or hint
        else rx.fragment(),
        rx.cond(error, shown_error)
        if isinstance(error, rx.Var)
        else (shown_error if error else rx.fragment()),
        class_name="field",
    )
