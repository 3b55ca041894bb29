"""My account: taking one's data along, and leaving."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_frame import account_page
from store_app.components.account_leaving import delete_account
from store_app.components.elements import hard_link
from store_app.components.feedback import skeleton
from store_app.states.account_data import AccountDataState

LOADS = (AccountDataState.load,)
FILE_NAME = "larkspur-my-data.json"


def account_data() -> rx.Component:
    return account_page(
        "/account/data",
        "Your data",
        rx.fragment(_download(), delete_account()),
        loaded=AccountDataState.loaded,
        waiting=(
            skeleton("mt-7 h-8 w-48"),
            skeleton("mt-4 h-12 w-full max-w-lg"),
            skeleton("mt-5 h-11 w-44"),
            skeleton("mt-12 h-64 w-full"),
        ),
        why="What we keep about you is here once we know that it’s you.",
    )


def _download() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Take it with you", class_name="text-xl"),
        rx.el.p(
            "Everything we keep about you in one file: your profile, addresses, orders, payments and sessions. "
            "It is JSON, which people can read and programs too.",
            class_name="mt-2 max-w-[60ch] text-muted",
        ),
        hard_link(
            "Download my data",
            href="/api/v1/me/export",
            custom_attrs={"download": FILE_NAME},
            class_name="button button-secondary mt-5",
            data_testid="download-data",
        ),
        class_name="mt-7",
    )
