"""The places where units lie."""

from __future__ import annotations

import reflex as rx

from models.address_form import known_countries
from models.countries import by_name
from store_app.admin.components.dialogs import DialogWhile
from store_app.admin.components.order_table import WIDE, unseen
from store_app.admin.components.shell import page_head, staff_page
from store_app.admin.states.locations import StaffLocationsState as Locations
from store_app.admin.states.stock import PATH as STOCK
from store_app.admin.view_models.stock import LocationRow
from store_app.components.controls import button, icon_button
from store_app.components.feedback import badge, loading, notice, skeleton
from store_app.components.fields import field, select_field
from store_app.components.icons import icon
from store_app.components.navigation import breadcrumb
from store_app.components.overlays import close_dialog, dialog
from store_app.components.table import Column, cell, table
from store_app.view_models.links import Link

FORM = "location-dialog"
COLUMNS = [
    Column("Location"),
    Column("Code", class_name=WIDE),
    Column("Country", class_name=WIDE),
    Column(unseen("Change")),
]

COUNTRIES = by_name(known_countries())


def locations() -> rx.Component:
    return staff_page(
        "stock",
        breadcrumb([Link("Stock", STOCK)], "Locations"),
        page_head(
            "Locations",
            button(
                icon("plus"),
                "New location",
                variant="primary",
                on_click=Locations.edit(""),
                data_testid="new-location",
            ),
            note="Orders are served from the first one that has the goods, then from the next.",
        ),
        rx.cond(
            Locations.loaded,
            table("Locations", COLUMNS, rx.foreach(Locations.rows, _row), data_testid="location-table"),
            loading(*(skeleton("mt-2 h-12") for _ in range(3))),
        ),
        _form(),
        DialogWhile.create(dialog_id=FORM, is_open=Locations.editing),
    )


def _row(row: rx.Var[LocationRow]) -> rx.Component:
    return rx.el.tr(
        cell(
            rx.el.span(
                rx.el.a(row.name, href=f"{STOCK}?location={row.code}", class_name="row-name font-semibold"),
                rx.cond(row.active, rx.fragment(), badge("Closed")),
                class_name="flex flex-wrap items-center gap-x-2 gap-y-1",
            )
        ),
        cell(row.code, class_name=f"text-muted {WIDE}"),
        cell(row.country_name, class_name=f"text-muted {WIDE}"),
        cell(
            rx.el.div(
                icon_button(
                    "arrow-up",
                    f"Serve orders from {row.name} earlier",
                    disabled=row.first,
                    on_click=Locations.move(row.code, -1),
                ),
                icon_button(
                    "arrow-down",
                    f"Serve orders from {row.name} later",
                    disabled=row.last,
                    on_click=Locations.move(row.code, 1),
                ),
                icon_button("edit", f"Change {row.name}", on_click=Locations.edit(row.code)),
                button(
                    rx.cond(row.active, "Close", "Open"),
                    rx.el.span(f" {row.name}", class_name="sr-only"),
                    variant="quiet",
                    on_click=Locations.set_open(row.code, ~row.active),
                    class_name="button-small",
                    data_testid="toggle-location",
                ),
                class_name="-my-2 flex items-center justify-end",
            )
        ),
        key=row.code,
        class_name=rx.cond(row.active, "", "row-ended"),
        data_testid="location-row",
    )


def _form() -> rx.Component:
    form, errors = Locations.form, Locations.errors
    return dialog(
        FORM,
        rx.cond(form.code, "Change the location", "New location"),
        rx.cond(errors["form"], notice(errors["form"], tone="error", role="alert", class_name="mb-4")),
        rx.el.form(
            field(
                "Name",
                "name",
                hint="As staff call it: “Leeds store”.",
                error=errors["name"],
                default_value=form.name,
                auto_complete="off",
                max_length=80,
            ),
            rx.cond(
                form.code == "",
                field(
                    "Code",
                    "code",
                    hint="For programs: lower-case letters, digits and dashes. It stays as it is.",
                    error=errors["code"],
                    auto_complete="off",
                    max_length=40,
                ),
            ),
            select_field(
                "Country",
                "country",
                *(rx.el.option(label, value=code) for code, label in COUNTRIES),
                error=errors["country"],
                default_value=form.country,
            ),
            key=Locations.opened.to(str),
            id="location-form",
            on_submit=Locations.save,
            class_name="grid gap-4",
            custom_attrs={"noValidate": True},
        ),
        foot=rx.el.div(
            button("Cancel", on_click=close_dialog(FORM)),
            button(
                "Save", type="submit", form="location-form", variant="primary", data_testid="save-location"
            ),
            class_name="flex justify-end gap-3",
        ),
        on_close=Locations.close_form,
    )
