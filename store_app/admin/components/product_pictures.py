"""The pictures of a product: uploading, describing, ordering."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.editor_form import row_input, section
from store_app.admin.states.product_editor import ProductEditorState as Editor
from store_app.admin.states.product_edits import UPLOAD
from store_app.admin.view_models.product_form import PictureRow
from store_app.components.controls import icon_button
from store_app.components.feedback import badge
from store_app.components.icons import icon
from store_app.components.product import picture
from store_app.states.session import SessionState
from store_app.states.toasts import ToastState

MAX_BYTES = 2_000_000
ACCEPTED = {
    "image/svg+xml": [".svg"],
    "image/png": [".png"],
    "image/jpeg": [".jpg", ".jpeg"],
    "image/webp": [".webp"],
    "image/avif": [".avif"],
}


def pictures() -> rx.Component:
    return section(
        "Pictures",
        rx.cond(
            Editor.form.pictures.length() > 0,
            rx.el.ol(
                rx.foreach(Editor.form.pictures, _picture),
                class_name="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-x-4 gap-y-6",
            ),
        ),
        _dropzone(),
        note="The first one stands for the product in lists.",
    )


def _dropzone() -> rx.Component:
    zone = rx.upload.root(
        icon("image"),
        rx.el.span("Choose pictures or drop them here", class_name="font-semibold"),
        rx.el.span("SVG, PNG, JPEG, WebP or AVIF, up to 2 MB each, best 4 to 5", class_name="text-muted"),
        id=UPLOAD,
        accept=ACCEPTED,
        max_size=MAX_BYTES,
        on_drop=Editor.upload(rx.upload_files(upload_id=UPLOAD), SessionState.mark),
        on_drop_rejected=ToastState.show(
            "Pictures must be SVG, PNG, JPEG, WebP or AVIF of up to 2 MB each.", "error"
        ),
        class_name="dropzone",
        role="button",
        data_testid="upload-pictures",
    )
    file_input = zone.children[0].children[0]
    file_input.custom_attrs["aria-label"] = "Pictures to upload"
    return zone


def _picture(row: rx.Var[PictureRow], index: rx.Var[int]) -> rx.Component:
    name = f"pictures.{row.key}"
    return rx.el.li(
        rx.el.div(
            picture(row.url, row.alt),
            rx.cond(index == 0, badge("In lists", class_name="absolute left-2 top-2")),
            class_name="relative",
        ),
        row_input(
            f"{name}.alt", "What the picture shows", row.alt, placeholder="What it shows", max_length=200
        ),
        rx.el.select(
            rx.el.option("Every variant", value=""),
            rx.foreach(
                Editor.form.picture_choices,
                lambda each: rx.el.option(each.label, value=each.key, key=each.key),
            ),
            name=f"{name}.shows",
            default_value=row.shows,
            aria_label=f"Variants that picture {index + 1} shows",
            on_change=Editor.edit(f"{name}.shows"),
            class_name="input input-small",
        ),
        rx.el.div(
            icon_button(
                "arrow-left",
                f"Move picture {index + 1} forward",
                disabled=index == 0,
                on_click=Editor.move_picture(row.key, -1),
            ),
            icon_button(
                "arrow-right",
                f"Move picture {index + 1} back",
                disabled=index == Editor.form.pictures.length() - 1,
                on_click=Editor.move_picture(row.key, 1),
            ),
            rx.el.span(class_name="flex-1"),
            icon_button("trash", f"Remove picture {index + 1}", on_click=Editor.remove_picture(row.key)),
            class_name="-mx-2 flex",
        ),
        key=row.key,
        class_name="grid content-start gap-2",
        data_testid="picture",
    )
