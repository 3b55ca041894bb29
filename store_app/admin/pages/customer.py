"""One customer."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.customer_facts import addresses, figures, guest_orders, head, orders
from store_app.admin.components.customer_notes import notes
from store_app.admin.components.shell import staff_page
from store_app.admin.states.customer import StaffCustomerState
from store_app.admin.states.customers import PATH
from store_app.components.controls import link_button
from store_app.components.feedback import empty_state, loading, notice, skeleton
from store_app.components.navigation import breadcrumb
from store_app.components.route import route_param
from store_app.view_models.links import Link

_COLUMNS = "grid grid-cols-1 items-start gap-10 xl:grid-cols-[minmax(0,1fr)_22rem]"


def customer() -> rx.Component:
    return staff_page(
        "customers",
        rx.cond(
            (StaffCustomerState.shown != "") & (StaffCustomerState.shown == route_param("id")),
            rx.cond(StaffCustomerState.missing, _missing(), _customer()),
            _skeleton(),
        ),
    )


def _customer() -> rx.Component:
    view = StaffCustomerState.customer
    return rx.el.div(
        breadcrumb([Link("Customers", PATH)], view.name),
        head(),
        rx.cond(
            view.deleted,
            notice(
                f"This account was deleted on {view.deleted}. Its orders stay for the books, without a name.",
                class_name="mb-6",
                data_testid="customer-deleted",
            ),
        ),
        rx.el.div(
            rx.el.div(figures(), orders(), guest_orders(), class_name="grid grid-cols-1 gap-10"),
            rx.el.div(
                rx.cond(StaffCustomerState.may_write | (StaffCustomerState.notes.length() > 0), notes()),
                rx.cond((view.deleted == "") | (view.addresses.length() > 0), addresses()),
                class_name="grid grid-cols-1 content-start gap-8",
            ),
            class_name=_COLUMNS,
        ),
    )


def _missing() -> rx.Component:
    return empty_state(
        "There is no such customer",
        "The link may be incomplete. Look for their name or e-mail among all customers.",
        link_button("To all customers", href=PATH, variant="primary"),
        level=1,
    )


def _skeleton() -> rx.Component:
    return loading(
        skeleton("h-5 w-48"),
        skeleton("mt-3 h-8 w-64"),
        skeleton("mt-2 h-5 w-80 max-w-full"),
        rx.el.div(
            rx.el.div(skeleton("h-14"), skeleton("mt-10 h-64")),
            skeleton("h-56"),
            class_name=f"mt-8 {_COLUMNS}",
        ),
    )
