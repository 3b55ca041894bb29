"""What the search field suggests while one types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product, a category (without picture) or a corrected search text."""

    label: str
    note: str
    href: str
    image_url: str = ""
