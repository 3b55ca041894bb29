"""The pictures of a product: a strip one swipes, scrolls or steps through with the arrow keys, and its thumbs."""

from __future__ import annotations

import reflex as rx

from store_app.components.counting import count_of
from store_app.components.product import picture
from store_app.states.product import ProductState
from store_app.view_models.catalog import Picture


def gallery() -> rx.Component:
    choice = ProductState.choice
    return rx.el.div(
        rx.el.div(
            rx.foreach(choice.pictures, _slide),
            role="group",
            aria_label="Pictures",
            tab_index=0,
            class_name="gallery-strip",
            data_testid="gallery",
        ),
        rx.cond(
            count_of(choice.pictures) > 1,
            rx.el.div(rx.foreach(choice.pictures, _thumb), class_name="gallery-thumbs"),
        ),
        key=choice.pictures_key,
        class_name="gallery",
    )


def _slide(shown: rx.Var[Picture], index: rx.Var[int]) -> rx.Component:
    return picture(shown.url, shown.alt, eager=index == 0, key=shown.url)


def _thumb(shown: rx.Var[Picture], index: rx.Var[int]) -> rx.Component:
    return rx.el.button(
        picture(shown.url, "", eager=True),
        type="button",
        aria_label=f"Show picture {index + 1}",
        aria_current=rx.cond(index == 0, "true", "false"),
        key=shown.url,
        class_name="gallery-thumb",
        custom_attrs={"data-picture": index},
    )
