"""Delivery zones with their methods."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.delivery_dialogs import delivery_dialogs
from store_app.admin.components.delivery_trial import delivery_trial
from store_app.admin.components.order_table import WIDE, unseen
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.delivery import StaffDeliveryState as Delivery
from store_app.admin.states.delivery_forms import MethodFormState, ZoneFormState
from store_app.admin.view_models.delivery import MethodRow, ZoneCard
from store_app.components.controls import button, icon_button
from store_app.components.feedback import badge, empty_state, loading, skeleton
from store_app.components.icons import icon
from store_app.components.table import Column, cell, table

COLUMNS = [
    Column("Method", class_name="sm:w-1/4"),
    Column("Price", class_name="sm:w-1/4"),
    Column("Free from", number=True, class_name=f"{WIDE} sm:w-[15%]"),
    Column("Takes", class_name=WIDE),
    Column(unseen("Change")),
]


def delivery() -> rx.Component:
    return staff_page(
        "delivery",
        page_head(
            "Delivery",
            button(
                icon("plus"),
                "New zone",
                variant="primary",
                on_click=ZoneFormState.add,
                data_testid="new-zone",
            ),
            note="Where parcels go to, by which methods, at which prices and in how many days.",
        ),
        rx.cond(
            Delivery.loaded,
            rx.cond(
                Delivery.zones.length() > 0,
                rx.fragment(rx.foreach(Delivery.zones, _zone), delivery_trial()),
                empty_state(
                    "Nothing is delivered yet",
                    "Add a zone and a method, and shoppers there can order.",
                    data_testid="no-zones",
                ),
            ),
            loading(*(skeleton("mt-2 h-24") for _ in range(4))),
        ),
        delivery_dialogs(),
    )


def _zone(zone: rx.Var[ZoneCard]) -> rx.Component:
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(zone.name, class_name="staff-heading"),
                rx.el.p(zone.places, class_name="text-sm text-muted break-words"),
                class_name="min-w-0 flex-1",
            ),
            rx.el.div(
                button(
                    icon("plus"),
                    rx.el.span("New method", class_name="max-sm:sr-only"),
                    rx.el.span(" for ", zone.name, class_name="sr-only"),
                    variant="quiet",
                    class_name="min-w-11 !px-3 text-sm",
                    on_click=MethodFormState.add(zone.id),
                    data_testid="new-method",
                ),
                icon_button("edit", f"Change {zone.name}", on_click=ZoneFormState.edit(zone.id)),
                icon_button("trash", f"Delete {zone.name}", on_click=Delivery.ask_delete(zone.id, "")),
                class_name="-my-2 flex lg:mr-3",
            ),
            class_name="mb-2 flex items-start gap-4",
        ),
        rx.cond(
            zone.methods.length() > 0,
            table(
                f"Methods of {zone.name}",
                COLUMNS,
                rx.foreach(zone.methods, lambda method: _method(method, zone)),
                data_testid="method-table",
            ),
            rx.el.p("No method yet: nothing is delivered there.", class_name="text-sm text-brick"),
        ),
        key=zone.id,
        class_name="mt-8 first-of-type:mt-0",
        data_testid="zone",
    )


def _method(method: rx.Var[MethodRow], zone: rx.Var[ZoneCard]) -> rx.Component:
    return rx.el.tr(
        cell(
            rx.el.span(
                rx.el.span(method.name, class_name="font-semibold"),
                rx.cond(method.active, rx.fragment(), badge("Not offered")),
                class_name="flex flex-wrap items-center gap-x-2 gap-y-1",
            ),
            rx.el.span(method.days, class_name="block text-xs text-muted sm:hidden"),
        ),
        cell(method.prices, class_name="tabular-nums"),
        cell(method.free, number=True, class_name=WIDE),
        cell(method.days, class_name=f"tabular-nums {WIDE}"),
        cell(
            rx.el.div(
                icon_button(
                    "edit",
                    f"Change {method.name} of {zone.name}",
                    on_click=MethodFormState.edit(zone.id, method.code),
                    data_testid="edit-method",
                ),
                icon_button(
                    "trash",
                    f"Delete {method.name} of {zone.name}",
                    on_click=Delivery.ask_delete(zone.id, method.code),
                ),
                class_name="-my-2 flex justify-end",
            )
        ),
        key=method.key,
        class_name=rx.cond(method.active, "", "row-ended"),
        data_testid="method-row",
    )
