"""The corner where messages appear. They stay while the pointer or the focus is on them."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import button, icon_button
from store_app.components.elements import AnimatedDiv
from store_app.components.icons import icon
from store_app.states.toasts import ToastState
from store_app.view_models.toast import Toast


def toast_region() -> rx.Component:
    """Announced politely. Each modal dialog has its own, since what is outside of it is out of reach."""
    return rx.el.div(
        rx.foreach(ToastState.toasts, _toast),
        role="status",
        aria_live="polite",
        aria_label="Messages",
        class_name="toasts",
    )


def _toast(toast: rx.Var[Toast]) -> rx.Component:
    return AnimatedDiv.create(
        rx.match(toast.tone, ("error", icon("alert")), ("success", icon("check")), icon("info")),
        rx.el.span(toast.text, class_name="flex-1 py-2"),
        rx.cond(
            toast.undoable,
            button("Undo", variant="quiet", class_name="button-small", on_click=ToastState.undo(toast.id)),
        ),
        icon_button("close", "Dismiss", on_click=ToastState.dismiss(toast.id)),
        on_animation_end=ToastState.dismiss(toast.id),
        key=toast.id.to(str),
        class_name=f"toast toast-{toast.tone}",
        data_testid="toast",
    )
