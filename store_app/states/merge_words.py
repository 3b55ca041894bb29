"""What a sign-in did to the cart, in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.saved import MergedLine, SavedReason


def in_one_line(lines: Sequence[MergedLine], titles: Mapping[str, str]) -> str:
    """`titles` by SKU, of what is still in the catalogue."""
    added = sum(line.moved for line in lines)
    saved = [line for line in lines if line.saved]
    first = f"Added {_items(added)} from before you signed in." if added else ""
    if not saved:
        return first
    second = _one(saved[0], titles) if len(saved) == 1 else _several(saved)
    return f"{first} {second}" if first else f"From before you signed in: {second}"


def _one(line: MergedLine, titles: Mapping[str, str]) -> str:
    what = f"{line.saved} × {titles.get(line.sku) or line.name or line.sku}"
    return f"{what} {'is' if line.saved == 1 else 'are'} saved for later: {_why(line)}."


def _several(lines: Sequence[MergedLine]) -> str:
    reasons = {line.reason for line in lines}
    why = "no longer sold" if reasons == {SavedReason.UNAVAILABLE} else "there are not enough left"
    return f"{_items(sum(line.saved for line in lines))} are saved for later: {why}."


def _why(line: MergedLine) -> str:
    match line.reason:
        case SavedReason.SOLD_OUT:
            return "sold out"
        case SavedReason.UNAVAILABLE:
            return "no longer sold"
        case SavedReason.TOO_MANY:
            return "a cart takes 99 of each"
    return f"only {line.available} left"


def _items(count: int) -> str:
    return f"{count} item" if count == 1 else f"{count} items"
