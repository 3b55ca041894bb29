"""What there is to know about an order."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.states.guard import StaffState
from store_app.admin.states.order import StaffOrderState
from store_app.admin.view_models.order import Amount, TimelineRow
from store_app.components.controls import text_link
from store_app.components.product import picture
from store_app.components.promotions import line_savings
from store_app.components.table import Column, cell, table
from store_app.view_models.order import OrderLineView


def order_lines() -> rx.Component:
    order = StaffOrderState.order
    columns = [
        Column("Item"),
        Column("SKU"),
        Column("Price", True),
        Column("Quantity", True),
        Column("Total", True),
    ]
    return rx.el.section(
        rx.el.h2("Items", class_name="sr-only"),
        table("Items of the order", columns, rx.foreach(order.lines, _line), data_testid="order-lines"),
        rx.el.dl(
            rx.foreach(order.amounts, _amount),
            rx.el.div(
                rx.el.dt("Total"),
                rx.el.dd(order.total, class_name="price", data_testid="order-total"),
                class_name="flex justify-between gap-6 border-t pt-2 font-semibold",
            ),
            rx.foreach(order.included, _amount),
            class_name="ml-auto mt-4 grid w-full max-w-xs gap-1.5 pr-3 text-sm",
        ),
    )


def _line(line: rx.Var[OrderLineView]) -> rx.Component:
    return rx.el.tr(
        cell(
            rx.el.div(
                rx.cond(
                    line.image_url,
                    picture(line.image_url, "", class_name="h-12 w-auto"),
                    rx.el.span(class_name="h-12 w-10 bg-sunken"),
                ),
                rx.el.span(
                    rx.el.a(line.title, href=line.href, class_name="hover:underline underline-offset-4"),
                    rx.el.span(line.options, class_name="block text-xs text-muted"),
                    rx.cond(line.wait, rx.el.span(line.wait, class_name="block text-xs text-honey")),
                    line_savings(line.savings),
                ),
                class_name="flex min-w-[13rem] items-center gap-3",
            )
        ),
        cell(line.sku, class_name="whitespace-nowrap text-muted"),
        cell(line.unit_price, number=True),
        cell(line.quantity, number=True),
        cell(line.total, number=True),
        key=line.sku,
    )


def _amount(row: rx.Var[Amount]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(row.label, class_name="text-muted"),
        rx.el.dd(row.amount, class_name="price"),
        key=row.label,
        class_name="flex justify-between gap-6",
    )


def customer_panel() -> rx.Component:
    order = StaffOrderState.order
    return _panel(
        "Customer",
        rx.cond(
            order.email,
            rx.el.p(
                rx.el.a(order.email, href=f"mailto:{order.email}", class_name="link break-all"),
                data_testid="order-email",
            ),
        ),
        rx.cond(
            (order.customer_href != "") & StaffState.sees_customers,
            rx.el.p(
                text_link(order.account, href=order.customer_href, data_testid="order-customer"),
                class_name="text-muted",
            ),
            rx.el.p(order.account, class_name="text-muted"),
        ),
        rx.el.address(
            rx.foreach(order.address, lambda line: rx.el.span(line, class_name="block")),
            class_name="mt-2 not-italic",
        ),
        rx.cond(order.phone, rx.el.p(order.phone)),
    )


def delivery_panel() -> rx.Component:
    order = StaffOrderState.order
    return _panel(
        "Delivery",
        rx.el.p(order.delivery),
        rx.cond(
            order.estimate,
            rx.el.p("Expected ", order.estimate, class_name="text-muted", data_testid="delivery-days"),
        ),
        rx.cond(
            order.tracking,
            rx.el.p("Tracking ", rx.el.span(order.tracking, class_name="select-all"), data_testid="tracking"),
        ),
    )


def payment_panel() -> rx.Component:
    order = StaffOrderState.order
    return _panel(
        "Payment",
        rx.el.p(order.payment, data_testid="payment-status"),
        rx.cond(order.card, rx.el.p(order.card)),
        rx.cond(order.attempts, rx.el.p(order.attempts, class_name="text-muted")),
        rx.foreach(order.refunds, lambda text: rx.el.p(text, data_testid="refund")),
        rx.cond(order.intent, rx.el.p(order.intent, class_name="break-all text-xs text-muted select-all")),
    )


def _panel(title: str, *content: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, class_name="staff-heading mb-2"),
        rx.el.div(*content, class_name="grid gap-0.5 text-sm"),
        class_name="border-t pt-4",
    )


def timeline() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Timeline", class_name="staff-heading mb-3"),
        rx.el.ol(rx.foreach(StaffOrderState.order.timeline, _event), class_name="timeline"),
        class_name="mt-10",
        data_testid="timeline",
    )


def _event(row: rx.Var[TimelineRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(row.label, class_name="font-semibold"),
        rx.el.span(row.detail, class_name="min-w-0 break-words text-muted"),
        rx.el.span(row.when, class_name="ml-auto whitespace-nowrap text-muted tabular-nums"),
        class_name="flex flex-wrap gap-x-3 text-sm",
    )
