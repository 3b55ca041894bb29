"""Counting in the browser."""

from __future__ import annotations

from typing import Any

import reflex as rx


def count_of(items: Any) -> rx.Var[int]:
    """How many items a Var of a list or tuple holds."""
    count: rx.Var[int] = rx.Var.create(items).length()
    return count
