"""What is saved for later: the list below the cart, and the word about it in the drawer."""

from __future__ import annotations

import reflex as rx

from store_app.components.controls import button, icon_button, text_link
from store_app.components.counting import count_of
from store_app.components.icons import icon
from store_app.components.product import picture
from store_app.states.saved import SavedState
from store_app.view_models.cart import SavedLineView

SAVED = "saved"
"""Id of the list on the cart page."""


def saved_items() -> rx.Component:
    """Nothing at all while nothing is saved."""
    return rx.cond(
        count_of(SavedState.lines) > 0,
        rx.el.section(
            rx.el.h2("Saved for later", id=SAVED, class_name="text-xl"),
            rx.el.ul(rx.foreach(SavedState.lines, _line), class_name="cart-lines mt-5"),
            aria_labelledby=SAVED,
            class_name="saved-items",
            data_testid="saved-items",
        ),
    )


def saved_hint() -> rx.Component:
    """In the drawer: that there is more, and where."""
    count = count_of(SavedState.lines)
    return rx.cond(
        count > 0,
        rx.el.p(
            icon("bookmark", class_name="size-4"),
            text_link(
                rx.cond(count == 1, "1 thing saved for later", f"{count} things saved for later"),
                href=f"/cart#{SAVED}",
                class_name="py-3",
            ),
            class_name="mt-4 flex items-center gap-2 border-t pt-2 text-sm",
            data_testid="saved-hint",
        ),
    )


def save_button(sku: rx.Var[str], title: rx.Var[str]) -> rx.Component:
    """For a line of the cart. On a phone the sign alone has to do."""
    return rx.el.button(
        icon("bookmark", class_name="sm:hidden"),
        rx.el.span("Save for later", class_name="hidden sm:inline", aria_hidden=True),
        type="button",
        aria_label=f"Save for later: {title}",
        on_click=SavedState.save(sku),
        class_name="save-button",
        data_testid="save-for-later",
    )


def _line(line: rx.Var[SavedLineView]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(line.image_url, picture(line.image_url, ""), rx.el.span(class_name="picture")),
            class_name="saved-picture",
        ),
        rx.el.div(
            rx.cond(
                line.href,
                rx.el.a(line.title, href=line.href, class_name="font-medium hover:underline"),
                rx.el.span(line.title, class_name="font-medium"),
            ),
            rx.el.p(line.options, class_name="text-sm text-muted"),
            rx.el.p(
                rx.el.span(line.quantity, " × ", line.price, class_name="price"),
                rx.el.span(" · ", aria_hidden=True),
                rx.el.span(line.stock, class_name=f"saved-{line.stock_tone}"),
                class_name="mt-0.5 text-sm",
            ),
            rx.cond(
                line.note,
                rx.el.p(line.note, class_name="mt-0.5 text-sm text-muted", data_testid="saved-note"),
            ),
            class_name="min-w-0 flex-1",
        ),
        rx.el.div(
            button(
                "Move to cart",
                rx.el.span(": ", line.title, class_name="sr-only"),
                on_click=SavedState.move_to_cart(line.sku),
                disabled=~line.movable,
                class_name="saved-move",
                data_testid="move-to-cart",
            ),
            icon_button(
                "trash",
                f"Remove {line.title}",
                on_click=SavedState.remove(line.sku),
                class_name="-mr-3 text-muted hover:text-ink",
                data_testid="remove-saved",
            ),
            class_name="saved-actions",
        ),
        key=line.sku,
        class_name="saved-line",
        data_testid="saved-line",
        custom_attrs={"data-sku": line.sku},
    )
