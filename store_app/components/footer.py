"""The bottom of every page."""

from __future__ import annotations

import reflex as rx

from store_app.states.cart import CartState
from store_app.states.visit import VisitState


def site_footer() -> rx.Component:
    return rx.el.footer(
        rx.el.div(
            rx.el.div(
                rx.el.p("Larkspur", class_name="font-display text-3xl tracking-tight"),
                rx.el.p(
                    "Good things for home, table, garden and the walk there.",
                    class_name="mt-2 max-w-[30ch] text-muted",
                ),
                class_name="col-span-2",
            ),
            _column(
                "Shop",
                rx.foreach(
                    VisitState.departments, lambda link: rx.el.li(rx.el.a(link.label, href=link.href))
                ),
            ),
            _column(
                "Look again",
                *(
                    rx.el.li(rx.el.a(label, href=href))
                    for label, href in (
                        ("New", "/search?sort=newest"),
                        ("On sale", "/search?sale=1"),
                        ("Your orders", "/orders"),
                        ("Your cart", "/cart"),
                    )
                ),
            ),
            class_name="wrap grid grid-cols-2 gap-x-8 gap-y-10 py-14 md:grid-cols-4",
        ),
        rx.el.p(
            rx.cond(
                CartState.cart.free_delivery,
                f"Free {CartState.cart.free_delivery} from {CartState.cart.free_from}. ",
                "",
            ),
            "Returns within 30 days. ",
            CartState.cart.tax_words,
            ".",
            class_name="wrap pb-10 text-sm text-muted",
        ),
        class_name="site-footer",
    )


def _column(title: str, *items: rx.Component) -> rx.Component:
    return rx.el.nav(
        rx.el.h2(title, class_name="mb-2 font-sans text-sm font-semibold tracking-normal"),
        rx.el.ul(*items),
        aria_label=title,
    )
