"""A short message about what happened."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Toast:
    """`tone` is info, success or error; `undoable` offers the way back."""

    id: int
    text: str
    tone: str
    undoable: bool
