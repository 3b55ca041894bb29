"""A category: its products, and the categories beside and below it."""

from __future__ import annotations

import reflex as rx

from store_app.components.counting import count_of
from store_app.components.feedback import loading, skeleton
from store_app.components.listing import listing_body, listing_skeleton
from store_app.components.navigation import breadcrumb, chip_link
from store_app.components.page import page
from store_app.components.route import route_param
from store_app.pages.not_found import not_found_content
from store_app.states.listing import ListingState

LOADS = (ListingState.load_category,)


def category_title() -> rx.Var[str]:
    listing = ListingState.listing
    return rx.cond(listing.title, f"{listing.title} – Larkspur", "Larkspur")


def category() -> rx.Component:
    shown = ListingState.ready & (ListingState.listing.key == route_param("slug"))
    return page(
        rx.cond(shown, rx.cond(ListingState.missing, not_found_content("category"), _content()), _skeleton()),
    )


def _content() -> rx.Component:
    listing = ListingState.listing
    return rx.el.div(
        breadcrumb(listing.crumbs, listing.title),
        rx.el.div(
            rx.el.h1(listing.title, data_testid="category-title"),
            rx.el.p(listing.description, class_name="prose mt-3 text-muted"),
            class_name="mt-4 mb-6",
        ),
        rx.cond(
            count_of(listing.chips) > 0,
            rx.el.nav(
                rx.foreach(listing.chips, chip_link),
                aria_label="Categories",
                class_name="chip-row mb-10",
            ),
        ),
        listing_body(
            rx.el.p(
                "There is nothing here at the moment. Have a look around the rest of the shop.",
                class_name="py-16 text-center text-muted",
            )
        ),
        class_name="wrap",
    )


def _skeleton() -> rx.Component:
    return loading(
        skeleton("h-5 w-40"),
        skeleton("mt-6 h-11 w-64"),
        skeleton("mt-4 h-5 w-full max-w-lg"),
        rx.el.div(class_name="mt-6 mb-10 h-9"),
        listing_skeleton(),
        class_name="wrap",
    )
