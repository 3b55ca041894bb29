"""What narrows a list; all of it stands in the address."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.states.guard import StaffState
from store_app.admin.view_models.filters import Chip
from store_app.components.icons import icon


def status_chips(chips: rx.Var[tuple[Chip, ...]], label: str = "Status") -> rx.Component:
    return rx.el.nav(rx.foreach(chips, _chip), aria_label=label, class_name="staff-chips")


def _chip(chip: rx.Var[Chip]) -> rx.Component:
    return rx.el.a(
        chip.label,
        rx.cond(chip.count >= 0, rx.el.span(chip.count, class_name="opacity-75 tabular-nums")),
        href=chip.href,
        prevent_scroll_reset=True,
        aria_current=rx.cond(chip.current, "true", "false"),
        key=chip.label,
        class_name="chip",
        data_testid="status-chip",
    )


class FollowAddress(rx.Fragment):
    """Keeps a search field as the `q` of the address says, but for whoever is typing in it."""

    field_id: rx.Var[str]

    def add_imports(self) -> dict[str, list[str]]:
        return {"react": ["useEffect"], "react-router": ["useLocation"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:
        return [
            "const { search: searchAddress } = useLocation();",
            rx.Var(
                "useEffect(() => {"
                f" const field = document.getElementById({self.field_id!s});"
                " if (!field || field === document.activeElement) return;"
                " field.value = new URLSearchParams(searchAddress).get('q') ?? '';"
                " }, [searchAddress])"
            ),
        ]


def list_search(
    identifier: str, label: str, *more: Any, text: Any = "", as_typed: bool = False
) -> rx.Component:
    """A search field, and `more` fields beside it; `assets/shop.js` puts them into the address.

    With `as_typed` it searches while one types, and follows the address by itself: give it no `text`.
    """
    return rx.el.form(
        FollowAddress.create(field_id=identifier) if as_typed else rx.fragment(),
        rx.el.div(
            rx.el.label(label, html_for=identifier, class_name="sr-only"),
            icon("search", class_name="search-icon"),
            rx.el.input(
                id=identifier,
                name="q",
                type="search",
                placeholder=label,
                default_value=text,
                auto_complete="off",
                enter_key_hint="search",
                class_name="input input-small pl-9",
                data_testid="list-search",
            ),
            class_name="relative min-w-[14rem] flex-1",
        ),
        *more,
        role="search",
        custom_attrs={"data-narrow": "typing" if as_typed else "change"},
        class_name="flex w-full flex-wrap gap-2 lg:w-auto lg:min-w-[26rem]",
    )


def history_link(object_id: Any) -> rx.Component:
    """To what the audit log tells of something, for those who may read it."""
    return rx.cond(
        StaffState.sees_audit & (object_id != ""),
        rx.el.a(
            icon("history", class_name="size-4"),
            "History",
            href=f"/admin/audit?object={object_id}",
            class_name="link inline-flex items-center gap-1.5 text-sm text-muted pointer-coarse:min-h-11",
            data_testid="history",
        ),
    )


def toolbar(*parts: rx.Component) -> rx.Component:
    return rx.el.div(*parts, class_name="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3")


def result_count(total: Any, one: str, many: str) -> rx.Component:
    """How many there are, announced when it changes."""
    return rx.el.p(
        total,
        " ",
        rx.cond(total == 1, one, many),
        role="status",
        class_name="mb-2 text-sm text-muted tabular-nums",
    )
