"""The options of a product and their values."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.editor_form import row_input, section
from store_app.admin.states.product_editor import ProductEditorState as Editor
from store_app.admin.view_models.product_form import OptionRow, ValueRow
from store_app.components.controls import button, icon_button
from store_app.components.icons import icon


def options() -> rx.Component:
    return section(
        "Options",
        rx.foreach(Editor.form.options, _option),
        rx.cond(
            Editor.form.options.length() < 3,
            rx.el.div(
                button(
                    icon("plus"),
                    "Add an option",
                    class_name="button-small",
                    on_click=Editor.add_option,
                    data_testid="add-option",
                )
            ),
        ),
        note="What a shopper chooses, such as Colour or Size. Renaming a value keeps its variants.",
    )


def _option(option: rx.Var[OptionRow]) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(f"Option {option.name}", class_name="sr-only"),
        rx.el.div(
            row_input(
                f"options.{option.key}.name",
                "Name of the option",
                option.name,
                placeholder="Colour",
                max_length=60,
            ),
            icon_button(
                "trash",
                f"Remove the option {option.name}",
                on_click=Editor.remove_option(option.key),
                class_name="-my-1",
            ),
            class_name="grid grid-cols-[minmax(0,14rem)_auto] items-start gap-2",
        ),
        rx.el.div(
            rx.foreach(option.value_rows, lambda value: _value(option, value)),
            button(
                icon("plus"),
                "Value",
                variant="quiet",
                class_name="button-small",
                aria_label=f"Add a value to {option.name}",
                on_click=Editor.add_value(option.key),
                data_testid="add-value",
            ),
            class_name="mt-2 flex flex-wrap items-start gap-2",
        ),
        key=option.key,
        class_name="min-w-0",
        data_testid="option",
    )


def _value(option: rx.Var[OptionRow], value: rx.Var[ValueRow]) -> rx.Component:
    return rx.el.div(
        row_input(
            f"values.{value.key}.text",
            f"Value of {option.name}",
            value.text,
            class_name="pr-9",
            max_length=120,
        ),
        icon_button(
            "close",
            f"Remove {value.text} from {option.name}",
            on_click=Editor.remove_value(value.key),
            disabled=option.value_rows.length() < 2,
            class_name="value-remove",
        ),
        key=value.key,
        class_name="relative w-[11rem]",
    )
