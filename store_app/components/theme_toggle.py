"""Light or dark. The first choice is the system's; the browser remembers another."""

from __future__ import annotations

import reflex as rx

from store_app.components.icons import icon


def theme_toggle() -> rx.Component:
    return rx.el.button(
        icon("moon", class_name="dark:hidden"),
        icon("sun", class_name="hidden dark:block"),
        type="button",
        aria_label="Switch between light and dark",
        on_click=rx.toggle_color_mode,
        class_name="icon-button",
        data_testid="theme-toggle",
    )
