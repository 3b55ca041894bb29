"""The heart: whether a product is on the wish list.

It answers at once (assets/shop.js); WishMarks puts right what the server knows better.
"""

from __future__ import annotations

from typing import Any

import reflex as rx

from store_app.components.icons import icon
from store_app.states.wishes import WishState


class WishMarks(rx.Fragment):
    """Brings all hearts of a page in line with the wish list, also after a wish that was refused."""

    wished: rx.Var[list[str]]
    revision: rx.Var[int]

    def add_imports(self) -> dict[str, list[str]]:
        return {"react": ["useEffect"]}

    def add_hooks(self) -> list[str | rx.Var[Any]]:
        return [
            rx.Var(f"const wishedFor = {self.wished!s}", _var_data=self.wished._get_all_var_data()),
            rx.Var(f"const wishRevision = {self.revision!s}", _var_data=self.revision._get_all_var_data()),
            "useEffect(() => { document.querySelectorAll('[data-wish]').forEach((heart) => {"
            " heart.setAttribute('aria-pressed', String(wishedFor.includes(heart.dataset.wish))); });"
            " }, [wishedFor, wishRevision])",
        ]


def wish_marks() -> rx.Component:
    return WishMarks.create(wished=WishState.wished, revision=WishState.revision)


def wish_heart(
    product_id: Any, slug: Any, sku: Any, title: Any, *words: Any, class_name: str = "", **props: Any
) -> rx.Component:
    """A toggle; `words` are shown beside the heart."""
    pressed = WishState.wished.contains(product_id)
    return rx.el.button(
        icon("heart"),
        *words,
        type="button",
        aria_label=f"Wish for {title}",
        aria_pressed=rx.cond(pressed, "true", "false"),
        on_click=WishState.wish(product_id, slug, sku, ~pressed),
        class_name=f"wish-heart {class_name}".strip(),
        custom_attrs={"data-wish": product_id},
        **{"data_testid": "wish-heart", **props},
    )
