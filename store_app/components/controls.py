"""Buttons and links that look like them."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import reflex as rx

from store_app.components.elements import hard_link
from store_app.components.icons import icon

Variant = Literal["primary", "secondary", "quiet", "danger"]
Content: TypeAlias = "rx.Component | rx.Var[Any] | str"


def button(
    *content: Content,
    variant: Variant = "secondary",
    busy: rx.Var[bool] | bool = False,
    **props: Any,
) -> rx.Component:
    """A push button. `busy` shows that its work is under way and takes no further press."""
    props.setdefault("type", "button")
    if busy is not False:
        props["aria_busy"] = busy
        props["disabled"] = busy if "disabled" not in props else rx.Var.create(busy) | props["disabled"]
    return rx.el.button(*content, class_name=_classes(variant, props), **props)


def link_button(*content: Content, href: Any, variant: Variant = "secondary", **props: Any) -> rx.Component:
    """A link within the app that looks like a button; `reload=True` makes it load a whole page."""
    create = hard_link if props.pop("reload", False) else rx.el.a
    return create(*content, href=href, class_name=_classes(variant, props), **props)


def icon_button(name: str, label: Any, *more: rx.Component, **props: Any) -> rx.Component:
    """A square button with only an icon; `label` is its accessible name."""
    class_name = f"icon-button {props.pop('class_name', '')}".strip()
    props.setdefault("type", "button")
    return rx.el.button(icon(name), *more, aria_label=label, class_name=class_name, **props)


def text_link(*content: Content, href: Any, **props: Any) -> rx.Component:
    """A link in running text; `reload=True` makes it load a whole page."""
    create = hard_link if props.pop("reload", False) else rx.el.a
    class_name = f"link {props.pop('class_name', '')}".strip()
    return create(*content, href=href, class_name=class_name, **props)


def _classes(variant: Variant, props: dict[str, Any]) -> str:
    return f"button button-{variant} {props.pop('class_name', '')}".strip()
