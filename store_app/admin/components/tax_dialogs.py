"""Writing the taxes of a country or region, and deleting them."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.dialogs import DialogWhile
from store_app.admin.states.taxes import COUNTRIES
from store_app.admin.states.taxes import StaffTaxesState as Taxes
from store_app.components.controls import button
from store_app.components.feedback import notice
from store_app.components.fields import field, select_field, text_area
from store_app.components.overlays import close_dialog, dialog

EDIT, DELETE = "tax-dialog", "delete-taxes"


def tax_dialogs() -> rx.Component:
    return rx.fragment(
        _edit(),
        _delete(),
        DialogWhile.create(dialog_id=EDIT, is_open=Taxes.editing),
        DialogWhile.create(dialog_id=DELETE, is_open=Taxes.asking),
    )


def _edit() -> rx.Component:
    form, errors = Taxes.form, Taxes.errors
    return dialog(
        EDIT,
        rx.cond(form.id, "Change the taxes", "New taxes"),
        rx.cond(errors["form"], notice(errors["form"], tone="error", role="alert", class_name="mb-4")),
        rx.el.form(
            select_field(
                "Country",
                "country",
                *(rx.el.option(each.label, value=each.key) for each in COUNTRIES),
                id="tax-country",
                error=errors["country"],
                default_value=form.country,
            ),
            field(
                "Region",
                "region",
                id="tax-region",
                hint="A state or province, by its name or code. Empty: the whole country.",
                error=errors["region"],
                default_value=form.region,
                auto_complete="off",
                max_length=60,
            ),
            rx.el.div(
                field(
                    "Name of the tax",
                    "name",
                    id="tax-name",
                    error=errors["name"],
                    default_value=form.name,
                    auto_complete="off",
                    max_length=40,
                ),
                select_field(
                    "Prices there",
                    "included",
                    rx.el.option("Contain the tax", value="included"),
                    rx.el.option("Get it added on top", value="added"),
                    id="tax-included",
                    default_value=form.included,
                ),
                class_name="form-pair",
            ),
            text_area(
                "Rates",
                "rates",
                id="tax-rates",
                hint="One a line, as “standard 20% from 2026-01-01”. "
                "Classes are standard, reduced and zero; one left out has the standard rate. "
                "A rate counts until the next of its class begins.",
                error=errors["rates"],
                default_value=form.rates,
                rows="5",
                spell_check=False,
            ),
            key=Taxes.opened.to(str),
            id="tax-form",
            on_submit=Taxes.save,
            class_name="grid gap-4",
            custom_attrs={"noValidate": True},
        ),
        foot=rx.el.div(
            button("Cancel", on_click=close_dialog(EDIT)),
            button("Save", type="submit", form="tax-form", variant="primary", data_testid="save-taxes"),
            class_name="flex justify-end gap-3",
        ),
        on_close=Taxes.close,
    )


def _delete() -> rx.Component:
    return dialog(
        DELETE,
        f"Delete the taxes of {Taxes.doomed}?",
        rx.cond(
            Taxes.problem,
            notice(Taxes.problem, tone="warning", role="alert", data_testid="delete-problem"),
            rx.el.p(
                "A region has its country’s taxes then, a country none. Orders keep what they were charged."
            ),
        ),
        foot=rx.el.div(
            button("Keep them", on_click=close_dialog(DELETE)),
            rx.cond(
                Taxes.problem == "",
                button("Delete", variant="danger", on_click=Taxes.delete, data_testid="confirm-delete"),
            ),
            class_name="flex justify-end gap-3",
        ),
        on_close=Taxes.close,
    )
