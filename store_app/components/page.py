"""The shell of a page: skip link, header, main, footer, cart drawer, messages."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.cart_drawer import cart_drawer
from store_app.components.elements import hard_link
from store_app.components.footer import site_footer
from store_app.components.header import bare_header, site_header
from store_app.components.toast import toast_region
from store_app.components.wish_heart import wish_marks
from store_app.states.live_words import LiveWordsState


def page(*content: Any, **props: Any) -> rx.Component:
    """A page of the shop. `content` brings its own `.wrap`s; `props` go to `<main>`."""
    return _frame(_shop_header(), content, (_shop_footer(), _shop_cart()), props)


def focused_page(*content: Any, header: tuple[rx.Component, ...] = (), **props: Any) -> rx.Component:
    """A page with one purpose: only the name on top (and `header` beside it), no footer, no drawer."""
    return _frame(bare_header(*header), content, (), props)


@rx.memo
def _shop_header() -> rx.Component:
    return site_header()


@rx.memo
def _shop_footer() -> rx.Component:
    return site_footer()


@rx.memo
def _shop_cart() -> rx.Component:
    return cart_drawer()


def _frame(
    header: rx.Component, content: tuple[Any, ...], after: tuple[rx.Component, ...], props: dict[str, Any]
) -> rx.Component:
    return rx.el.div(
        hard_link("Skip to content", href="#main", class_name="button button-secondary skip-link"),
        header,
        rx.el.main(*content, id="main", tab_index=-1, **props),
        *after,
        toast_region(),
        rx.el.p(LiveWordsState.said, role="status", class_name="sr-only", data_testid="live-words"),
        wish_marks(),
        class_name="page",
    )
