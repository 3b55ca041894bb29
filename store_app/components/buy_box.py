"""What a product costs, whether it is there, and putting it into the cart."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.controls import button
from store_app.components.icons import icon
from store_app.components.option_picker import option_picker
from store_app.components.presses import press_form
from store_app.components.product import price
from store_app.components.pulse import pulsing
from store_app.components.quantity import quantity_stepper
from store_app.components.wish_heart import wish_heart
from store_app.states.cart import CartState
from store_app.states.product import ProductState

FORM = "buy"


def buy_box() -> rx.Component:
    choice = ProductState.choice
    return rx.el.div(
        rx.el.div(
            pulsing(
                price(choice.price, choice.before, class_name="text-2xl", data_testid="product-price"),
                choice.pulse,
            ),
            rx.cond(choice.saving, rx.el.p(choice.saving, class_name="text-sm font-medium text-brick")),
            rx.el.p(CartState.cart.tax_words, class_name="text-sm text-muted"),
            class_name="grid gap-1",
        ),
        option_picker(),
        press_form(
            rx.el.input(type="hidden", name="sku", value=choice.sku),
            _stock_line(),
            rx.el.div(
                quantity_stepper(
                    "buy-quantity",
                    value=1,
                    most=ProductState.supply.most,
                    label="Quantity",
                    revision=choice.sku,
                ),
                _add_button("flex-1"),
                wish_heart(
                    ProductState.product.id,
                    ProductState.product.slug,
                    choice.sku,
                    ProductState.product.title,
                    class_name="buy-heart",
                ),
                class_name="mt-4 flex items-stretch gap-3 [&_.stepper]:h-auto",
            ),
            id=FORM,
            on_submit=CartState.add_from_form,
        ),
        _delivery_note(),
        _sticky_bar(),
        class_name="grid grid-cols-1 gap-7",
    )


def _add_button(class_name: str, **props: Any) -> rx.Component:
    buyable = ProductState.supply.buyable
    return button(
        rx.cond(buyable, "Add to cart", "Sold out"),
        variant="primary",
        type="submit",
        disabled=~buyable,
        class_name=f"min-h-13 {class_name}",
        **{"data_testid": "add-to-cart", **props},
    )


def _stock_line() -> rx.Component:
    supply = ProductState.supply
    return rx.el.p(
        rx.el.span(class_name=f"stock-dot stock-{supply.tone}", aria_hidden=True),
        pulsing(supply.text, supply.pulse),
        role="status",
        class_name="flex items-center gap-2 text-sm",
        data_testid="stock-status",
    )


def _delivery_note() -> rx.Component:
    return rx.el.ul(
        rx.el.li(
            icon("truck"),
            rx.cond(
                CartState.cart.free_delivery,
                f"Free {CartState.cart.free_delivery} from {CartState.cart.free_from}",
                "Delivery days and prices at checkout",
            ),
        ),
        rx.el.li(icon("return"), "Send it back within 30 days if it isn’t right"),
        class_name="delivery-note",
    )


def _sticky_bar() -> rx.Component:
    """On a phone the button stays within reach of the thumb."""
    choice = ProductState.choice
    return rx.el.div(
        rx.el.div(
            rx.el.p(ProductState.product.title, class_name="truncate text-sm font-medium"),
            rx.el.p(
                rx.el.span(choice.price, class_name="price"),
                rx.cond(choice.label, rx.el.span(" · ", choice.label)),
                class_name="truncate text-sm text-muted",
            ),
            class_name="min-w-0 flex-1",
        ),
        _add_button("flex-none", form=FORM, data_testid="add-to-cart-bar"),
        class_name="buy-bar",
    )
