"""The search field with suggestions: a combobox with a list box (WAI-ARIA 1.2).

`assets/shop.js` moves through the suggestions with the arrow keys, opens and closes the list.
"""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.icons import icon
from store_app.states.search_box import SearchBoxState
from store_app.view_models.search import Suggestion


def search_box(name: str, **props: Any) -> rx.Component:
    """`name` tells the fields of one page apart."""
    field, listbox = f"{name}-search", f"{name}-suggestions"
    return rx.el.div(
        rx.el.form(
            rx.el.label("Search", html_for=field, class_name="sr-only"),
            icon("search", class_name="search-icon"),
            rx.el.input(
                id=field,
                name="q",
                type="search",
                role="combobox",
                placeholder="Search",
                auto_complete="off",
                spell_check=False,
                enter_key_hint="search",
                aria_autocomplete="list",
                aria_controls=listbox,
                aria_expanded="false",
                on_change=SearchBoxState.suggest.debounce(120),
                class_name="input search-input",
                data_testid="search-input",
                **props,
            ),
            action="/search",
            method="get",
            on_submit=SearchBoxState.search,
        ),
        rx.el.div(
            rx.foreach(SearchBoxState.suggestions, lambda item, index: _option(item, index, name)),
            id=listbox,
            role="listbox",
            aria_label="Suggestions",
            class_name="search-suggestions",
            data_testid="suggestions",
        ),
        role="search",
        class_name="search-box",
    )


def _option(item: rx.Var[Suggestion], index: rx.Var[int], name: str) -> rx.Component:
    return rx.el.a(
        rx.cond(
            item.image_url,
            rx.el.img(
                src=item.image_url,
                alt="",
                class_name="picture h-12 w-auto",
                custom_attrs={"width": 40, "height": 50},
            ),
            rx.el.span(icon("search"), class_name="grid h-10 w-10 place-items-center text-muted"),
        ),
        rx.el.span(item.label, class_name="flex-1 truncate"),
        rx.el.span(item.note, class_name="price text-sm text-muted"),
        href=item.href,
        id=f"{name}-suggestion-{index}",
        role="option",
        tab_index=-1,
        aria_selected="false",
        class_name="menu-item",
    )
