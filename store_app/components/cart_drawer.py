"""The cart beside the page: opens when something was added."""

from __future__ import annotations

import reflex as rx

from store_app.components.cart_lines import cart_lines, delivery_hint, price_notice
from store_app.components.controls import button, link_button
from store_app.components.feedback import empty_state
from store_app.components.header import CART_DRAWER
from store_app.components.overlays import OpenOnChange, close_dialog, drawer
from store_app.components.promotions import goods_savings
from store_app.components.saved_items import saved_hint
from store_app.states.cart import CartState

SUM = "flex items-baseline justify-between text-lg font-semibold"
"""What the row is that says what the goods come to."""


def cart_drawer() -> rx.Component:
    cart = CartState.cart
    return rx.fragment(
        drawer(
            CART_DRAWER,
            rx.fragment(
                "Your cart",
                rx.cond(cart.count > 0, rx.el.span(" (", cart.count, ")", class_name="text-muted")),
            ),
            rx.cond(
                cart.count > 0,
                rx.fragment(
                    delivery_hint(), rx.el.div(class_name="h-5"), price_notice(), cart_lines("drawer")
                ),
                empty_state(
                    "Nothing here yet",
                    "What you add waits here, also when you come back another day.",
                    button("Go on looking", variant="primary", on_click=close_dialog(CART_DRAWER)),
                    level=3,
                    data_testid="cart-empty",
                ),
            ),
            saved_hint(),
            foot=rx.cond(cart.count > 0, _foot(), rx.fragment()),
            data_testid="cart-drawer",
        ),
        OpenOnChange.create(dialog_id=CART_DRAWER, count=CartState.opened),
    )


def _foot() -> rx.Component:
    cart = CartState.cart
    return rx.el.div(
        rx.el.div(
            rx.el.span("Subtotal"),
            rx.el.span(cart.subtotal, class_name="price", data_testid="drawer-subtotal"),
            class_name=rx.cond(cart.promotions.goods.length() > 0, "flex justify-between", SUM),
        ),
        rx.cond(
            cart.promotions.goods.length() > 0,
            rx.el.dl(
                goods_savings(cart.promotions),
                rx.el.div(
                    rx.el.dt("Total"),
                    rx.el.dd(cart.total, class_name="price", data_testid="drawer-total"),
                    class_name=SUM,
                ),
                class_name="grid gap-1",
            ),
        ),
        rx.el.p(
            CartState.cart.tax_words, ". Delivery is added at checkout.", class_name="text-sm text-muted"
        ),
        rx.cond(
            cart.purchasable,
            rx.el.div(
                link_button("View cart", href="/cart"),
                link_button("Checkout", href="/checkout", variant="primary", data_testid="drawer-checkout"),
                class_name="mt-3 grid grid-cols-2 gap-3",
            ),
            rx.el.div(
                link_button("Look over your cart", href="/cart", variant="primary", class_name="w-full"),
                class_name="mt-3",
            ),
        ),
        class_name="grid gap-1",
    )
