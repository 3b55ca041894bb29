"""The home page."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.controls import link_button, text_link
from store_app.components.feedback import loading, skeleton
from store_app.components.page import page
from store_app.components.product_card import grid_skeleton, product_grid
from store_app.states.home import HomeState
from store_app.view_models.catalog import CategoryTile

LOADS = (HomeState.load,)


def home() -> rx.Component:
    return page(
        _hero(),
        rx.cond(HomeState.ready, _shelves(), _skeleton()),
        class_name="!pt-0",
    )


def _hero() -> rx.Component:
    return rx.el.section(
        rx.el.img(
            src="/hero.svg",
            alt="",
            fetch_priority="high",
            custom_attrs={"width": 1600, "height": 1000, "fetchPriority": "high"},
            class_name="hero-picture",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.h1("Good things for home, table, garden and the walk there", class_name="hero-title"),
                rx.el.p(
                    "Made slowly by small workshops, kept in stock by us, and meant to be used every day.",
                    class_name="hero-text",
                ),
                rx.el.div(
                    link_button("See what’s new", href="/search?sort=newest", variant="primary"),
                    text_link("Browse everything", href="/search", class_name="self-center"),
                    class_name="mt-7 flex flex-wrap gap-x-6 gap-y-3",
                ),
                class_name="hero-words",
            ),
            class_name="wrap",
        ),
        class_name="hero",
    )


def _shelves() -> rx.Component:
    view = HomeState.home
    return rx.fragment(
        _section(
            "Start with a room",
            rx.el.ul(rx.foreach(view.departments, _department), class_name="departments"),
        ),
        _section(
            "What we reach for",
            product_grid(view.featured, class_name="grid-shelf"),
            rx.el.p(
                "Things from our own shelves that have earned their place.",
                class_name="text-muted",
            ),
        ),
        rx.el.section(
            rx.el.div(
                rx.el.p(
                    "“We stock what we would miss if it broke.”",
                    class_name="font-display text-(length:--text-title) leading-tight tracking-tight text-balance",
                ),
                rx.el.p(
                    "Seventy things rather than seven thousand. Each one is made by a workshop we can name.",
                    class_name="max-w-[46ch] text-muted",
                ),
                class_name="wrap grid justify-items-center gap-4 py-16 text-center",
            ),
            class_name="mt-20 border-y bg-sunken",
        ),
        _section(
            "New this season", product_grid(view.new, class_name="grid-shelf"), more="/search?sort=newest"
        ),
        _section("Now for less", product_grid(view.on_sale, class_name="grid-shelf"), more="/search?sale=1"),
    )


def _section(
    title: str, body: rx.Component, note: rx.Component | None = None, *, more: str = ""
) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(rx.el.h2(title), *([note] if note else []), class_name="grid gap-1"),
            text_link(
                "See all",
                rx.el.span(f": {title}", class_name="sr-only"),
                href=more,
                class_name="py-2 text-[0.9375rem]",
            )
            if more
            else rx.fragment(),
            class_name="mb-7 flex items-end justify-between gap-6",
        ),
        body,
        aria_label=title,
        class_name="wrap mt-20",
    )


def _department(tile: rx.Var[CategoryTile]) -> rx.Component:
    return rx.el.li(
        rx.el.img(
            src=tile.image_url,
            alt="",
            loading="lazy",
            custom_attrs={"width": 1200, "height": 900},
            class_name="department-picture",
        ),
        rx.el.h3(rx.el.a(tile.name, href=tile.href, class_name="card-link"), class_name="mt-4 text-2xl"),
        rx.el.p(tile.description, class_name="mt-1 max-w-[42ch] text-[0.9375rem] text-muted"),
        class_name="department",
    )


def _skeleton() -> rx.Component:
    tiles: list[Any] = [rx.el.div(skeleton("department-picture"), class_name="department") for _ in range(5)]
    return loading(
        rx.el.div(
            rx.el.div(class_name="mb-7 h-9"),
            rx.el.div(*tiles, class_name="departments"),
            class_name="wrap mt-20",
        ),
        rx.el.div(grid_skeleton(4, "grid-shelf"), class_name="wrap mt-20"),
    )
