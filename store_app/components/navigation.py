"""Ways around: breadcrumb and pages of a list. View models with `label` and `href` fit."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.controls import link_button
from store_app.components.icons import icon
from store_app.view_models.links import Pages


def breadcrumb(links: Any, here: Any) -> rx.Component:
    """Where the page lies: `links` is a list of Link (or a Var of one), `here` the page's own name."""
    crumbs = (
        rx.foreach(links, _crumb)
        if isinstance(links, rx.Var)
        else rx.fragment(*(_crumb(link) for link in links))
    )
    return rx.el.nav(
        rx.el.ol(crumbs, rx.el.li(rx.el.span(here, aria_current="page", class_name="py-1"))),
        aria_label="Breadcrumb",
        class_name="breadcrumb",
    )


def _crumb(link: Any) -> rx.Component:
    return rx.el.li(rx.el.a(link.label, href=link.href))


def pagination(pages: rx.Var[Pages]) -> rx.Component:
    """Links to the page before and after; nothing when all fits on one."""
    return rx.cond(
        pages.count > 1,
        rx.el.nav(
            rx.cond(
                pages.previous,
                link_button(icon("arrow-left"), "Previous", href=pages.previous, rel="prev"),
                rx.el.span(),
            ),
            rx.el.p(
                "Page ",
                pages.number,
                " of ",
                pages.count,
                class_name="text-sm text-muted tabular-nums",
            ),
            rx.cond(
                pages.next,
                link_button("Next", icon("arrow-right"), href=pages.next, rel="next"),
                rx.el.span(),
            ),
            aria_label="Pages",
            data_testid="pagination",
            class_name="mt-12 flex items-center justify-between gap-4 border-t pt-6",
        ),
    )


def chip_link(link: Any, **props: Any) -> rx.Component:
    """A choice among a few that leads to another view of the page; `current` marks the present one."""
    return rx.el.a(
        link.label,
        href=link.href,
        prevent_scroll_reset=True,
        aria_current=rx.cond(link.current, "true", "false"),
        class_name="chip",
        **props,
    )
