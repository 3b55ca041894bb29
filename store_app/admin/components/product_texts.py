"""The texts of a product: what it is called, what is said of it, where it stands."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.editor_form import row_input, section
from store_app.admin.states.product_editor import ProductEditorState as Editor
from store_app.admin.view_models.product_form import AttributeRow
from store_app.components.controls import button, icon_button, text_link
from store_app.components.fields import field, select_field, text_area
from store_app.components.icons import icon


def texts() -> rx.Component:
    form, errors = Editor.form, Editor.errors
    return section(
        "Description",
        field(
            "Title",
            "title",
            error=errors["title"],
            default_value=form.title,
            on_blur=Editor.edit_title,
            max_length=120,
            auto_complete="off",
        ),
        field(
            "Subtitle",
            "subtitle",
            hint="One line under the title.",
            error=errors["subtitle"],
            default_value=form.subtitle,
            on_blur=Editor.edit("subtitle"),
            max_length=160,
            auto_complete="off",
        ),
        text_area(
            "Description",
            "description",
            error=errors["description"],
            default_value=form.description,
            on_blur=Editor.edit("description"),
            max_length=10_000,
        ),
        text_area(
            "Details",
            "details",
            hint="One a line; they become a list.",
            error=errors["details"],
            default_value=form.details,
            on_blur=Editor.edit("details"),
        ),
        field(
            "Care",
            "care",
            error=errors["care"],
            default_value=form.care,
            on_blur=Editor.edit("care"),
            max_length=500,
            auto_complete="off",
        ),
    )


def attributes() -> rx.Component:
    return section(
        "Attributes",
        rx.cond(
            Editor.form.attributes.length() > 0,
            rx.el.ul(rx.foreach(Editor.form.attributes, _attribute), class_name="grid gap-2"),
        ),
        rx.el.div(
            button(
                icon("plus"),
                "Add an attribute",
                class_name="button-small",
                on_click=Editor.add_attribute,
                data_testid="add-attribute",
            )
        ),
        note="Facts such as Material or Made in. Shoppers filter by them.",
    )


def _attribute(row: rx.Var[AttributeRow]) -> rx.Component:
    return rx.el.li(
        row_input(f"attributes.{row.key}.name", "Attribute", row.name, placeholder="Material", max_length=60),
        row_input(
            f"attributes.{row.key}.value",
            f"Value of {row.name}",
            row.value,
            placeholder="Stoneware",
            max_length=120,
        ),
        icon_button(
            "trash", f"Remove {row.name}", on_click=Editor.remove_attribute(row.key), class_name="-my-1"
        ),
        key=row.key,
        class_name="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-start gap-2",
    )


def placing() -> rx.Component:
    """Category, brand, tags, address."""
    form, errors = Editor.form, Editor.errors
    return section(
        "Where it stands",
        select_field(
            "Category",
            "category",
            rx.el.option("Choose …", value=""),
            rx.foreach(
                Editor.categories, lambda each: rx.el.option(each.label, value=each.key, key=each.key)
            ),
            error=errors["category"],
            default_value=form.category,
            on_change=Editor.edit("category"),
        ),
        field(
            "Brand",
            "brand",
            error=errors["brand"],
            default_value=form.brand,
            on_blur=Editor.edit("brand"),
            max_length=80,
            auto_complete="off",
        ),
        field(
            "Tags",
            "tags",
            hint="Separated by commas.",
            error=errors["tags"],
            default_value=form.tags,
            on_blur=Editor.edit("tags"),
            auto_complete="off",
        ),
        select_field(
            "Tax class",
            "tax_class",
            rx.el.option("Standard", value="standard"),
            rx.el.option("Reduced, as for food or books in many countries", value="reduced"),
            rx.el.option("Zero-rated, as for seeds of vegetables in the UK", value="zero"),
            hint="What each class pays where is set under Taxes.",
            error=errors["tax_class"],
            default_value=form.tax_class,
            on_change=Editor.edit("tax_class"),
        ),
        field(
            "Address",
            "slug",
            hint="The last part of its address: /product/…",
            error=errors["slug"],
            default_value=form.slug,
            on_blur=Editor.edit("slug"),
            max_length=80,
            auto_complete="off",
            spell_check=False,
        ),
    )


def status() -> rx.Component:
    form = Editor.form
    return section(
        "In the store",
        rx.el.div(
            select_field(
                "Status",
                "status",
                rx.el.option("Draft", value="draft"),
                rx.el.option("Active", value="active"),
                rx.el.option("Archived", value="archived"),
                hint="Shoppers see active products only.",
                default_value=form.status,
                on_change=Editor.edit("status"),
            ),
            key=form.status_now,
        ),
        rx.cond(
            form.slug_now,
            rx.el.div(
                rx.cond(
                    form.status_now == "archived",
                    button(
                        "Make it a draft again",
                        class_name="button-small",
                        on_click=Editor.restore(form.slug_now, "draft"),
                        data_testid="restore-product",
                    ),
                    button(
                        "Archive",
                        class_name="button-small",
                        on_click=Editor.archive.throttle(1000),
                        data_testid="archive-product",
                    ),
                ),
                rx.cond(
                    form.status_now == "active",
                    text_link("View in the shop", href=f"/product/{form.slug_now}", class_name="text-sm"),
                ),
                class_name="flex flex-wrap items-center gap-4",
            ),
        ),
    )
