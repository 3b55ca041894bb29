"""A product in a list, and lists of them."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.counting import count_of
from store_app.components.feedback import badge, skeleton
from store_app.components.product import picture, price
from store_app.components.wish_heart import wish_heart
from store_app.view_models.catalog import Card, Swatch


@rx.memo
def product_card(card: rx.Var[Card], eager: rx.Var[bool], rest: rx.RestProp) -> rx.Component:
    """The whole card leads to the product; its title is the link."""
    return rx.el.li(
        rx.el.div(
            picture(card.image_url, card.image_alt, eager=eager),
            rx.cond(
                card.second_image_url,
                picture(card.second_image_url, "", class_name="card-second"),
            ),
            rx.cond(card.badge, badge(card.badge, card.badge_tone, class_name="card-badge")),
            class_name="card-picture",
        ),
        wish_heart(card.id, card.slug, card.sku, card.title, class_name="card-heart"),
        rx.el.h3(
            rx.el.a(card.title, href=card.href, class_name="card-link", data_testid="product-link"),
            class_name="card-title",
        ),
        rx.el.div(
            price(
                card.price,
                card.before,
                prefix=card.prefix,
                class_name="text-[0.9375rem]",
                data_testid="card-price",
            ),
            _swatches(card),
            class_name="mt-1 flex flex-wrap items-center justify-between gap-x-3 gap-y-1.5",
        ),
        rest,
        class_name="card",
        data_testid="product-card",
    )


def product_grid(
    cards: Any, *, eager: int = 0, class_name: str = "grid-listing", **props: Any
) -> rx.Component:
    """`cards` is a Var of Cards; the pictures of the first `eager` are fetched at once."""
    return rx.el.ul(
        rx.foreach(cards, lambda card, index: product_card(card=card, eager=index < eager, key=card.slug)),
        class_name=class_name,
        **props,
    )


def grid_skeleton(count: int = 8, class_name: str = "grid-listing") -> rx.Component:
    return rx.el.div(
        *(
            rx.el.div(
                skeleton("aspect-[4/5] w-full"),
                skeleton("mt-3 h-5 w-4/5"),
                skeleton("mt-2 h-4 w-2/5"),
            )
            for _ in range(count)
        ),
        class_name=class_name,
    )


def _swatches(card: rx.Var[Card]) -> rx.Component:
    return rx.cond(
        count_of(card.swatches) > 0,
        rx.el.span(
            rx.el.span(
                "Colours: ",
                rx.foreach(card.swatches, lambda swatch: rx.el.span(swatch.name, " ")),
                class_name="sr-only",
            ),
            rx.foreach(card.swatches, _swatch),
            rx.cond(
                card.more_swatches > 0,
                rx.el.span("+", card.more_swatches, class_name="text-xs text-muted", aria_hidden=True),
            ),
            class_name="flex items-center gap-1",
        ),
    )


def _swatch(swatch: rx.Var[Swatch]) -> rx.Component:
    return rx.el.span(style={"background": swatch.css}, class_name="swatch swatch-small", aria_hidden=True)
