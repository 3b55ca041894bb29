"""Search results; without a search text, everything."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import link_button, text_link
from store_app.components.counting import count_of
from store_app.components.feedback import empty_state, loading, skeleton
from store_app.components.listing import listing_body, listing_skeleton
from store_app.components.page import page
from store_app.components.search_box import search_box
from store_app.states.listing import ListingState
from store_app.states.visit import VisitState

LOADS = (ListingState.load_search,)


def search_title() -> rx.Var[str]:
    listing = ListingState.listing
    return rx.cond(listing.title, f"{listing.title} – Larkspur", "Search – Larkspur")


def search() -> rx.Component:
    listing = ListingState.listing
    return page(
        rx.el.div(
            rx.el.div(search_box("page"), class_name="mb-6 md:hidden"),
            rx.cond(
                ListingState.ready,
                rx.fragment(
                    rx.el.h1(listing.title, class_name="mb-8 break-words", data_testid="search-title"),
                    rx.cond(
                        (listing.total == 0) & (count_of(listing.active) == 0),
                        _nothing(),
                        listing_body(relevance=True),
                    ),
                ),
                loading(skeleton("mb-8 h-11 w-72"), listing_skeleton()),
            ),
            class_name="wrap",
        )
    )


def _nothing() -> rx.Component:
    corrected = ListingState.listing.corrected
    return rx.el.div(
        rx.cond(
            corrected.href,
            rx.el.p(
                "Did you mean ",
                text_link(corrected.label, href=corrected.href, class_name="font-semibold"),
                "?",
                class_name="text-center text-lg",
            ),
        ),
        empty_state(
            "We don’t have that",
            "Check the spelling, try a plainer word (“mug” rather than “coffee cup”), or start from a department.",
            rx.foreach(VisitState.departments, lambda link: link_button(link.label, href=link.href)),
            data_testid="no-results",
        ),
    )
