"""Trying out what a shopper at some place would be offered now."""

from __future__ import annotations

import reflex as rx

from store_app.admin.states.delivery import StaffDeliveryState as Delivery
from store_app.admin.view_models.delivery import TrialRow
from store_app.components.controls import button
from store_app.components.fields import field, select_field


def delivery_trial() -> rx.Component:
    errors = Delivery.trial_errors
    return rx.el.section(
        rx.el.h2("What would a shopper be offered?", id="trial-title", class_name="staff-heading mb-3"),
        rx.el.form(
            select_field(
                "Country",
                "country",
                rx.foreach(
                    Delivery.countries,
                    lambda each: rx.el.option(each.label, value=each.key, key=each.key),
                ),
                id="trial-country",
                error=errors["country"],
                default_value=Delivery.home,
            ),
            field("Region", "region", id="trial-region", error=errors["region"], auto_complete="off"),
            field(
                "Postal code",
                "postal_code",
                id="trial-postal_code",
                error=errors["postal_code"],
                auto_complete="off",
            ),
            field("Weight, kg", "weight", id="trial-weight", error=errors["weight"], input_mode="decimal"),
            field(
                f"Goods, {Delivery.currency}",
                "goods",
                id="trial-goods",
                error=errors["goods"],
                input_mode="decimal",
            ),
            button("Try it", type="submit", data_testid="try-delivery"),
            on_submit=Delivery.try_out,
            class_name="trial-form",
            custom_attrs={"noValidate": True},
        ),
        rx.el.div(
            rx.cond(Delivery.tried, _answer()), role="status", class_name="mt-4", data_testid="trial-answer"
        ),
        aria_labelledby="trial-title",
        class_name="mt-10 border-t pt-6",
    )


def _answer() -> rx.Component:
    return rx.cond(
        Delivery.trial.length() > 0,
        rx.el.div(
            rx.el.p("Zone: ", rx.el.strong(Delivery.trial_zone), class_name="mb-2 text-sm text-muted"),
            rx.el.ul(rx.foreach(Delivery.trial, _offer), class_name="grid gap-1.5"),
        ),
        rx.cond(
            Delivery.trial_zone,
            rx.el.p("Nothing: no method of ", rx.el.strong(Delivery.trial_zone), " carries such a parcel."),
            rx.el.p("Nothing: no zone covers this place."),
        ),
    )


def _offer(offer: rx.Var[TrialRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(offer.name, class_name="min-w-[9rem] font-semibold"),
        rx.el.span(offer.price, class_name="price min-w-[4.5rem]"),
        rx.el.span(offer.days, class_name="text-muted"),
        key=offer.name,
        class_name="flex flex-wrap gap-x-4 text-sm",
    )
