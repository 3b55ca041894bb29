"""What was ordered, where it goes and how it was paid."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.checkout_summary import totals_list
from store_app.components.product import picture
from store_app.components.promotions import line_savings
from store_app.states.order import OrderState
from store_app.view_models.order import OrderLineView


def order_lines() -> rx.Component:
    return rx.el.ul(
        rx.foreach(OrderState.order.lines, _line), aria_label="Articles", class_name="order-lines"
    )


def order_totals() -> rx.Component:
    return totals_list(OrderState.order.totals)


def order_facts() -> rx.Component:
    """Address, delivery, payment."""
    order = OrderState.order
    return rx.el.dl(
        _fact(
            "Delivered to",
            rx.el.address(
                rx.foreach(order.address, lambda line: rx.el.span(line, class_name="block")),
                class_name="not-italic",
            ),
        ),
        _fact(
            "Delivery",
            rx.el.span(order.delivery, class_name="block"),
            rx.cond(
                order.estimate,
                rx.el.span(
                    "Expected ", order.estimate, class_name="block text-muted", data_testid="delivery-days"
                ),
            ),
            rx.cond(
                order.tracking,
                rx.el.span(
                    "Tracking number ",
                    rx.el.span(order.tracking, class_name="tabular-nums"),
                    class_name="block",
                ),
            ),
        ),
        rx.cond(
            order.card,
            _fact(
                "Payment",
                rx.el.span(order.card, class_name="block"),
                rx.cond(order.refund, rx.el.span(order.refund, class_name="block text-muted")),
            ),
        ),
        _fact("Contact", rx.el.span(order.email, class_name="break-words")),
        class_name="order-facts",
    )


def _fact(term: str, *details: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(term), rx.el.dd(*details))


def _line(line: rx.Var[OrderLineView]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(line.image_url, picture(line.image_url, ""), rx.el.span(class_name="picture")),
            class_name="order-picture",
        ),
        rx.el.div(
            rx.el.a(line.title, href=line.href, class_name="font-medium hover:underline"),
            rx.el.p(line.options, class_name="text-sm text-muted"),
            rx.el.p(
                rx.cond(line.quantity > 1, f"{line.quantity} × {line.unit_price}", ""),
                class_name="price text-sm text-muted",
            ),
            rx.cond(line.wait, rx.el.p(line.wait, class_name="text-sm text-honey", data_testid="line-wait")),
            line_savings(line.savings),
            class_name="min-w-0 flex-1",
        ),
        rx.el.p(line.total, class_name="price font-medium"),
        key=line.sku,
        class_name="summary-line",
        data_testid="order-line",
    )
