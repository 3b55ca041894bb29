"""Deleting one's account: what it means, what stands in its way, and the last question."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import button, text_link
from store_app.components.counting import count_of
from store_app.components.feedback import badge, notice
from store_app.components.fields import field
from store_app.components.icons import icon
from store_app.components.overlays import close_dialog, dialog, open_dialog
from store_app.states.account_data import WORD, AccountDataState
from store_app.view_models.account import OpenOrder

DIALOG = "delete-account"
FAREWELL = "/account/deleted"
GOES = (
    "Your profile: name, phone, e-mail address",
    "Your saved addresses and your cart",
    "Your sessions: you are signed out everywhere",
    "Names, addresses and cards in your orders",
    "API keys, and what our staff noted about you",
)
STAYS = (
    "Your orders, for our bookkeeping: number, articles and amounts",
    "The country each of them went to, for the tax",
)


def delete_account() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Delete my account", class_name="text-xl"),
        rx.el.div(
            _list("What goes, for good", "trash", GOES),
            _list("What stays, without your name", "box", STAYS),
            class_name="data-lists mt-5",
        ),
        rx.el.p(
            "The account at your sign-in service is a separate one and stays as it is. ",
            rx.cond(
                AccountDataState.account_url,
                text_link("See to it there", href=AccountDataState.account_url, reload=True),
            ),
            class_name="mt-5 max-w-[60ch] text-muted",
        ),
        rx.cond(
            count_of(AccountDataState.obstacles) > 0,
            _obstacles(),
            button(
                "Delete my account …",
                variant="danger",
                class_name="mt-6",
                on_click=open_dialog(DIALOG),
                data_testid="delete-account",
            ),
        ),
        _question(),
        rx.cond(
            AccountDataState.deleted,
            rx.el.span(on_mount=rx.run_script(f"location.replace('{FAREWELL}')"), hidden=True),
        ),
        class_name="account-section",
    )


def _list(title: str, glyph: str, lines: tuple[str, ...]) -> rx.Component:
    return rx.el.div(
        rx.el.h3(title, class_name="font-sans text-base font-semibold tracking-normal"),
        rx.el.ul(
            *(rx.el.li(icon(glyph, class_name="text-muted"), line) for line in lines),
            class_name="mt-2 text-[0.9375rem]",
        ),
    )


def _obstacles() -> rx.Component:
    return notice(
        rx.el.p(
            "Not yet: we still need your address for an order that is under way.", class_name="font-medium"
        ),
        rx.el.ul(rx.foreach(AccountDataState.obstacles, _obstacle), class_name="mt-2 grid gap-2"),
        tone="warning",
        class_name="mt-6",
        data_testid="open-orders",
    )


def _obstacle(order: rx.Var[OpenOrder]) -> rx.Component:
    return rx.el.li(
        text_link(order.number, href=order.href),
        " ",
        badge(order.label, order.tone),
        rx.el.span(order.way_out, class_name="block"),
        key=order.number,
    )


def _question() -> rx.Component:
    return dialog(
        DIALOG,
        "Delete your account?",
        rx.cond(
            AccountDataState.problem,
            notice(AccountDataState.problem, tone="error", role="alert", class_name="mb-4"),
        ),
        rx.el.p("This can’t be undone, not even by us.", class_name="mb-5"),
        rx.el.form(
            field(
                f"Type “{WORD}” to go on",
                "word",
                error=AccountDataState.word_error,
                auto_complete="off",
                auto_capitalize="none",
                max_length=20,
            ),
            id="delete-account-form",
            on_submit=AccountDataState.delete,
            custom_attrs={"noValidate": True},
        ),
        foot=rx.el.div(
            button("Keep my account", on_click=close_dialog(DIALOG)),
            button(
                "Delete it for good",
                type="submit",
                form="delete-account-form",
                variant="danger",
                data_testid="confirm-delete-account",
            ),
            class_name="flex flex-wrap justify-end gap-3",
        ),
        on_close=AccountDataState.forget,
        data_testid="delete-account-dialog",
    )
