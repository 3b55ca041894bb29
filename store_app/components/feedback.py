"""What tells a person how things stand: badges, notices, empty states, skeletons."""

from __future__ import annotations

from typing import Any, Literal

import reflex as rx

from store_app.components.icons import icon

Tone = Literal["plain", "accent", "success", "warning", "error"]
_ICONS: dict[Tone, str] = {
    "plain": "info",
    "accent": "info",
    "success": "check",
    "warning": "alert",
    "error": "alert",
}


def badge(text: Any, tone: Tone | rx.Var[str] = "plain", **props: Any) -> rx.Component:
    """A word about a thing's state; `tone` may be a Var holding one of the tones."""
    class_name = f"badge tone-{tone} {props.pop('class_name', '')}"
    return rx.el.span(text, class_name=class_name, **props)


def notice(*content: Any, tone: Tone = "plain", **props: Any) -> rx.Component:
    """A paragraph that stands out; give `role="alert"` when it appears as the answer to an action."""
    class_name = f"notice tone-{tone} {props.pop('class_name', '')}".strip()
    return rx.el.div(
        icon(_ICONS[tone], class_name="mt-0.5"),
        rx.el.div(*content, class_name="min-w-0 flex-1"),
        class_name=class_name,
        **props,
    )


def empty_state(title: Any, text: Any, *actions: rx.Component, level: int = 2, **props: Any) -> rx.Component:
    """Nothing here yet, and what to do next. `level` is that of the heading."""
    heading = {1: rx.el.h1, 2: rx.el.h2, 3: rx.el.h3}[level]
    class_name = f"grid justify-items-center gap-4 py-16 text-center {props.pop('class_name', '')}".strip()
    return rx.el.div(
        heading(title, class_name="text-(length:--text-heading)"),
        rx.el.p(text, class_name="max-w-[44ch] text-muted"),
        rx.el.div(*actions, class_name="mt-2 flex flex-wrap justify-center gap-3")
        if actions
        else rx.fragment(),
        class_name=class_name,
        **props,
    )


def skeleton(class_name: str) -> rx.Component:
    """A quiet block of the size of what comes; it fades in only when that takes more than a moment."""
    return rx.el.div(class_name=f"skeleton {class_name}", aria_hidden=True)


def loading(*blocks: rx.Component, label: str = "Loading", **props: Any) -> rx.Component:
    """Skeletons in the arrangement of what comes. waiting.js looks after those that stay."""
    return rx.el.div(
        rx.el.span(label, class_name="sr-only", role="status"),
        *blocks,
        aria_busy="true",
        data_testid="loading",
        custom_attrs={"data-loading": ""},
        **props,
    )
