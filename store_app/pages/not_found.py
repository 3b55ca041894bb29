"""What isn't there, and where to go instead."""

from __future__ import annotations

from typing import Literal

import reflex as rx

from store_app.components.controls import link_button
from store_app.components.page import page
from store_app.states.visit import VisitState

_TEXTS: dict[str, tuple[str, str]] = {
    "page": ("This path leads nowhere", "The page may have moved, or the address has a slip in it."),
    "product": ("We don’t have this any more", "It may be sold for good, or the address has a slip in it."),
    "category": ("There is no such department", "It may have a new name, or the address has a slip in it."),
}


def not_found() -> rx.Component:
    return page(not_found_content("page"))


def not_found_content(what: Literal["page", "product", "category"]) -> rx.Component:
    title, text = _TEXTS[what]
    return rx.el.div(
        rx.el.h1(title, class_name="text-(length:--text-display) tracking-tight"),
        rx.el.p(text, class_name="mt-4 text-lg text-muted"),
        rx.el.div(
            link_button("Search the shop", href="/search", variant="primary"),
            link_button("To the front page", href="/"),
            class_name="mt-8 flex flex-wrap gap-3",
        ),
        rx.el.nav(
            rx.foreach(
                VisitState.departments, lambda link: rx.el.a(link.label, href=link.href, class_name="chip")
            ),
            aria_label="Departments to start from",
            class_name="mt-10 flex flex-wrap gap-2",
        ),
        class_name="wrap py-10 md:py-20",
        data_testid="not-found",
    )
