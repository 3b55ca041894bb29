"""Counting, carrying over, and what may be made to order."""

from __future__ import annotations

from typing import Any

import reflex as rx

from models.stock import StockReason
from store_app.admin.states.stock_article import BACKORDER, COUNT, MOVE
from store_app.admin.states.stock_article import StaffStockArticleState as Article
from store_app.components.controls import button
from store_app.components.feedback import notice
from store_app.components.fields import field, select_field

REASONS = (
    (StockReason.COUNTED, "Counted: so many are there"),
    (StockReason.RECEIVED, "Received: so many more"),
    (StockReason.RETURNED, "Came back: so many more"),
    (StockReason.DAMAGED, "Damaged or lost: so many fewer"),
)
WHOLE = {"input_mode": "numeric", "auto_complete": "off", "max_length": 8, "class_name": "tabular-nums"}


def count_form() -> rx.Component:
    owing = Article.article.owing
    return _panel(
        COUNT,
        "Count or adjust",
        "Write it down",
        Article.count,
        rx.cond(owing, notice(owing, tone="warning", data_testid="owing")),
        _location("Location", COUNT, "location"),
        select_field(
            "What happened",
            "reason",
            *(rx.el.option(label, value=reason.value) for reason, label in REASONS),
            id=f"{COUNT}-reason",
        ),
        _units(COUNT, "Units"),
    )


def move_form() -> rx.Component:
    shelves = Article.article.shelves
    return _panel(
        MOVE,
        "Carry over",
        "Carry over",
        Article.move,
        _location("From", MOVE, "source"),
        _location("To", MOVE, "target", default_value=shelves[1].code),
        _units(MOVE, "Units"),
    )


def backorder_form() -> rx.Component:
    view = Article.article
    return _panel(
        BACKORDER,
        "Made to order",
        "Save",
        Article.allow_backorder,
        field(
            "Units that may be sold before they are made",
            "limit",
            id=f"{BACKORDER}-limit",
            hint="0: only what is there is sold.",
            error=Article.errors[f"{BACKORDER}-limit"],
            default_value=view.limit,
            **WHOLE,
        ),
        field(
            "Days until they can be shipped",
            "days",
            id=f"{BACKORDER}-days",
            hint="Shoppers read it before they buy.",
            error=Article.errors[f"{BACKORDER}-days"],
            default_value=view.days,
            **WHOLE,
        ),
    )


def _panel(name: str, title: str, action: str, handler: Any, *fields: rx.Component) -> rx.Component:
    """A form that starts afresh when something was saved, and keeps what was typed when it was refused."""
    wrong = Article.errors[f"{name}-form"]
    return rx.el.section(
        rx.el.h2(title, id=f"{name}-title", class_name="staff-heading mb-4"),
        rx.cond(wrong, notice(wrong, tone="error", role="alert", class_name="mb-4")),
        rx.el.form(
            *fields,
            rx.el.div(
                button(
                    action,
                    type="submit",
                    variant="primary" if name == COUNT else "secondary",
                    data_testid=f"save-{name}",
                ),
                class_name="flex justify-end",
            ),
            key=f"{name}-{Article.saved[name]}",
            on_submit=handler.throttle(400),
            class_name="grid gap-4",
            custom_attrs={"noValidate": True},
            data_testid=f"{name}-form",
        ),
        aria_labelledby=f"{name}-title",
        class_name="staff-panel",
    )


def _units(name: str, label: str) -> rx.Component:
    return field(label, "units", id=f"{name}-units", error=Article.errors[f"{name}-units"], **WHOLE)


def _location(label: str, name: str, of: str, **props: Any) -> rx.Component:
    return select_field(
        label,
        of,
        rx.foreach(
            Article.article.shelves, lambda shelf: rx.el.option(shelf.name, value=shelf.code, key=shelf.code)
        ),
        id=f"{name}-{of}",
        error=Article.errors[f"{name}-{of}"],
        **props,
    )
