"""What is bought and what it costs: beside the form, folded above it on a phone, and once more before paying."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.icons import icon
from store_app.components.product import picture
from store_app.components.promotions import (
    code_form,
    delivery_savings,
    goods_savings,
    lost_promotions,
    savings_of,
)
from store_app.components.pulse import pulsing
from store_app.states.cart import CartState
from store_app.states.checkout import CheckoutState
from store_app.view_models.cart import CartLineView
from store_app.view_models.checkout import TaxRow, TotalsView

REPRICED = (CheckoutState.reprice,)
"""What follows when the codes have changed."""


def summary_aside() -> rx.Component:
    """Stays in view beside the form."""
    return rx.el.aside(
        rx.el.h2("Your order", class_name="text-xl"),
        summary_lines(),
        *_codes("aside"),
        totals_list(CheckoutState.totals, REPRICED, pulse=CartState.cart.pulse),
        aria_label="Your order",
        class_name="checkout-aside",
        data_testid="order-summary",
    )


def summary_fold() -> rx.Component:
    """One line on a phone, which opens."""
    return rx.el.details(
        rx.el.summary(
            rx.el.span("Your order", class_name="flex-1"),
            rx.el.span(CheckoutState.totals.total, class_name="price font-medium"),
            icon("chevron-down", class_name="fold-mark"),
            class_name="fold-head",
        ),
        rx.el.div(
            summary_lines(),
            *_codes("fold"),
            totals_list(CheckoutState.totals, REPRICED),
            class_name="grid gap-4 pb-5",
        ),
        class_name="checkout-fold",
        data_testid="order-summary-fold",
    )


def _codes(place: str) -> tuple[rx.Component, ...]:
    return code_form(place, *REPRICED), lost_promotions(CheckoutState.totals.promotions, REPRICED)


def summary_lines() -> rx.Component:
    return rx.el.ul(rx.foreach(CartState.cart.lines, _line), class_name="summary-lines")


def totals_list(totals: rx.Var[TotalsView], removed: Any = None, *, pulse: Any = 0) -> rx.Component:
    """Subtotal to total, for a checkout or an order; nothing while there is no total.

    With `removed`, the events that follow, codes can be taken off.
    """
    amounts = rx.el.dl(
        _row("Subtotal", totals.subtotal),
        goods_savings(totals.promotions, removed),
        _row("Delivery", totals.delivery),
        delivery_savings(totals.promotions, removed),
        rx.foreach(totals.added_taxes, _added_tax),
        rx.el.div(
            rx.el.dt("Total"),
            rx.el.dd(pulsing(totals.total, pulse), class_name="price", data_testid="total"),
            class_name="totals-sum",
        ),
        rx.foreach(totals.taxes, _included_tax),
        class_name="totals",
    )
    return rx.cond(totals.total, amounts)


def _added_tax(tax: rx.Var[TaxRow]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(tax.label), rx.el.dd(tax.amount, class_name="price"), key=tax.label, data_testid="tax-line"
    )


def _included_tax(tax: rx.Var[TaxRow]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(tax.label, " included"),
        rx.el.dd(tax.amount, class_name="price"),
        key=tax.label,
        class_name="text-sm text-muted",
        data_testid="tax-line",
    )


def _row(label: str, value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(label), rx.el.dd(value, class_name="price"))


def _line(line: rx.Var[CartLineView]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(line.image_url, picture(line.image_url, ""), rx.el.span(class_name="picture")),
            class_name="summary-picture",
        ),
        rx.el.div(
            rx.el.p(
                rx.cond(line.quantity > 1, rx.el.span(line.quantity, " × ", class_name="tabular-nums")),
                line.title,
                class_name="leading-snug",
            ),
            rx.el.p(line.options, class_name="text-sm text-muted"),
            savings_of(line.sku, CheckoutState.totals.promotions),
            rx.cond(
                line.problem,
                rx.el.p(
                    line.problem_text,
                    class_name=rx.cond(
                        line.problem == "price_changed", "text-sm text-honey", "text-sm text-brick"
                    ),
                    data_testid="line-problem",
                ),
            ),
            rx.cond(line.price_text, rx.el.p(line.price_text, class_name="text-sm text-muted")),
            class_name="min-w-0 flex-1",
        ),
        rx.el.p(pulsing(line.total, line.pulse), class_name="price"),
        key=line.sku,
        class_name="summary-line",
        data_testid="summary-line",
    )
