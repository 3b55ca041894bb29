"""Making an API key, showing it once, and revoking one."""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.admin.components.dialogs import DialogWhile
from store_app.admin.states.api_keys import StaffApiKeysState as Keys
from store_app.admin.states.new_api_key import NewApiKeyState as NewKey
from store_app.admin.view_models.api_keys import LIFETIMES, USUAL_LIFETIME
from store_app.admin.view_models.filters import Choice
from store_app.components.controls import button
from store_app.components.feedback import notice
from store_app.components.fields import checkbox_field, field, select_field
from store_app.components.icons import icon
from store_app.components.overlays import close_dialog, dialog

FORM, FRESH, REVOKE = "new-key", "fresh-key", "revoke-key"


def api_key_dialogs() -> rx.Component:
    """The form comes before the key in this order: its dialog gives the focus back first."""
    return rx.fragment(
        _form(),
        _fresh(),
        _revoke(),
        DialogWhile.create(dialog_id=FORM, is_open=NewKey.creating),
        DialogWhile.create(dialog_id=FRESH, is_open=NewKey.fresh.key != ""),
        DialogWhile.create(dialog_id=REVOKE, is_open=Keys.revoking),
    )


def _form() -> rx.Component:
    errors = NewKey.errors
    return dialog(
        FORM,
        "New API key",
        rx.cond(errors["form"], notice(errors["form"], tone="error", role="alert", class_name="mb-4")),
        rx.el.form(
            field(
                "Name",
                "name",
                hint="What it is for, as “Stock sync of the till”.",
                error=errors["name"],
                auto_complete="off",
                max_length=80,
            ),
            _scopes(),
            select_field(
                "Ends after",
                "expires_in_days",
                *(rx.el.option(choice.label, value=choice.key) for choice in LIFETIMES),
                hint="The sooner, the less a lost key can do.",
                error=errors["expires_in_days"],
                default_value=USUAL_LIFETIME,
            ),
            key=NewKey.opened.to(str),
            id="new-key-form",
            on_submit=[NewKey.create, Keys.refresh],
            class_name="grid gap-5",
            custom_attrs={"noValidate": True},
        ),
        foot=rx.el.div(
            button("Cancel", on_click=close_dialog(FORM)),
            button(
                "Create key", type="submit", form="new-key-form", variant="primary", data_testid="create-key"
            ),
            class_name="flex justify-end gap-3",
        ),
        on_close=NewKey.close,
    )


def _scopes() -> rx.Component:
    error = NewKey.errors["scopes"]
    return rx.el.fieldset(
        rx.el.legend("What it may do", class_name="label mb-1.5"),
        rx.foreach(NewKey.offered, _scope),
        rx.cond(
            error,
            rx.el.p(icon("alert", class_name="size-4"), error, id="scopes-error", class_name="field-error"),
        ),
        aria_describedby=rx.cond(error, "scopes-error", ""),
        class_name="pointer-coarse:[&_label]:min-h-11 pointer-coarse:[&_label]:items-center",
        data_testid="scopes",
    )


def _scope(choice: rx.Var[Choice]) -> rx.Component:
    return rx.el.div(checkbox_field(choice.label, choice.key), key=choice.key)


def _fresh() -> rx.Component:
    fresh = NewKey.fresh
    return dialog(
        FRESH,
        "Copy your key now",
        rx.cond(
            fresh.key,
            rx.el.div(
                notice(
                    "This is the only time it is shown. Keep it where you keep passwords; "
                    "whoever has it can do what you allowed it.",
                    tone="warning",
                ),
                _copyable("The key of ", fresh.name, "secret", fresh.key, "Copy key"),
                _copyable(
                    "Try it. The command asks for the key, so that it stays out of your shell’s history.",
                    "",
                    "command",
                    fresh.command,
                    "Copy command",
                ),
                on_unmount=NewKey.forget,
                class_name="grid gap-6",
            ),
        ),
        foot=rx.el.div(
            button(
                "I have copied it", variant="primary", on_click=close_dialog(FRESH), data_testid="key-copied"
            ),
            class_name="flex justify-end",
        ),
        on_close=NewKey.forget,
        dismissable=False,
    )


def _copyable(label: str, name: Any, identifier: str, text: Any, action: str) -> rx.Component:
    """A text to be copied as a whole; `assets/shop.js` does it, and says so after the button."""
    return rx.el.div(
        rx.el.p(label, rx.cond(name, rx.el.strong("“", name, "”"), ""), class_name="label"),
        rx.el.code(
            text, id=f"{FRESH}-{identifier}", class_name=identifier, data_testid=f"{FRESH}-{identifier}"
        ),
        rx.el.div(
            button(action, class_name="button-small", custom_attrs={"data-copy": f"{FRESH}-{identifier}"}),
            rx.el.span(role="status", class_name="text-sm text-moss"),
            class_name="flex items-center gap-3",
        ),
        class_name="grid gap-2",
    )


def _revoke() -> rx.Component:
    return dialog(
        REVOKE,
        f"Revoke “{Keys.doomed}”?",
        rx.el.p(
            "Scripts that use it are refused at once. This can’t be undone; a new key can take its place."
        ),
        foot=rx.el.div(
            button("Keep it", on_click=close_dialog(REVOKE)),
            button("Revoke", variant="danger", on_click=Keys.revoke, data_testid="confirm-revoke"),
            class_name="flex justify-end gap-3",
        ),
        on_close=Keys.close,
    )
