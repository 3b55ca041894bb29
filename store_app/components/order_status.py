"""Where an order stands: its way in three steps, and all that happened to it."""

from __future__ import annotations

import reflex as rx

from store_app.components.counting import count_of
from store_app.components.icons import icon
from store_app.states.order import OrderState
from store_app.view_models.order_history import Milestone, TimelineEntry


def order_progress() -> rx.Component:
    """Paid, on its way, delivered; nothing for a cancelled order."""
    milestones = OrderState.order.milestones
    return rx.cond(
        count_of(milestones) > 0,
        rx.el.ol(
            rx.foreach(milestones, _milestone),
            aria_label="Progress of this order",
            class_name="milestones",
            data_testid="order-progress",
        ),
    )


def order_timeline() -> rx.Component:
    return rx.el.section(
        rx.el.h2("What happened", class_name="text-xl"),
        rx.el.ol(rx.foreach(OrderState.order.timeline, _entry), class_name="timeline"),
        data_testid="order-timeline",
    )


def _milestone(step: rx.Var[Milestone]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.cond(step.state == "done", icon("check", class_name="size-4")),
            class_name="milestone-mark",
            aria_hidden=True,
        ),
        rx.el.span(
            step.label,
            rx.match(
                step.state,
                ("done", rx.el.span(", done", class_name="sr-only")),
                rx.el.span(", still to come", class_name="sr-only"),
            ),
            class_name="font-medium",
        ),
        rx.el.span(step.when, class_name="text-sm text-muted"),
        aria_current=rx.cond(step.state == "next", "step", "false"),
        class_name=f"milestone milestone-{step.state}",
        key=step.label,
    )


def _entry(entry: rx.Var[TimelineEntry]) -> rx.Component:
    return rx.el.li(
        rx.el.span(entry.text, class_name="font-medium"),
        rx.el.span(entry.when, class_name="text-sm text-muted tabular-nums"),
        rx.cond(entry.detail, rx.el.span(entry.detail, class_name="text-sm text-muted timeline-detail")),
        class_name="timeline-entry",
    )
