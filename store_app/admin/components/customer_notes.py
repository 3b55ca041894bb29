"""What staff note down about a customer."""

from __future__ import annotations

import reflex as rx

from models.account import MAX_NOTE_LENGTH
from store_app.admin.components.dialogs import DialogWhile
from store_app.admin.states.customer import NOTE, StaffCustomerState
from store_app.admin.view_models.customer import NoteRow
from store_app.components.controls import button, icon_button
from store_app.components.fields import text_area
from store_app.components.overlays import close_dialog, dialog

REMOVE = "remove-note"
_KEYS = "text-xs text-muted [@media(pointer:coarse)]:hidden"


def notes() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Notes", id="notes", class_name="staff-heading"),
        rx.cond(StaffCustomerState.may_write, _form()),
        rx.cond(
            StaffCustomerState.notes.length() > 0,
            rx.el.ol(rx.foreach(StaffCustomerState.notes, _note), data_testid="notes"),
            rx.el.p("Nothing noted yet.", class_name="text-sm text-muted"),
        ),
        _remove_dialog(),
        aria_labelledby="notes",
        class_name="staff-panel grid grid-cols-1 gap-4",
    )


def _form() -> rx.Component:
    return rx.el.form(
        text_area(
            "New note",
            NOTE,
            hint="For colleagues. Customers get their notes too when they ask for their data.",
            error=StaffCustomerState.note_error,
            rows=3,
            max_length=MAX_NOTE_LENGTH,
            auto_complete="off",
            class_name="text-sm",
            custom_attrs={"data-sends": "", "aria-keyshortcuts": "Control+Enter Meta+Enter"},
        ),
        rx.el.div(
            button("Add note", type="submit", class_name="button-small", data_testid="add-note"),
            rx.el.span("or Ctrl ⏎, ⌘ ⏎", aria_hidden="true", class_name=_KEYS),
            class_name="flex flex-wrap items-center gap-3",
        ),
        on_submit=StaffCustomerState.add_note.throttle(1000),
        class_name="grid gap-3",
    )


def _note(note: rx.Var[NoteRow]) -> rx.Component:
    return rx.el.li(
        rx.el.p(note.text, class_name="whitespace-pre-line [overflow-wrap:anywhere]"),
        rx.el.div(
            rx.el.p(note.author, " · ", note.when, class_name="min-w-0 flex-1 text-xs text-muted"),
            rx.cond(
                note.removable & StaffCustomerState.may_write,
                icon_button(
                    "trash",
                    f"Remove the note of {note.author}, {note.when}",
                    on_click=StaffCustomerState.ask_remove(note.id),
                    class_name="-my-2 -mr-3 text-muted",
                    data_testid="remove-note",
                ),
            ),
            class_name="mt-1 flex items-center gap-2",
        ),
        key=note.id,
        class_name="border-t py-3 text-sm last:pb-0",
        data_testid="customer-note",
    )


def _remove_dialog() -> rx.Component:
    return rx.fragment(
        dialog(
            REMOVE,
            "Remove this note?",
            rx.el.p(
                "It is gone for everybody. The audit log keeps that it was removed, not what it said.",
                class_name="text-[0.9375rem]",
            ),
            foot=rx.el.div(
                button("Keep it", on_click=close_dialog(REMOVE)),
                button(
                    "Remove the note",
                    variant="danger",
                    on_click=StaffCustomerState.remove_note.throttle(1000),
                    data_testid="confirm-remove-note",
                ),
                class_name="flex flex-wrap justify-end gap-3",
            ),
            on_close=StaffCustomerState.stop_asking,
        ),
        DialogWhile.create(dialog_id=REMOVE, is_open=StaffCustomerState.removing != ""),
    )
