"""One promotion: its fields, what it says in words, and how it is used."""

from __future__ import annotations

import reflex as rx

from store_app.admin.components.editor_form import EditorForm, guards
from store_app.admin.components.filters import history_link
from store_app.admin.components.promotion_form import combining, effect, goods, limits, naming
from store_app.admin.components.shell import staff_page
from store_app.admin.states.promotion_editor import PromotionEditorState as Editor
from store_app.admin.states.promotions import PATH
from store_app.admin.view_models.promotions import UseRow
from store_app.components.controls import button, link_button
from store_app.components.feedback import badge, empty_state, loading, notice, skeleton
from store_app.components.navigation import breadcrumb
from store_app.components.overlays import close_dialog, dialog, open_dialog
from store_app.view_models.links import Link

FORM, DELETE = "promotion-form", "delete-promotion"


def promotion() -> rx.Component:
    return staff_page(
        "promotions",
        rx.cond(
            rx.State.router.url.path.endswith(f"/{Editor.shown}") & (Editor.shown != ""),
            rx.cond(Editor.missing, _missing(), _editor()),
            loading(skeleton("h-8 w-64"), skeleton("mt-8 h-96"), skeleton("mt-8 h-64")),
        ),
    )


def _editor() -> rx.Component:
    return rx.fragment(
        _head(),
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
        rx.el.div(
            EditorForm.create(
                naming(),
                effect(),
                goods(),
                limits(),
                combining(),
                key=Editor.revision.to(str),
                id=FORM,
                no_validate=True,
                on_submit=Editor.save,
                class_name="editor-part grid min-w-0 gap-10",
                data_testid="promotion-form",
            ),
            rx.el.aside(
                _words(),
                _usage(),
                aria_label="About it",
                class_name="grid content-start gap-8 xl:sticky xl:top-28",
            ),
            class_name="grid items-start gap-x-10 gap-y-10 xl:grid-cols-[minmax(0,1fr)_20rem]",
        ),
        guards(Editor, "promotion"),
        _delete(),
    )


def _head() -> rx.Component:
    facts = Editor.facts
    return rx.el.div(
        rx.el.div(
            breadcrumb([Link("Promotions", PATH)], rx.cond(facts.id, facts.name, "New")),
            rx.el.div(
                rx.el.h1(rx.cond(facts.id, facts.name, "New promotion"), class_name="staff-title min-w-0"),
                rx.cond(facts.id, badge(facts.label, facts.tone, data_testid="promotion-state")),
                class_name="flex flex-wrap items-center gap-3",
            ),
            class_name="min-w-0 grow basis-full sm:basis-60",
        ),
        history_link(facts.id),
        rx.cond(
            Editor.dirty,
            button("Discard", variant="quiet", on_click=Editor.discard),
            rx.cond(
                facts.id,
                rx.cond(
                    facts.active,
                    button("Switch off", on_click=Editor.set_running(False), data_testid="switch-off"),
                    button("Switch on", on_click=Editor.set_running(True), data_testid="switch-on"),
                ),
            ),
        ),
        button("Save", type="submit", form=FORM, variant="primary", data_testid="save-promotion"),
        class_name="editor-head",
    )


def _words() -> rx.Component:
    return rx.el.section(
        rx.el.h2("In words", class_name="staff-heading mb-2"),
        rx.cond(
            Editor.preview,
            rx.el.p(Editor.preview, class_name="text-[0.9375rem] leading-relaxed"),
            rx.el.p("Fill in the fields, and it says here what they mean.", class_name="text-sm text-muted"),
        ),
        rx.el.div(
            link_button("Try it on a cart", href=f"{PATH}/simulator", class_name="button-small"),
            class_name="mt-4",
        ),
        role="status",
        class_name="staff-panel",
        data_testid="promotion-preview",
    )


def _usage() -> rx.Component:
    facts = Editor.facts
    return rx.cond(
        facts.id,
        rx.el.section(
            rx.el.h2("Used so far", class_name="staff-heading mb-2"),
            rx.cond(
                facts.orders > 0,
                rx.fragment(
                    rx.el.p(
                        rx.el.strong(facts.orders, class_name="tabular-nums"),
                        rx.cond(facts.orders == 1, " order, ", " orders, "),
                        rx.el.span(facts.taken, class_name="price"),
                        " taken off.",
                        class_name="text-sm",
                        data_testid="promotion-usage",
                    ),
                    rx.el.ul(rx.foreach(Editor.uses, _use), class_name="mt-3 grid"),
                ),
                rx.fragment(
                    rx.el.p("No order has it yet.", class_name="text-sm text-muted"),
                    button(
                        "Delete promotion",
                        variant="quiet",
                        class_name="button-small mt-3 -ml-3 text-brick",
                        on_click=open_dialog(DELETE),
                        data_testid="delete-promotion",
                    ),
                ),
            ),
        ),
    )


def _use(row: rx.Var[UseRow]) -> rx.Component:
    return rx.el.li(
        rx.el.a(row.number, href=f"/admin/orders/{row.id}", class_name="link font-medium"),
        rx.el.span(row.placed, class_name="text-muted"),
        rx.el.span(row.amount, class_name="price ml-auto"),
        key=row.id,
        class_name="flex flex-wrap items-baseline gap-x-3 border-t py-2 text-sm",
        data_testid="promotion-use",
    )


def _delete() -> rx.Component:
    return dialog(
        DELETE,
        f"Delete “{Editor.facts.name}”?",
        rx.el.p("No order has it. This can’t be undone."),
        foot=rx.el.div(
            button("Keep it", on_click=close_dialog(DELETE)),
            button("Delete", variant="danger", on_click=Editor.delete, data_testid="confirm-delete"),
            class_name="flex justify-end gap-3",
        ),
    )


def _missing() -> rx.Component:
    return empty_state(
        "There is no such promotion",
        "It may have been deleted. Look for it among all promotions.",
        link_button("To all promotions", href=PATH, variant="primary"),
        level=1,
    )
