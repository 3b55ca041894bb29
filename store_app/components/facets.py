"""What narrows a listing. Each value is a link: the address holds what is chosen."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import button, text_link
from store_app.components.counting import count_of
from store_app.components.icons import icon
from store_app.states.listing import ListingState
from store_app.view_models.catalog import FacetChoice, FacetView

OPEN_FACETS = 4
"""How many facets show their values without being asked."""


def facets(place: str) -> rx.Component:
    """`place` keeps the ids of the column and the sheet apart."""
    listing = ListingState.listing
    return rx.el.div(
        rx.el.ul(rx.foreach(listing.toggles, _choice), class_name="pb-4"),
        _price_range(place),
        rx.foreach(listing.facets, _facet),
        class_name="facets",
        custom_attrs={"data-stay": ""},
    )


def active_filters() -> rx.Component:
    """Chips that take a filter away again."""
    listing = ListingState.listing
    return rx.cond(
        count_of(listing.active) > 0,
        rx.el.ul(
            rx.foreach(
                listing.active,
                lambda link: rx.el.li(
                    rx.el.a(
                        rx.el.span("Remove ", class_name="sr-only"),
                        link.label,
                        icon("close"),
                        href=link.href,
                        prevent_scroll_reset=True,
                        class_name="chip",
                    ),
                    key=link.label,
                ),
            ),
            rx.el.li(
                text_link(
                    "Clear all",
                    href=listing.clear_href,
                    prevent_scroll_reset=True,
                    class_name="inline-flex min-h-9 items-center px-2 text-sm",
                )
            ),
            aria_label="Active filters",
            data_testid="active-filters",
            class_name="mb-6 flex flex-wrap items-center gap-2",
        ),
    )


def _price_range(place: str) -> rx.Component:
    listing = ListingState.listing
    return rx.el.form(
        rx.el.input(type="hidden", name="currency", value=listing.price_currency, read_only=True),
        rx.el.fieldset(
            rx.el.legend(
                "Price",
                rx.cond(
                    listing.price_symbol.length() > 1,
                    rx.el.span(" in ", listing.price_symbol, class_name="font-normal text-muted"),
                ),
                class_name="mb-2 text-[0.9375rem] font-semibold",
            ),
            rx.el.div(
                _bound(place, "min", "From", listing.price_min),
                rx.el.span("–", aria_hidden=True, class_name="text-muted"),
                _bound(place, "max", "To", listing.price_max),
                button("Go", type="submit", class_name="button-small", aria_label="Apply price range"),
                class_name="flex items-center gap-2",
            ),
        ),
        custom_attrs={"data-narrow": "submit"},
        class_name="border-t py-4",
    )


def _bound(place: str, name: str, label: str, value: rx.Var[str]) -> rx.Component:
    """A sign of one character stands in the field; a longer one would leave no room for the figures."""
    listing = ListingState.listing
    short = listing.price_symbol.length() == 1
    return rx.el.label(
        rx.el.span(f"{label}, in {listing.price_words}", class_name="sr-only"),
        rx.cond(short, rx.el.span(listing.price_symbol, aria_hidden=True, class_name="currency-sign")),
        rx.el.input(
            name=name,
            id=f"{place}-{name}",
            key=f"{place}-{name}-{value}",
            default_value=value,
            placeholder=label,
            input_mode="decimal",
            auto_complete="off",
            class_name=rx.cond(short, "input input-small pl-6", "input input-small"),
        ),
        class_name="relative min-w-0 flex-1",
    )


def _facet(facet: rx.Var[FacetView], index: rx.Var[int]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.span(
                facet.label,
                rx.cond(facet.chosen > 0, rx.el.span(" (", facet.chosen, ")", class_name="text-muted")),
                class_name="flex-1",
            ),
            icon("chevron-down"),
        ),
        rx.el.ul(rx.foreach(facet.choices, _choice), class_name="pb-3"),
        rx.cond(
            count_of(facet.more) > 0,
            rx.el.details(
                rx.el.summary("Show ", count_of(facet.more), " more", class_name="more"),
                rx.el.ul(rx.foreach(facet.more, _choice), class_name="pb-3"),
            ),
        ),
        open=(index < OPEN_FACETS) | (facet.chosen > 0),
        key=facet.name,
        class_name="facet",
    )


def _choice(choice: rx.Var[FacetChoice]) -> rx.Component:
    return rx.el.li(
        rx.el.a(
            rx.cond(
                choice.css,
                rx.el.span(style={"background": choice.css}, class_name="swatch"),
                rx.el.span(class_name="facet-box"),
            ),
            rx.el.span(choice.label, class_name="flex-1"),
            rx.cond(choice.count > 0, rx.el.span(choice.count, class_name="text-xs text-muted tabular-nums")),
            rx.cond(choice.chosen, rx.el.span("(chosen)", class_name="sr-only")),
            href=choice.href,
            prevent_scroll_reset=True,
            rel="nofollow",
            aria_current=rx.cond(choice.chosen, "true", "false"),
            class_name="facet-choice",
        ),
        key=choice.label,
    )
