"""Forms whose button puts something into the cart: each press has a key, by which the store does it once."""

from __future__ import annotations

from typing import Any

import reflex as rx


def press_form(*content: Any, on_submit: Any, **props: Any) -> rx.Component:
    """`assets/shop.js` gives each press its key; the second half of a double click is the same press."""
    return rx.el.form(
        rx.el.input(type="hidden", name="press", default_value=""), *content, on_submit=on_submit, **props
    )
