"""Tables of the plain sort: a caption for those who can't see it, sticky headings, figures to the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx


@dataclass(frozen=True, slots=True)
class Column:
    """`class_name` goes to the heading; give its cells the same."""

    label: str | rx.Component
    number: bool = False
    class_name: str = ""


def table(caption: str, columns: list[Column], *rows: Any, **props: Any) -> rx.Component:
    """`rows` are `rx.el.tr`s or an `rx.foreach` of them; their cells come from `cell`."""
    head = (
        rx.el.th(
            column.label,
            scope="col",
            class_name=f"{'number ' if column.number else ''}{column.class_name}".strip(),
        )
        for column in columns
    )
    return rx.el.div(
        rx.el.table(
            rx.el.caption(caption, class_name="sr-only"),
            rx.el.thead(rx.el.tr(*head)),
            rx.el.tbody(*rows),
            class_name="table",
            **props,
        ),
        class_name="table-frame",
        tab_index=0,
        role="region",
        aria_label=caption,
    )


def cell(*content: Any, number: bool = False, **props: Any) -> rx.Component:
    class_name = f"{'number ' if number else ''}{props.pop('class_name', '')}".strip()
    return rx.el.td(*content, class_name=class_name, **props)
