"""Pieces of a product that several pages show: its picture, its price, its stars."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.icons import icon


def picture(url: Any, alt: Any, *, eager: Any = False, **props: Any) -> rx.Component:
    """A product picture, 4 to 5 whatever its width. `eager` for what is seen first."""
    class_name = f"picture {props.pop('class_name', '')}".strip()
    return rx.el.img(
        src=url,
        alt=alt,
        loading=rx.cond(eager, "eager", "lazy")
        if isinstance(eager, rx.Var)
        else "eager"
        if eager
        else "lazy",
        decoding="async",
        custom_attrs={"width": 800, "height": 1000, **props.pop("custom_attrs", {})},
        class_name=class_name,
        **props,
    )


def price(now: Any, before: Any = "", *, prefix: Any = "", **props: Any) -> rx.Component:
    """A formatted price; with `before`, the higher price it had. Spoken as what they are."""
    class_name = f"inline-flex flex-wrap items-baseline gap-x-2 {props.pop('class_name', '')}".strip()
    return rx.el.span(
        rx.el.span(
            prefix, rx.cond(before, rx.el.span("Now ", class_name="sr-only")), now, class_name="price"
        ),
        rx.cond(
            before,
            rx.el.span(
                rx.el.span("before ", class_name="sr-only"), rx.el.s(before), class_name="price price-before"
            ),
        ),
        class_name=class_name,
        **props,
    )


def rating(average: Any, count: Any, **props: Any) -> rx.Component:
    """The average of the ratings, out of five, and how many there are."""
    return rx.el.span(
        icon("star", class_name="star"),
        rx.el.span("Rated ", class_name="sr-only"),
        rx.el.span(average, class_name="tabular-nums"),
        rx.el.span(" out of 5,", class_name="sr-only"),
        rx.el.span(count, class_name="text-muted"),
        class_name="inline-flex items-center gap-1.5 text-sm",
        **props,
    )
