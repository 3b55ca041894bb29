"""Promotions for a shopper: what they take off, why one doesn't apply, and the field for a code."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.controls import button, icon_button
from store_app.components.icons import icon
from store_app.states.coupons import CouponState
from store_app.view_models.promotions import LostRow, PromotionsView, SavingRow


def goods_savings(shown: rx.Var[PromotionsView], removed: Any = None) -> rx.Component:
    """Rows of a list of amounts. With `removed`, the events that follow, codes can be taken off."""
    return rx.foreach(shown.goods, lambda row: _saving(row, removed))


def delivery_savings(shown: rx.Var[PromotionsView], removed: Any = None) -> rx.Component:
    """Rows below that of the delivery, whose price has them in it."""
    return rx.foreach(shown.delivery, lambda row: _saving(row, removed))


def line_savings(rows: rx.Var[tuple[SavingRow, ...]]) -> rx.Component:
    """What a line of goods gets off."""
    return rx.foreach(
        rows,
        lambda row: rx.el.p(
            row.name,
            " ",
            rx.el.span(row.amount, class_name="price"),
            key=row.name + row.code,
            class_name="text-sm text-moss",
            data_testid="line-saving",
        ),
    )


def savings_of(sku: rx.Var[str], shown: rx.Var[PromotionsView]) -> rx.Component:
    """What the line of a SKU gets off, where the delivery decides with it what applies."""
    return rx.foreach(
        shown.lines,
        lambda row: rx.cond(
            row.sku == sku,
            rx.el.p(
                row.name,
                " ",
                rx.el.span(row.amount, class_name="price"),
                class_name="text-sm text-moss",
                data_testid="line-saving",
            ),
        ),
    )


def lost_promotions(shown: rx.Var[PromotionsView], removed: Any) -> rx.Component:
    """Codes and offers that don't apply, each with the reason."""
    return rx.cond(
        shown.lost.length() > 0,
        rx.el.ul(
            rx.foreach(shown.lost, lambda row: _lost(row, removed)),
            class_name="grid gap-2",
            aria_label="Offers that don’t apply",
            data_testid="lost-promotions",
        ),
    )


def near_offer(shown: rx.Var[PromotionsView]) -> rx.Component:
    """The one offer that is nearly reached."""
    return rx.cond(
        shown.hint,
        rx.el.p(
            icon("ticket"),
            rx.el.span(shown.hint),
            class_name="flex items-center gap-2 text-sm",
            data_testid="near-offer",
        ),
    )


def code_form(place: str, *then: Any) -> rx.Component:
    """The field for a code; `then` are events that follow. `place` keeps the ids of several on a page apart."""
    identifier, error = f"{place}-code", CouponState.error
    return rx.el.form(
        rx.el.label("Promotion code", html_for=identifier, class_name="label"),
        rx.el.div(
            rx.el.input(
                id=identifier,
                name="code",
                auto_complete="off",
                auto_capitalize="characters",
                spell_check=False,
                max_length=64,
                required=True,
                enter_key_hint="done",
                aria_invalid=rx.cond(error, "true", "false"),
                aria_describedby=rx.cond(error, f"{identifier}-error", ""),
                class_name="input",
                data_testid="code-field",
            ),
            rx.el.input(type="hidden", name="place", value=place, read_only=True),
            button("Apply", type="submit", data_testid="apply-code"),
            class_name="flex gap-2 [&>.input]:min-w-0 [&>.input]:uppercase",
        ),
        rx.cond(
            error,
            rx.el.p(
                icon("alert", class_name="size-4 mt-0.5"),
                rx.el.span(error),
                id=f"{identifier}-error",
                role="alert",
                class_name="field-error",
                data_testid="code-error",
            ),
        ),
        key=CouponState.entered.to(str),
        on_submit=[CouponState.enter, *then],
        class_name="grid gap-1.5",
    )


def _saving(row: rx.Var[SavingRow], removed: Any) -> rx.Component:
    remove = _remove(row.code, removed) if removed is not None else rx.fragment()
    return rx.el.div(
        rx.el.dt(row.name, remove, class_name="min-w-0 [overflow-wrap:anywhere]"),
        rx.el.dd(row.amount, class_name="price whitespace-nowrap"),
        key=row.name + row.code,
        class_name="flex items-center justify-between gap-4 text-moss",
        data_testid="saving",
    )


def _lost(row: rx.Var[LostRow], removed: Any) -> rx.Component:
    return rx.el.li(
        icon("info", class_name="size-4 mt-0.5"),
        rx.el.span(
            rx.el.span(rx.cond(row.code, row.code, row.name), class_name="font-medium text-ink"),
            " – ",
            row.reason,
            class_name="min-w-0 flex-1",
        ),
        _remove(row.code, removed, "-mr-3.5"),
        key=row.name + row.code,
        class_name="flex items-start gap-2 text-sm text-muted",
    )


def _remove(code: rx.Var[str], removed: Any, class_name: str = "") -> rx.Component:
    return rx.cond(
        code,
        icon_button(
            "close",
            f"Take off {code}",
            on_click=[CouponState.remove(code), *removed],
            class_name=f"-my-3 align-middle [&>.icon]:size-4 {class_name}",
            data_testid="remove-code",
        ),
    )
