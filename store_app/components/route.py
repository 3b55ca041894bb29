"""What the address of the page says."""

from __future__ import annotations

import reflex as rx


def route_param(name: str) -> rx.Var[str]:
    """The value of a dynamic segment, `route_param("slug")` for `/product/[slug]`."""
    parameter: rx.Var[str] = getattr(rx.State, name)
    return parameter
