"""The cart page."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.cart_lines import cart_lines, delivery_hint, price_notice
from store_app.components.controls import link_button, text_link
from store_app.components.feedback import empty_state, loading, skeleton
from store_app.components.page import page
from store_app.components.promotions import (
    code_form,
    delivery_savings,
    goods_savings,
    lost_promotions,
    near_offer,
)
from store_app.components.pulse import pulsing
from store_app.components.saved_items import saved_items
from store_app.states.cart import CartState


def cart() -> rx.Component:
    return page(
        rx.el.div(
            rx.el.h1("Your cart", class_name="mb-8"),
            rx.cond(
                CartState.loaded,
                rx.el.div(
                    rx.cond(CartState.cart.count > 0, _content(), _empty()),
                    saved_items(),
                    class_name=rx.cond(CartState.cart.count > 0, "cart-layout", ""),
                ),
                loading(
                    rx.el.div(skeleton("h-40"), skeleton("mt-5 h-40")),
                    skeleton("h-80"),
                    label="Loading your cart",
                    class_name="cart-layout",
                ),
            ),
            class_name="wrap wrap-tall",
        )
    )


def _content() -> rx.Component:
    return rx.fragment(
        rx.el.div(price_notice(), cart_lines("page"), class_name="min-w-0"),
        rx.el.aside(_summary(), aria_label="Summary", class_name="cart-summary"),
    )


def _summary() -> rx.Component:
    shown = CartState.cart
    return rx.el.div(
        rx.el.h2("Summary", class_name="text-xl"),
        rx.cond(shown.promotions.delivery.length() == 0, delivery_hint()),
        near_offer(shown.promotions),
        code_form("cart"),
        lost_promotions(shown.promotions, ()),
        rx.el.dl(
            _amount("Subtotal", pulsing(shown.subtotal, shown.pulse), data_testid="cart-subtotal"),
            goods_savings(shown.promotions, ()),
            delivery_savings(shown.promotions, ()),
            rx.cond(
                shown.promotions.goods.length() > 0,
                _amount("Total", shown.total, class_name="totals-sum", data_testid="cart-total"),
            ),
            rx.cond(
                shown.tax_note,
                rx.el.div(
                    rx.el.dt("Taxes", class_name="sr-only"),
                    rx.el.dd(shown.tax_note, class_name="price", data_testid="cart-tax"),
                    class_name="justify-end text-sm text-muted",
                ),
            ),
            class_name="totals",
        ),
        rx.cond(
            shown.purchasable,
            link_button(
                "Checkout",
                href="/checkout",
                variant="primary",
                class_name="button-wide",
                data_testid="checkout-link",
            ),
            rx.el.div(
                link_button(
                    "Checkout",
                    variant="primary",
                    class_name="button-wide",
                    href="/cart",
                    aria_disabled="true",
                ),
                rx.el.p(
                    "Please settle the marked items first.",
                    role="status",
                    class_name="text-center text-sm text-brick",
                ),
                class_name="grid gap-2",
            ),
        ),
        rx.el.p(
            "Delivery is added at checkout. ",
            text_link("Go on shopping", href="/search"),
            class_name="text-center text-sm text-muted",
        ),
        class_name="grid gap-5",
    )


def _amount(label: str, value: Any, class_name: str = "", data_testid: str = "") -> rx.Component:
    return rx.el.div(
        rx.el.dt(label),
        rx.el.dd(value, class_name="price", data_testid=data_testid),
        class_name=class_name,
    )


def _empty() -> rx.Component:
    return empty_state(
        "Nothing here yet",
        "What you add waits here, also when you come back another day. "
        "Signed in, you find it on your other devices too.",
        link_button("See what’s new", href="/search?sort=newest", variant="primary"),
        link_button("Browse everything", href="/search"),
        data_testid="cart-empty",
    )
