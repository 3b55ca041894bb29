"""A number with a button on either side. It shows the new number at once; the server may put it right.

`assets/shop.js` makes the buttons step the field and, when they have come to rest, tells so by the event that leaving
the field after typing gives too. It also puts a number that the server has settled into the field: after an event of
this page whatever was typed, after a change elsewhere unless somebody is typing there.
"""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.icons import icon


def quantity_stepper(
    identifier: Any, *, value: Any, most: Any, label: Any, revision: Any = 0, on_settled: Any = None
) -> rx.Component:
    """`revision` rises when the field is to show `value` again whatever was typed."""
    events = {} if on_settled is None else {"on_blur": on_settled}
    return rx.el.div(
        _step("minus", -1, identifier, "One less"),
        rx.el.input(
            id=identifier,
            name="quantity",
            type="number",
            input_mode="numeric",
            min=1,
            max=most,
            step=1,
            default_value=value,
            required=True,
            aria_label=label,
            key=identifier,
            class_name="stepper-field",
            data_testid="quantity",
            custom_attrs={"data-settled": value, "data-revision": revision},
            **events,
        ),
        _step("plus", 1, identifier, "One more"),
        class_name="stepper",
    )


def _step(name: str, by: int, identifier: Any, label: str) -> rx.Component:
    return rx.el.button(
        icon(name, class_name="size-4"),
        type="button",
        aria_label=label,
        tab_index=0,
        class_name="stepper-button",
        custom_attrs={"data-step": by, "aria-controls": identifier},
    )
