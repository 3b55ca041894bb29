"""What others have changed about a cart that is being looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models.cart import MAX_LINE_QUANTITY
from store_app.view_models.cart import CartLineView, CartSummary

_SHORT = ("short", "out_of_stock")


def needs_reading(line: CartLineView, available: int) -> bool:
    """Whether so many units make another line of it, with other words and sums; else only what can be chosen moves."""
    if line.problem == "unavailable":
        return False
    if line.problem in _SHORT:
        return line.suggested != min(MAX_LINE_QUANTITY, max(0, available))
    return available < line.quantity


def with_room(cart: CartSummary, available: Mapping[str, int]) -> CartSummary:
    """The cart with the quantities that can be chosen now."""
    return replace(cart, lines=tuple(_with_room(line, available.get(line.sku)) for line in cart.lines))


def marked(before: CartSummary, after: CartSummary) -> CartSummary:
    """`after`, with a pulse at each line and sum that is not as it was."""
    known = {line.sku: line for line in before.lines}
    lines = tuple(_marked(known.get(line.sku), line) for line in after.lines)
    return replace(after, lines=lines, pulse=before.pulse + (before.subtotal != after.subtotal))


def in_words(before: CartSummary, after: CartSummary) -> str:
    """The change in a sentence; empty when it is none that matters."""
    known = {line.sku: line.problem_text for line in before.lines}
    for line in after.lines:
        if line.problem_text and line.problem_text != known.get(line.sku, ""):
            return f"{line.title}: {line.problem_text}"
    if before.count != after.count:
        return "Your cart is empty now." if not after.count else f"{after.count} in your cart now."
    return ""


def _with_room(line: CartLineView, available: int | None) -> CartLineView:
    if available is None or line.problem in (*_SHORT, "unavailable"):
        return line
    most = min(MAX_LINE_QUANTITY, available)
    return replace(line, most=max(1, most), suggested=max(0, most))


def _marked(before: CartLineView | None, after: CartLineView) -> CartLineView:
    if before is None:
        return replace(after, pulse=1)
    told = (before.quantity, before.total, before.problem_text)
    return replace(after, pulse=before.pulse + (told != (after.quantity, after.total, after.problem_text)))
