"""A listing: what narrows it, its order, its products, its pages."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import button, link_button
from store_app.components.counting import count_of
from store_app.components.facets import active_filters, facets
from store_app.components.feedback import empty_state
from store_app.components.icons import icon
from store_app.components.navigation import pagination
from store_app.components.overlays import close_dialog, drawer, open_dialog
from store_app.components.product_card import grid_skeleton, product_grid
from store_app.states.listing import ListingState

FILTERS = "filters"
FIRST_ROWS = 8
"""Pictures likely to be in sight at once."""

RESTORE_SCROLL = rx.run_script("window.larkspurRestoreScroll?.()")


def listing_body(*when_empty: rx.Component, relevance: bool = False) -> rx.Component:
    """`when_empty` are next steps when nothing is found at all; a search can be sorted by relevance."""
    listing = ListingState.listing
    return rx.el.div(
        rx.el.aside(
            facets("column"),
            aria_label="Filters",
            class_name="hidden w-56 flex-none lg:block",
        ),
        rx.el.div(
            rx.el.h2("Products", class_name="sr-only"),
            _bar(relevance),
            active_filters(),
            rx.cond(
                listing.total > 0,
                rx.fragment(
                    product_grid(listing.cards, eager=FIRST_ROWS, aria_label="Products"),
                    pagination(listing.pages),
                ),
                _nothing(*when_empty),
            ),
            class_name="min-w-0 flex-1",
            on_mount=RESTORE_SCROLL,
        ),
        _sheet(),
        class_name="flex gap-12",
    )


def listing_skeleton() -> rx.Component:
    return rx.el.div(
        rx.el.div(class_name="hidden w-56 flex-none lg:block"),
        rx.el.div(rx.el.div(class_name="mb-6 h-11"), grid_skeleton(), class_name="min-w-0 flex-1"),
        class_name="flex gap-12",
    )


def _bar(relevance: bool) -> rx.Component:
    listing = ListingState.listing
    return rx.el.div(
        button(
            icon("filter"),
            "Filter",
            rx.cond(count_of(listing.active) > 0, rx.el.span("(", count_of(listing.active), ")")),
            on_click=open_dialog(FILTERS),
            class_name="button-small lg:hidden",
            data_testid="open-filters",
        ),
        rx.el.p(
            listing.total_text,
            role="status",
            class_name="hidden flex-1 text-sm text-muted tabular-nums sm:block",
            data_testid="result-count",
        ),
        rx.el.form(
            rx.el.label("Sort by", html_for="sort", class_name="sr-only sm:not-sr-only text-sm text-muted"),
            rx.el.select(
                *(rx.el.option(label, value=value) for value, label in _orders(relevance)),
                name="sort",
                id="sort",
                key=f"sort-{listing.sort}",
                default_value=listing.sort,
                class_name="input input-small w-auto",
                data_testid="sort",
            ),
            custom_attrs={"data-narrow": "change"},
            class_name="ml-auto flex items-center gap-3",
        ),
        class_name="mb-6 flex min-h-11 items-center gap-4",
    )


def _orders(relevance: bool) -> tuple[tuple[str, str], ...]:
    return (
        ("", "Best match" if relevance else "Most loved"),
        ("newest", "Newest"),
        ("price", "Price, low to high"),
        ("-price", "Price, high to low"),
        ("rating", "Best rated"),
    )


def _nothing(*when_empty: rx.Component) -> rx.Component:
    listing = ListingState.listing
    return rx.cond(
        count_of(listing.active) > 0,
        empty_state(
            "Nothing fits all of that",
            "Take a filter away, or start again with everything.",
            link_button("Clear all filters", href=listing.clear_href, variant="primary"),
            data_testid="no-results",
        ),
        rx.fragment(*when_empty),
    )


def _sheet() -> rx.Component:
    listing = ListingState.listing
    return drawer(
        FILTERS,
        "Filter",
        facets("sheet"),
        foot=button(
            "Show ",
            listing.total_text,
            variant="primary",
            class_name="button-wide",
            on_click=close_dialog(FILTERS),
        ),
        left=True,
    )
