"""The wish list."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_menu import sign_in_href
from store_app.components.controls import button, icon_button, link_button, text_link
from store_app.components.counting import count_of
from store_app.components.feedback import empty_state, loading
from store_app.components.page import page
from store_app.components.presses import press_form
from store_app.components.product import picture, price
from store_app.components.product_card import grid_skeleton
from store_app.states.cart import CartState
from store_app.states.session import SessionState
from store_app.states.wishes import WishState
from store_app.view_models.wishes import WishView

LOADS = (WishState.load,)


def wishlist() -> rx.Component:
    return page(
        rx.el.div(
            rx.el.h1("Your wish list"),
            rx.cond(
                WishState.ready & (rx.State.is_hydrated | (count_of(WishState.listed) > 0)),
                _shown(),
                _waiting(),
            ),
            class_name="wrap wrap-tall",
        )
    )


def _shown() -> rx.Component:
    return rx.cond(
        count_of(WishState.listed) > 0,
        rx.fragment(
            rx.cond(
                SessionState.signed_in,
                rx.fragment(),
                rx.el.p(
                    "This list is kept in this browser. ",
                    text_link("Sign in", href=sign_in_href(), reload=True),
                    " to have it on your other devices too.",
                    class_name="mt-3 text-muted",
                ),
            ),
            rx.el.ul(
                rx.foreach(WishState.listed, _wish), class_name="grid-listing mt-8", data_testid="wish-list"
            ),
        ),
        _empty(),
    )


def _wish(wish: rx.Var[WishView]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(
                wish.image_url, picture(wish.image_url, wish.image_alt), rx.el.span(class_name="picture")
            ),
            class_name="card-picture",
        ),
        icon_button(
            "close",
            f"Take {wish.title} off your wish list",
            on_click=WishState.drop(wish.id),
            class_name="card-heart",
            data_testid="drop-wish",
        ),
        rx.el.h2(
            rx.el.a(wish.title, href=wish.href, class_name="card-link", data_testid="product-link"),
            class_name="card-title",
        ),
        rx.cond(wish.options, rx.el.p(wish.options, class_name="text-sm text-muted")),
        rx.el.div(
            price(wish.price, wish.before, class_name="text-[0.9375rem]"),
            rx.el.p(
                rx.el.span(class_name=f"stock-dot stock-{wish.stock_tone}", aria_hidden=True),
                wish.stock,
                class_name="flex items-center gap-2 text-sm text-muted",
            ),
            class_name="mt-1 mb-3 grid gap-1",
        ),
        press_form(
            rx.el.input(type="hidden", name="sku", value=wish.sku),
            button(
                rx.cond(wish.buyable, "Add to cart", "Sold out"),
                rx.el.span(": ", wish.title, class_name="sr-only"),
                type="submit",
                disabled=~wish.buyable,
                class_name="w-full",
                data_testid="wish-to-cart",
            ),
            on_submit=CartState.add_from_form,
            class_name="card-action",
        ),
        key=wish.id,
        class_name="card",
        data_testid="wish",
    )


def _empty() -> rx.Component:
    return empty_state(
        "Nothing wished for yet",
        rx.cond(
            SessionState.signed_in,
            "Press the heart on anything you like, and it waits here until you want it.",
            "Press the heart on anything you like, and it waits here. "
            "Signed in, you find it on your other devices too.",
        ),
        link_button("See what’s new", href="/search?sort=newest", variant="primary"),
        rx.cond(~SessionState.signed_in, link_button("Sign in", href=sign_in_href(), reload=True)),
        data_testid="wish-list-empty",
    )


def _waiting() -> rx.Component:
    return loading(grid_skeleton(4, "grid-listing"), label="Loading your wish list", class_name="mt-8")
