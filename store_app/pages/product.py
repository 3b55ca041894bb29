"""A product."""

from __future__ import annotations

import reflex as rx

from store_app.components.buy_box import buy_box
from store_app.components.counting import count_of
from store_app.components.feedback import loading, skeleton
from store_app.components.gallery import gallery
from store_app.components.icons import icon
from store_app.components.navigation import breadcrumb
from store_app.components.option_picker import ChosenVariant
from store_app.components.page import page
from store_app.components.product import rating
from store_app.components.product_card import product_grid
from store_app.components.route import route_param
from store_app.pages.not_found import not_found_content
from store_app.states.product import ProductState
from store_app.view_models.catalog import Fact

LOADS = (ProductState.load,)


def product_title() -> rx.Var[str]:
    return rx.cond(ProductState.product.title, f"{ProductState.product.title} – Larkspur", "Larkspur")


def product_description() -> rx.Var[str]:
    return ProductState.product.subtitle


def product() -> rx.Component:
    shown = (ProductState.shown != "") & (ProductState.shown == route_param("slug"))
    return page(
        rx.cond(shown, rx.cond(ProductState.missing, not_found_content("product"), _content()), _skeleton()),
        class_name="with-buy-bar",
    )


def _content() -> rx.Component:
    shown = ProductState.product
    return rx.fragment(
        ChosenVariant.create(sku=ProductState.choice.sku),
        rx.el.div(
            breadcrumb(shown.crumbs, shown.title),
            rx.el.div(
                gallery(),
                rx.el.div(_heading(), buy_box(), class_name="product-words"),
                class_name="product-layout",
            ),
            _story(),
            class_name="wrap",
        ),
        rx.cond(
            count_of(ProductState.related) > 0,
            rx.el.section(
                rx.el.h2("Goes well with it", class_name="mb-7"),
                product_grid(ProductState.related, class_name="grid-shelf"),
                aria_label="Related products",
                class_name="wrap mt-20 border-t pt-14",
            ),
        ),
    )


def _heading() -> rx.Component:
    shown = ProductState.product
    return rx.el.div(
        rx.cond(shown.brand, rx.el.p(shown.brand, class_name="text-sm text-muted")),
        rx.el.h1(shown.title, data_testid="product-title"),
        rx.cond(shown.subtitle, rx.el.p(shown.subtitle, class_name="text-lg leading-snug text-muted")),
        rx.cond(shown.rating, rating(shown.rating, shown.rating_count)),
        class_name="mb-6 grid grid-cols-1 gap-2",
    )


def _story() -> rx.Component:
    shown = ProductState.product
    return rx.el.div(
        rx.el.section(
            rx.el.h2("About it", class_name="sr-only"),
            rx.foreach(shown.paragraphs, lambda text: rx.el.p(text)),
            class_name="story",
        ),
        rx.el.div(
            rx.cond(
                count_of(shown.details) > 0,
                _fold(
                    "Details",
                    rx.el.ul(rx.foreach(shown.details, lambda text: rx.el.li(text)), class_name="bullets"),
                ),
            ),
            rx.cond(
                count_of(shown.facts) > 0,
                _fold("Materials and making", rx.el.dl(rx.foreach(shown.facts, _fact), class_name="facts")),
            ),
            rx.cond(shown.care, _fold("Care", rx.el.p(shown.care))),
            class_name="border-t",
        ),
        class_name="product-story",
    )


def _fold(title: str, body: rx.Component) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            rx.el.h2(title, class_name="flex-1 font-sans text-base font-semibold tracking-normal"),
            icon("chevron-down"),
        ),
        rx.el.div(body, class_name="pb-5 text-[0.9375rem]"),
        open=True,
        class_name="facet",
    )


def _fact(fact: rx.Var[Fact]) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.name), rx.el.dd(fact.value), key=fact.name)


def _skeleton() -> rx.Component:
    return loading(
        skeleton("h-5 w-56"),
        rx.el.div(
            rx.el.div(skeleton("aspect-[4/5] w-full"), class_name="lg:pl-[5.25rem]"),
            rx.el.div(
                skeleton("h-11 w-4/5"),
                skeleton("mt-4 h-6 w-3/5"),
                skeleton("mt-8 h-8 w-24"),
                skeleton("mt-8 h-12 w-48"),
                skeleton("mt-8 h-13 w-full"),
                class_name="product-words",
            ),
            class_name="product-layout",
        ),
        class_name="wrap",
    )
