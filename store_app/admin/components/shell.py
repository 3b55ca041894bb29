"""The frame of every staff page: where one can go at the side, the page or its refusal beside it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.components.rows import RowKeys
from store_app.admin.states.guard import StaffState
from store_app.components.account_menu import sign_in_href
from store_app.components.controls import icon_button, link_button
from store_app.components.elements import hard_link, plain_form
from store_app.components.feedback import empty_state
from store_app.components.header import brand
from store_app.components.icons import icon
from store_app.components.theme_toggle import theme_toggle
from store_app.components.toast import toast_region
from store_app.states.session import SessionState


class EntryInSight(rx.Fragment):
    """On a phone the rail is a strip wider than the screen: the entry one is at is scrolled into view."""

    def add_imports(self) -> dict[str, list[str]]:
        return {"react": ["useEffect"]}

    def add_hooks(self) -> list[str]:
        return [
            "useEffect(() => {"
            " const strip = document.querySelector('.staff-nav');"
            " const entry = strip?.querySelector('[aria-current=page]');"
            " if (entry) strip.scrollLeft = entry.offsetLeft - (strip.clientWidth - entry.clientWidth) / 2;"
            " });"
        ]


def staff_page(section: str, *content: Any) -> rx.Component:
    """A staff page; `section` is the key of its entry in the rail. Who may not see it gets told what to do."""
    return rx.el.div(
        hard_link("Skip to content", href="#main", class_name="button button-secondary skip-link"),
        staff_rail(section=section),
        rx.el.main(
            rx.match(
                StaffState.refusal,
                ("sign_in", _please_sign_in()),
                ("forbidden", _not_allowed()),
                rx.fragment(*content),
            ),
            id="main",
            tab_index=-1,
            class_name="staff-main",
        ),
        toast_region(),
        RowKeys.create(),
        class_name="page staff",
    )


def page_head(title: Any, *actions: Any, note: Any = None) -> rx.Component:
    """The heading of a staff page, what can be done there, and a word about it."""
    return rx.el.div(
        rx.el.div(
            rx.el.h1(title, class_name="staff-title"),
            rx.el.p(note, class_name="mt-1 text-sm text-muted") if note is not None else rx.fragment(),
            class_name="min-w-0 grow basis-48",
        ),
        rx.el.div(*actions, class_name="flex flex-wrap gap-2") if actions else rx.fragment(),
        class_name="mb-6 flex flex-wrap items-start gap-x-6 gap-y-4",
    )


@rx.memo
def staff_rail(section: rx.Var[str]) -> rx.Component:
    return rx.el.header(
        rx.el.div(
            brand(),
            rx.el.span("Staff", class_name="badge tone-plain"),
            class_name="staff-brand",
        ),
        rx.el.nav(
            _entry("home", "home", "Today", "/admin", section, True),
            _entry("orders", "box", "Orders", "/admin/orders", section, StaffState.sees_orders),
            _entry("customers", "user", "Customers", "/admin/customers", section, StaffState.sees_customers),
            _entry("products", "tag", "Products", "/admin/products", section, StaffState.manages_catalog),
            _entry(
                "categories", "tree", "Categories", "/admin/categories", section, StaffState.manages_catalog
            ),
            _entry(
                "promotions", "ticket", "Promotions", "/admin/promotions", section, StaffState.manages_catalog
            ),
            _entry("stock", "shelves", "Stock", "/admin/stock", section, StaffState.manages_catalog),
            _entry("delivery", "truck", "Delivery", "/admin/delivery", section, StaffState.manages_settings),
            _entry("taxes", "percent", "Taxes", "/admin/taxes", section, StaffState.manages_settings),
            _entry(
                "price-lists",
                "coins",
                "Price lists",
                "/admin/price-lists",
                section,
                StaffState.manages_catalog,
            ),
            _entry("keys", "key", "API keys", "/admin/keys", section, StaffState.uses_api_keys),
            _entry("audit", "history", "Audit log", "/admin/audit", section, StaffState.sees_audit),
            aria_label="Staff pages",
            class_name="staff-nav",
        ),
        EntryInSight.create(),
        rx.el.div(
            rx.el.a(icon("shop"), rx.el.span("View the shop"), href="/", class_name="staff-link"),
            rx.cond(SessionState.signed_in, _person()),
            class_name="staff-foot",
        ),
        class_name="staff-rail",
    )


def _entry(key: str, glyph: str, label: str, href: str, section: rx.Var[str], allowed: Any) -> rx.Component:
    link = rx.el.a(
        icon(glyph),
        rx.el.span(label),
        href=href,
        aria_current=rx.cond(section == key, "page", "false"),
        class_name="staff-link",
        data_testid=f"staff-{key}",
    )
    return rx.cond((StaffState.refusal == "") & (~StaffState.known | allowed), link)


def _person() -> rx.Component:
    return rx.el.div(
        rx.el.p(
            rx.el.span(SessionState.name, class_name="block truncate font-semibold"),
            rx.el.span(SessionState.email, class_name="block truncate text-muted"),
            class_name="min-w-0 flex-1 text-xs",
            data_testid="account-name",
        ),
        theme_toggle(),
        plain_form(
            icon_button("sign-out", "Sign out", type="submit", data_testid="sign-out"),
            action="/auth/logout",
            method="post",
        ),
        class_name="staff-person",
    )


def _please_sign_in() -> rx.Component:
    return empty_state(
        "Staff only",
        "Sign in with your staff account to see this page. You come back here afterwards.",
        link_button(
            "Sign in", href=sign_in_href(), variant="primary", reload=True, data_testid="staff-sign-in"
        ),
        link_button("Back to the shop", href="/"),
        level=1,
        data_testid="staff-sign-in-needed",
    )


def _not_allowed() -> rx.Component:
    return empty_state(
        "Not part of your role",
        "Your account may not see this page. An administrator can change that; then sign in again.",
        rx.cond(SessionState.is_staff, link_button("To today’s figures", href="/admin", variant="primary")),
        link_button("Back to the shop", href="/"),
        level=1,
        data_testid="staff-not-allowed",
    )
