"""One's own orders."""

from __future__ import annotations

import reflex as rx

from store_app.components.account_menu import sign_in_href
from store_app.components.controls import link_button, text_link
from store_app.components.counting import count_of
from store_app.components.feedback import badge, empty_state, loading, skeleton
from store_app.components.navigation import pagination
from store_app.components.page import page
from store_app.components.product import picture
from store_app.states.orders import OrdersState
from store_app.states.session import SessionState
from store_app.view_models.order import OrderCard

LOADS = (OrdersState.load,)


def orders() -> rx.Component:
    return page(
        rx.el.div(
            rx.el.h1("Your orders"),
            rx.cond(
                OrdersState.ready & (rx.State.is_hydrated | (count_of(OrdersState.cards) > 0)),
                _shown(),
                _waiting(),
            ),
            class_name="wrap wrap-narrow wrap-tall",
        )
    )


def _shown() -> rx.Component:
    return rx.fragment(
        rx.cond(
            ~SessionState.signed_in & (count_of(OrdersState.cards) > 0),
            rx.el.p(
                "These are the orders of this browser. ",
                text_link("Sign in", href=sign_in_href(), reload=True),
                " to see those of your account.",
                class_name="mt-3 text-muted",
            ),
        ),
        rx.cond(
            count_of(OrdersState.cards) > 0,
            rx.el.ul(rx.foreach(OrdersState.cards, _card), class_name="order-cards", data_testid="orders"),
            _nothing(),
        ),
        pagination(OrdersState.pages),
    )


def _nothing() -> rx.Component:
    return empty_state(
        "No orders yet",
        rx.cond(
            SessionState.signed_in,
            "What you order appears here, with all that happens to it on its way.",
            "What you order in this browser appears here. Orders of an account show once you are signed in.",
        ),
        link_button("Find something good", href="/", variant="primary"),
        rx.cond(~SessionState.signed_in, link_button("Sign in", href=sign_in_href(), reload=True)),
        data_testid="orders-empty",
    )


def _card(card: rx.Var[OrderCard]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.h2(
                    rx.el.a(card.number, href=f"/order/{card.id}", class_name="order-card-link"),
                    class_name="text-xl",
                ),
                badge(card.label, card.tone, data_testid="order-status"),
                class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
            ),
            rx.el.p(card.summary, class_name="line-clamp-2"),
            rx.el.p(card.placed, class_name="text-sm text-muted"),
            class_name="grid min-w-0 flex-1 gap-0.5",
        ),
        rx.el.div(
            rx.foreach(
                card.pictures, lambda url: rx.el.div(picture(url, ""), class_name="order-card-picture")
            ),
            rx.cond(card.more > 0, rx.el.span("+", card.more, class_name="order-card-more")),
            class_name="order-card-pictures",
            aria_hidden=True,
        ),
        rx.el.div(
            rx.el.p(card.total, class_name="price font-medium"),
            rx.cond(
                card.unpaid,
                rx.el.span("Complete payment", class_name="text-sm text-accent-strong", aria_hidden=True),
            ),
            class_name="min-w-24 text-right",
        ),
        key=card.id,
        class_name="order-card",
        data_testid="order-card",
    )


def _waiting() -> rx.Component:
    return loading(*(skeleton("h-20 w-full mt-6") for _ in range(3)), label="Loading your orders")
