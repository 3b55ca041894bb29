"""What would this cart get?"""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.promotions import PATH
from store_app.admin.states.simulator import SimulatorState as Simulator
from store_app.admin.view_models.simulator import (
    DESTINATIONS,
    AmountRow,
    Offered,
    SimulatedLine,
    Verdict,
)
from store_app.components.controls import button, icon_button
from store_app.components.feedback import loading, skeleton
from store_app.components.fields import field, select_field
from store_app.components.icons import icon
from store_app.components.navigation import breadcrumb
from store_app.components.promotions import line_savings
from store_app.components.quantity import quantity_stepper
from store_app.view_models.links import Link

_COLUMNS = "grid grid-cols-1 items-start gap-10 xl:grid-cols-[minmax(0,1fr)_26rem]"


def simulator() -> rx.Component:
    return staff_page(
        "promotions",
        breadcrumb([Link("Promotions", PATH)], "Try a cart"),
        page_head(
            "What would this cart get?", note="Priced as every cart is. Nothing is ordered or used up."
        ),
        rx.cond(
            Simulator.loaded,
            rx.el.div(
                rx.el.div(_goods(), _buyer(), class_name="grid min-w-0 content-start gap-10"),
                rx.el.section(
                    _totals(),
                    _verdicts(),
                    aria_label="What it gets",
                    class_name="grid content-start gap-8 xl:sticky xl:top-8",
                    data_testid="simulation",
                ),
                class_name=_COLUMNS,
            ),
            loading(
                rx.el.div(
                    rx.el.div(skeleton("h-56"), skeleton("mt-10 h-72")),
                    skeleton("h-96"),
                    class_name=_COLUMNS,
                )
            ),
        ),
    )


def _goods() -> rx.Component:
    return rx.el.section(
        rx.el.h2("In the cart", class_name="staff-heading mb-3"),
        rx.el.form(
            rx.el.label("Find goods by name or SKU", html_for="goods", class_name="label"),
            rx.el.div(
                rx.el.input(
                    id="goods",
                    name="goods",
                    type="search",
                    auto_complete="off",
                    enter_key_hint="search",
                    class_name="input",
                    data_testid="find-goods",
                ),
                button("Find", type="submit"),
                class_name="flex max-w-xl gap-2",
            ),
            on_submit=Simulator.search,
            class_name="grid gap-1.5",
            role="search",
        ),
        rx.cond(
            Simulator.searched,
            rx.cond(
                Simulator.found.length() > 0,
                rx.el.ul(
                    rx.foreach(Simulator.found, _offered),
                    aria_label="Found",
                    class_name="mt-3 flex max-h-56 flex-wrap gap-2 overflow-y-auto",
                ),
                rx.el.p(
                    f"Nothing is called “{Simulator.searched}”.",
                    role="status",
                    class_name="mt-3 text-sm text-muted",
                ),
            ),
        ),
        rx.cond(
            Simulator.lines.length() > 0,
            rx.el.ul(
                rx.foreach(Simulator.lines, _line), aria_label="Lines of the cart", class_name="mt-5 border-b"
            ),
            rx.el.p(
                "Empty. Find something above and add it.",
                class_name="mt-5 border-y py-6 text-sm text-muted",
                data_testid="simulator-empty",
            ),
        ),
    )


def _offered(offered: rx.Var[Offered]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            icon("plus"),
            offered.title,
            rx.cond(offered.options, rx.el.span(offered.options, class_name="text-muted")),
            rx.el.span(offered.price, class_name="price text-muted"),
            type="button",
            on_click=Simulator.add(offered.sku),
            class_name="chip",
            data_testid="add-goods",
        ),
        key=offered.sku,
    )


