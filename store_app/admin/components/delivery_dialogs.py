"""Writing a delivery zone or a method of one, and deleting either."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.dialogs import DialogWhile
from store_app.admin.states.delivery import StaffDeliveryState as Delivery
from store_app.admin.states.delivery_forms import MethodFormState as MethodEdit
from store_app.admin.states.delivery_forms import ZoneFormState as ZoneEdit
from store_app.components.controls import button
from store_app.components.feedback import notice
from store_app.components.fields import checkbox_field, field, select_field, text_area
from store_app.components.overlays import close_dialog, dialog

ZONE, METHOD, DELETE = "zone-dialog", "method-dialog", "delete-delivery"


def delivery_dialogs() -> rx.Component:
    return rx.fragment(
        _zone(),
        _method(),
        _delete(),
        DialogWhile.create(dialog_id=ZONE, is_open=ZoneEdit.editing),
        DialogWhile.create(dialog_id=METHOD, is_open=MethodEdit.editing),
        DialogWhile.create(dialog_id=DELETE, is_open=Delivery.asking),
    )


def _zone() -> rx.Component:
    form, errors = ZoneEdit.form, ZoneEdit.errors
    return dialog(
        ZONE,
        rx.cond(form.id, "Change the zone", "New zone"),
        rx.cond(errors["form"], notice(errors["form"], tone="error", role="alert", class_name="mb-4")),
        rx.el.form(
            field(
                "Name",
                "name",
                id="zone-name",
                error=errors["name"],
                default_value=form.name,
                auto_complete="off",
                max_length=80,
            ),
            text_area(
                "Places",
                "areas",
                id="zone-areas",
                hint="One country a line, by its code. Parts of it after a colon: “US: NY, CA” for regions, "
                "“GB: HS, PA20-PA49” for where postal codes begin so. The narrower zone counts.",
                error=errors["areas"],
                default_value=form.areas,
                rows="6",
                spell_check=False,
            ),
            field(
                "Place in the list",
                "position",
                id="zone-position",
                error=errors["position"],
                default_value=form.position,
                input_mode="numeric",
                auto_complete="off",
                max_length=4,
            ),
            key=ZoneEdit.opened.to(str),
            id="zone-form",
            on_submit=[ZoneEdit.save, Delivery.refresh],
            class_name="grid gap-4",
            custom_attrs={"noValidate": True},
        ),
        foot=_foot(ZONE, "zone-form", "save-zone"),
        on_close=ZoneEdit.close,
    )


def _method() -> rx.Component:
    form, errors = MethodEdit.form, MethodEdit.errors

    def short(label: str, name: str, hint: str = "", **props: object) -> rx.Component:
        return field(
            label,
            name,
            id=f"method-{name}",
            hint=hint,
            error=errors[name],
            default_value=getattr(form, name),
            auto_complete="off",
            **props,
        )

    return dialog(
        METHOD,
        rx.cond(form.code_now, f"{form.zone_name}: {form.name}", f"New method for {form.zone_name}"),
        rx.cond(errors["form"], notice(errors["form"], tone="error", role="alert", class_name="mb-4")),
        rx.el.form(
            short("Name", "name", max_length=80),
            select_field(
                "Prices go by",
                "basis",
                rx.el.option("What the parcel weighs", value="weight"),
                rx.el.option("What the goods come to", value="goods"),
                id="method-basis",
                default_value=form.basis,
            ),
            text_area(
                f"Price table, {Delivery.currency}",
                "rates",
                id="method-rates",
                hint="One step a line, as “5 kg: 4.50” or, by goods, “50.00: 4.50”. “more: 9.50” has no limit; "
                "without it, heavier parcels are not offered this method.",
                error=errors["rates"],
                default_value=form.rates,
                rows="4",
                spell_check=False,
            ),
            rx.el.div(
                short("Free from", "free_from", "Goods after discounts. Empty: never.", input_mode="decimal"),
                select_field(
                    "Tax class",
                    "tax_class",
                    rx.el.option("Standard", value="standard"),
                    rx.el.option("Reduced", value="reduced"),
                    rx.el.option("Zero-rated", value="zero"),
                    id="method-tax_class",
                    default_value=form.tax_class,
                ),
                class_name="form-pair",
            ),
            rx.el.div(
                short("Cut-off", "cut_off", "Later orders count as the next day’s.", type="time"),
                short("Packing, working days", "handling_days", input_mode="numeric", max_length=2),
                class_name="form-pair",
            ),
            rx.el.div(
                short("On the way, at least", "transit_from", "Working days.", input_mode="numeric"),
                short("At most", "transit_to", "Working days.", input_mode="numeric"),
                class_name="form-pair",
            ),
            short("Place in the list", "position", input_mode="numeric", max_length=4),
            checkbox_field("Offer it to shoppers", "active", id="method-active", default_checked=form.active),
            key=MethodEdit.opened.to(str),
            id="method-form",
            on_submit=[MethodEdit.save, Delivery.refresh],
            class_name="grid gap-4",
            custom_attrs={"noValidate": True},
        ),
        foot=_foot(METHOD, "method-form", "save-method"),
        on_close=MethodEdit.close,
    )


def _foot(identifier: str, form: str, test_id: str) -> rx.Component:
    return rx.el.div(
        button("Cancel", on_click=close_dialog(identifier)),
        button("Save", type="submit", form=form, variant="primary", data_testid=test_id),
        class_name="flex justify-end gap-3",
    )


def _delete() -> rx.Component:
    return dialog(
        DELETE,
        f"Delete “{Delivery.doomed}”?",
        rx.el.p(
            "Shoppers are not offered it any more; orders keep what they were told. This can’t be undone. "
            "To stop a method for a while, take its tick away instead."
        ),
        foot=rx.el.div(
            button("Keep it", on_click=close_dialog(DELETE)),
            button("Delete", variant="danger", on_click=Delivery.delete, data_testid="confirm-delete"),
            class_name="flex justify-end gap-3",
        ),
        on_close=Delivery.close,
    )
