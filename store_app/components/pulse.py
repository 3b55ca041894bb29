"""A figure that others have changed while somebody looks at it stands out for a moment."""

from __future__ import annotations

from typing import Any

import reflex as rx


def pulsing(content: Any, pulse: Any, **props: Any) -> rx.Component:
    """`pulse` counts the changes: it is 0 for what the page was loaded with, and rises with each."""
    pulsed = rx.Var.create(pulse) > 0
    return rx.el.span(content, key=f"pulse-{pulse}", class_name=rx.cond(pulsed, "pulsed", ""), **props)
