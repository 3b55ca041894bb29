"""The lines of a cart, as the drawer and the cart page show them."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import button, icon_button
from store_app.components.icons import icon
from store_app.components.product import picture
from store_app.components.promotions import line_savings
from store_app.components.pulse import pulsing
from store_app.components.quantity import quantity_stepper
from store_app.components.saved_items import save_button
from store_app.states.cart import CartState
from store_app.view_models.cart import CartLineView


def cart_lines(place: str) -> rx.Component:
    """`place` keeps the ids of the drawer and the page apart."""
    return rx.el.ul(
        rx.foreach(CartState.cart.lines, lambda line: _line(line, place)),
        class_name="cart-lines",
        aria_label="Items in your cart",
    )


def delivery_hint() -> rx.Component:
    """How far it is to free delivery."""
    cart = CartState.cart
    shown = rx.el.div(
        rx.el.p(
            icon("truck"),
            rx.cond(
                cart.to_free_delivery,
                rx.el.span(
                    rx.el.strong(cart.to_free_delivery, class_name="price"), f" to free {cart.free_delivery}"
                ),
                rx.el.span(f"{cart.free_delivery} is free."),
            ),
            class_name="flex items-center gap-2 text-sm",
        ),
        rx.el.div(
            rx.el.div(class_name="delivery-progress", style={"transform": f"scaleX({cart.progress / 100})"}),
            class_name="delivery-track",
            aria_hidden=True,
        ),
        data_testid="delivery-hint",
    )
    return rx.cond(cart.free_delivery, shown)


def price_notice() -> rx.Component:
    """Today's prices differ from those the shopper saw: nothing is bought before they agree."""
    return rx.cond(
        CartState.cart.prices_changed,
        rx.el.div(
            rx.el.p(
                rx.cond(
                    CartState.cart.prices_rose,
                    "Some prices have changed since you added these.",
                    "Good news: some prices have fallen since you added these.",
                ),
                class_name="flex-1",
            ),
            button(
                rx.cond(CartState.cart.prices_rose, "Accept new prices", "Got it"),
                class_name="button-small",
                on_click=CartState.accept_prices,
            ),
            role="status",
            class_name=rx.cond(
                CartState.cart.prices_rose,
                "notice tone-warning mb-4 flex-wrap items-center",
                "notice tone-success mb-4 flex-wrap items-center",
            ),
            data_testid="price-notice",
        ),
    )


def _line(line: rx.Var[CartLineView], place: str) -> rx.Component:
    gone = (line.problem == "unavailable") | (line.problem == "out_of_stock")
    left_out = gone | (line.problem == "short")
    return rx.el.li(
        rx.el.a(
            rx.cond(line.image_url, picture(line.image_url, ""), rx.el.span(class_name="picture")),
            href=line.href,
            tab_index=-1,
            aria_hidden=True,
            class_name="cart-line-picture",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.div(
                    rx.cond(
                        line.href,
                        rx.el.a(line.title, href=line.href, class_name="font-medium hover:underline"),
                        rx.el.span(line.title, class_name="font-medium"),
                    ),
                    rx.el.p(line.options, class_name="text-sm text-muted"),
                    rx.cond(
                        (line.quantity > 1) & (line.problem == ""),
                        rx.el.p(line.unit_price, " each", class_name="price text-sm text-muted"),
                    ),
                    rx.cond(
                        line.wait,
                        rx.el.p(line.wait, class_name="text-sm text-honey", data_testid="line-wait"),
                    ),
                    class_name="min-w-0 flex-1",
                ),
                rx.el.p(
                    pulsing(line.total, line.pulse),
                    class_name=rx.cond(left_out, "price font-medium text-muted", "price font-medium"),
                    data_testid="line-total",
                ),
                class_name="flex gap-4",
            ),
            line_savings(line.savings),
            _problem(line),
            rx.cond(
                line.price_text,
                rx.el.p(line.price_text, class_name="mt-1 text-sm text-muted", data_testid="line-price-note"),
            ),
            rx.el.div(
                rx.cond(
                    gone,
                    rx.el.span(),
                    quantity_stepper(
                        f"{place}-{line.sku}",
                        value=line.quantity,
                        most=line.most,
                        label=f"Quantity of {line.title}",
                        revision=CartState.revision,
                        on_settled=lambda value: CartState.set_quantity(line.sku, value),
                    ),
                ),
                rx.el.div(
                    save_button(line.sku, line.title),
                    icon_button(
                        "trash",
                        f"Remove {line.title}",
                        on_click=CartState.remove_item(line.sku),
                        class_name="-mr-3 text-muted hover:text-ink",
                        data_testid="remove-line",
                    ),
                    class_name="ml-auto flex items-center",
                ),
                class_name="mt-auto flex flex-wrap items-center justify-between pt-2",
            ),
            class_name="flex min-w-0 flex-1 flex-col",
        ),
        key=line.sku,
        class_name="cart-line",
        data_testid="cart-line",
        custom_attrs={"data-sku": line.sku},
    )


def _problem(line: rx.Var[CartLineView]) -> rx.Component:
    return rx.cond(
        line.problem,
        rx.el.div(
            icon("alert", class_name="size-4 mt-0.5"),
            rx.el.span(line.problem_text, class_name="flex-1"),
            rx.cond(
                line.problem == "short",
                rx.el.button(
                    "Take ",
                    line.suggested,
                    type="button",
                    on_click=CartState.set_quantity(line.sku, line.suggested),
                    class_name="link font-medium pointer-coarse:-my-3 pointer-coarse:min-h-11 pointer-coarse:min-w-11",
                ),
            ),
            class_name=rx.cond(
                line.problem == "price_changed", "cart-problem text-honey", "cart-problem text-brick"
            ),
            data_testid="line-problem",
        ),
    )