def _line(line: rx.Var[SimulatedLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(line.title, class_name="font-medium"),
            rx.el.p(line.options, class_name="text-xs text-muted"),
            line_savings(line.savings),
            rx.cond(line.note, rx.el.p(line.note, class_name="text-sm text-brick")),
            class_name="min-w-[9rem] flex-1 max-sm:basis-full",
        ),
        quantity_stepper(
            f"units-{line.sku}",
            value=line.quantity,
            most=99,
            label=f"Quantity of {line.title}",
            on_settled=lambda value: Simulator.set_quantity(line.sku, value),
        ),
        rx.el.p(line.total, class_name="price ml-auto min-w-20 text-right"),
        icon_button("trash", f"Take out {line.title}", on_click=Simulator.set_quantity(line.sku, 0)),
        key=line.sku,
        class_name="flex flex-wrap items-center gap-x-4 gap-y-1 border-t py-3",
        data_testid="simulated-line",
    )


def _buyer() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Who buys, where and when", class_name="staff-heading mb-3"),
        rx.el.form(
            field(
                "Codes",
                "codes",
                hint="Several with blanks between them.",
                default_value=Simulator.codes,
                auto_complete="off",
                spell_check=False,
                class_name="uppercase",
            ),
            rx.cond(
                Simulator.knows_customers,
                field(
                    "Customer’s e-mail",
                    "email",
                    hint="Empty: a guest nobody knows.",
                    default_value=Simulator.email,
                    auto_complete="off",
                    type="email",
                ),
            ),
            select_field(
                "Delivered to",
                "country",
                *(rx.el.option(choice.label, value=choice.key) for choice in DESTINATIONS),
                hint="By the cheapest way.",
                default_value=Simulator.country,
            ),
            field(
                "When",
                "moment",
                hint="In UTC. Empty: now.",
                error=Simulator.errors["moment"],
                default_value=Simulator.moment,
                type="datetime-local",
            ),
            button("Ask", type="submit", variant="primary", class_name="sm:col-span-2 sm:justify-self-start"),
            on_submit=Simulator.ask,
            class_name="grid gap-4 sm:grid-cols-2",
            data_testid="simulator-form",
        ),
    )


def _totals() -> rx.Component:
    outcome = Simulator.outcome
    return rx.el.div(
        rx.el.h2("It comes to", class_name="staff-heading mb-3"),
        rx.el.dl(
            rx.foreach(outcome.amounts, _amount),
            rx.el.div(
                rx.el.dt("Total"),
                rx.el.dd(outcome.total, class_name="price", data_testid="simulated-total"),
                class_name="flex justify-between gap-6 border-t pt-2 font-semibold",
            ),
            rx.foreach(outcome.included, _amount),
            class_name="grid gap-1.5 text-sm",
        ),
        rx.cond(outcome.hint, rx.el.p("Shoppers read: ", outcome.hint, class_name="mt-3 text-sm text-muted")),
        class_name="staff-panel",
        role="status",
    )


def _amount(row: rx.Var[AmountRow]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(row.label, class_name="text-muted"),
        rx.el.dd(row.amount, class_name="price"),
        key=row.label,
        class_name="flex justify-between gap-6",
    )


def _verdicts() -> rx.Component:
    outcome = Simulator.outcome
    return rx.fragment(
        _list("Applied", outcome.applied, "No promotion applies.", "applied"),
        _list("Not applied", outcome.refused, "Nothing was refused.", "refused"),
    )


def _list(title: str, verdicts: Any, none: str, key: str) -> rx.Component:
    return rx.el.div(
        rx.el.h2(title, class_name="staff-heading mb-2"),
        rx.cond(
            verdicts.length() > 0,
            rx.el.ul(rx.foreach(verdicts, _verdict), data_testid=f"simulated-{key}"),
            rx.el.p(none, class_name="text-sm text-muted"),
        ),
    )


def _verdict(verdict: rx.Var[Verdict]) -> rx.Component:
    return rx.el.li(
        rx.el.span(verdict.name, class_name="font-medium"),
        rx.cond(
            (verdict.code != "") & (verdict.code != verdict.name),
            rx.el.span(verdict.code, class_name="key-hint"),
        ),
        rx.cond(
            verdict.amount,
            rx.el.span(verdict.amount, class_name="price ml-auto text-moss"),
            rx.el.span(verdict.reason, class_name="w-full text-muted"),
        ),
        key=verdict.name + verdict.code,
        class_name="flex flex-wrap items-baseline gap-x-3 border-t py-2 text-sm",
    )
