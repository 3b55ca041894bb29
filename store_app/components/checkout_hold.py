"""How long the goods are held for the shopper, above the sections of the checkout."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import button
from store_app.components.icons import icon
from store_app.states.checkout_hold import HoldState
from store_app.view_models.checkout_hold import ENDED, HELD, HOLD, ORDERED


def hold_line() -> rx.Component:
    """Counted down by assets/hold.js. The words that are spoken have places of their own, there before the words."""
    hold = HoldState.hold
    return rx.el.div(
        rx.match(
            hold.status,
            (HELD, _counting()),
            (ORDERED, _sentence("Held for you while your order waits for its payment.")),
            rx.fragment(),
        ),
        rx.el.div(rx.cond(hold.status == ENDED, _over()), role="status"),
        rx.el.p(role="status", class_name="sr-only", custom_attrs={"data-hold-told": ""}),
        _unseen("ended", HoldState.hold_ended),
        _unseen("stay", HoldState.stay),
        rx.el.script(src="/hold.js", custom_attrs={"async": True}),
        id=HOLD,
        tab_index=-1,
        hidden=hold.status == "",
        class_name=rx.cond(hold.status == ENDED, "hold hold-over", "hold"),
        custom_attrs={"data-hold": f"{hold.revision} {hold.seconds}", "data-hold-status": hold.status},
        data_testid="hold",
    )


def leaving_the_checkout() -> rx.Component:
    """Stands where only another page of the shop takes it away, no new connection of this one."""
    return rx.el.span(hidden=True, on_unmount=HoldState.leave)


def _counting() -> rx.Component:
    return rx.el.p(
        icon("clock"),
        rx.el.span(
            "Held for you for ",
            rx.el.span(
                HoldState.hold.clock,
                role="timer",
                class_name="hold-clock",
                custom_attrs={"data-hold-clock": ""},
                data_testid="hold-clock",
            ),
        ),
        class_name="hold-words",
    )


def _over() -> rx.Component:
    return rx.el.div(
        _sentence("Your items are no longer held. They are still in your cart."),
        button(
            "Hold them again",
            on_click=HoldState.hold_again.throttle(1000),
            class_name="button-small",
            data_testid="hold-again",
        ),
        class_name="hold-again",
    )


def _sentence(words: str) -> rx.Component:
    return rx.el.p(icon("clock"), rx.el.span(words), class_name="hold-words")


def _unseen(name: str, on_click: rx.EventHandler) -> rx.Component:
    """Pressed by the script: that is how it speaks to the store."""
    return rx.el.button(type="button", hidden=True, on_click=on_click, custom_attrs={f"data-hold-{name}": ""})
