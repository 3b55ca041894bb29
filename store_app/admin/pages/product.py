"""The product editor, for a product that is stored and for a new one."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.editor_form import EditorForm, guards
from store_app.admin.components.filters import history_link
from store_app.admin.components.product_options import options
from store_app.admin.components.product_pictures import pictures
from store_app.admin.components.product_texts import attributes, placing, status, texts
from store_app.admin.components.product_variants import variants
from store_app.admin.components.shell import staff_page
from store_app.admin.states.product_editor import PATH
from store_app.admin.states.product_editor import ProductEditorState as Editor
from store_app.components.controls import button, link_button
from store_app.components.feedback import badge, empty_state, loading, notice, skeleton
from store_app.components.navigation import breadcrumb
from store_app.view_models.links import Link

FORM = "product-form"


def product() -> rx.Component:
    return staff_page(
        "products",
        rx.cond(
            rx.State.router.url.path.endswith(f"/{Editor.shown}") & (Editor.shown != ""),
            rx.cond(Editor.missing, _missing(), _editor()),
            loading(skeleton("h-8 w-64"), skeleton("mt-8 h-96"), skeleton("mt-8 h-64")),
        ),
    )


def _editor() -> rx.Component:
    return rx.fragment(
        _head(),
        _messages(),
        EditorForm.create(
            rx.el.div(
                rx.el.div(
                    texts(),
                    pictures(),
                    options(),
                    variants(),
                    attributes(),
                    class_name="editor-part grid min-w-0 gap-10",
                ),
                rx.el.div(status(), placing(), class_name="editor-part grid content-start gap-10"),
                key=Editor.revision.to(str),
                class_name="grid items-start gap-x-10 gap-y-10 xl:grid-cols-[minmax(0,1fr)_18rem]",
            ),
            id=FORM,
            no_validate=True,
            on_submit=Editor.save,
            on_input=rx.cond(Editor.dirty, rx.noop(), Editor.touch),
            data_testid="product-form",
        ),
        guards(),
    )


def _head() -> rx.Component:
    form = Editor.form
    return rx.el.div(
        rx.el.div(
            breadcrumb([Link("Products", PATH)], rx.cond(form.slug_now, form.slug_now, "New")),
            rx.el.div(
                rx.el.h1(rx.cond(form.title, form.title, "New product"), class_name="staff-title min-w-0"),
                rx.match(
                    form.status_now,
                    ("active", badge("Active", "success")),
                    ("draft", badge("Draft", "warning")),
                    ("archived", badge("Archived")),
                    rx.fragment(),
                ),
                history_link(form.id),
                class_name="flex min-w-0 flex-wrap items-center gap-x-3",
            ),
            class_name="min-w-0 grow basis-full sm:basis-60",
        ),
        rx.el.p(
            rx.cond(Editor.dirty, "Unsaved changes", ""),
            role="status",
            class_name="text-sm text-honey",
            data_testid="unsaved",
        ),
        rx.cond(
            Editor.dirty, button("Discard", variant="quiet", on_click=Editor.discard, data_testid="discard")
        ),
        button("Save", type="submit", form=FORM, variant="primary", data_testid="save-product"),
        class_name="editor-head",
    )


def _messages() -> rx.Component:
    return rx.fragment(
        rx.cond(
            Editor.conflict,
            notice(
                rx.el.p(Editor.conflict, class_name="font-semibold"),
                rx.el.p("Your changes are still here, and not saved."),
                rx.el.div(
                    button("Load theirs, drop mine", class_name="button-small", on_click=Editor.discard),
                    button(
                        "Save mine over it",
                        class_name="button-small",
                        on_click=[
                            Editor.insist,
                            rx.run_script(f"document.getElementById('{FORM}').requestSubmit()"),
                        ],
                    ),
                    class_name="mt-3 flex flex-wrap gap-2",
                ),
                tone="warning",
                role="alert",
                tab_index=-1,
                class_name="mb-6",
                data_testid="conflict",
            ),
        ),
        rx.cond(
            Editor.errors["form"],
            notice(
                Editor.errors["form"],
                tone="error",
                role="alert",
                tab_index=-1,
                class_name="mb-6",
                data_testid="form-error",
            ),
        ),
    )


def _missing() -> rx.Component:
    return empty_state(
        "There is no such product",
        "Its address may have changed. Look for it among all products.",
        link_button("To all products", href=PATH, variant="primary"),
        level=1,
    )
