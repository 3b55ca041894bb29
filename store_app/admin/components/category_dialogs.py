"""Making and changing a category, and deleting one."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.dialogs import DialogWhile
from store_app.admin.states.categories import StaffCategoriesState as Categories
from store_app.components.controls import button
from store_app.components.feedback import notice
from store_app.components.fields import field, select_field, text_area
from store_app.components.overlays import close_dialog, dialog

EDIT, DELETE = "category-dialog", "delete-category"


def category_dialogs() -> rx.Component:
    return rx.fragment(
        _edit(),
        _delete(),
        DialogWhile.create(dialog_id=EDIT, is_open=Categories.editing),
        DialogWhile.create(dialog_id=DELETE, is_open=Categories.deleting),
    )


def _edit() -> rx.Component:
    form, errors = Categories.form, Categories.errors
    return dialog(
        EDIT,
        rx.cond(form.slug_now, "Change the category", "New category"),
        rx.cond(errors["form"], notice(errors["form"], tone="error", role="alert", class_name="mb-4")),
        rx.el.form(
            field(
                "Name",
                "name",
                error=errors["name"],
                default_value=form.name,
                auto_complete="off",
                max_length=120,
            ),
            rx.cond(
                form.slug_now == "",
                field(
                    "Address",
                    "slug",
                    hint="Made from the name when it is empty. It stays as it is afterwards.",
                    error=errors["slug"],
                    auto_complete="off",
                    max_length=80,
                ),
            ),
            rx.cond(
                form.movable,
                select_field(
                    "Belongs to",
                    "parent",
                    rx.el.option("Nothing: it is on the upper level", value=""),
                    rx.foreach(
                        Categories.parents,
                        lambda each: rx.el.option(each.label, value=each.key, key=each.key),
                    ),
                    error=errors["parent"],
                    default_value=form.parent,
                ),
            ),
            text_area(
                "Description",
                "description",
                hint="Shown above its products.",
                error=errors["description"],
                default_value=form.description,
                max_length=500,
            ),
            key=Categories.opened.to(str),
            id="category-form",
            on_submit=Categories.save,
            class_name="grid gap-4",
        ),
        foot=rx.el.div(
            button("Cancel", on_click=close_dialog(EDIT)),
            button(
                "Save", type="submit", form="category-form", variant="primary", data_testid="save-category"
            ),
            class_name="flex justify-end gap-3",
        ),
        on_close=Categories.close,
    )


def _delete() -> rx.Component:
    return dialog(
        DELETE,
        f"Delete “{Categories.doomed_name}”?",
        rx.cond(
            Categories.problem,
            notice(Categories.problem, tone="warning", role="alert", data_testid="delete-problem"),
            rx.el.p("A category can be deleted once nothing is in it. This can’t be undone."),
        ),
        foot=rx.el.div(
            button("Keep it", on_click=close_dialog(DELETE)),
            rx.cond(
                Categories.problem == "",
                button("Delete", variant="danger", on_click=Categories.delete, data_testid="confirm-delete"),
            ),
            class_name="flex justify-end gap-3",
        ),
        on_close=Categories.close,
    )
