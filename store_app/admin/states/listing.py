"""Lists whose filters and page live in the address."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from store_app.states.parsing import short_text
from store_app.view_models.links import Pages


def page_number(text: object) -> int:
    """The page asked for, from 1; anything that is no number means the first."""
    digits = short_text(text, 4)
    return max(1, int(digits)) if digits.isascii() and digits.isdigit() else 1


def address(path: str, parameters: Mapping[str, str]) -> str:
    """A path with those parameters that have a value."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{query}" if query else path


def pages_of(path: str, parameters: Mapping[str, str], number: int, total: int, size: int) -> Pages:
    """Where a list of `total` entries stands at page `number`, `size` a page."""
    count = max(1, -(-total // size))

    def at(page: int) -> str:
        return address(path, {**parameters, "page": str(page) if page > 1 else ""})

    return Pages(
        number=number,
        count=count,
        previous=at(min(number - 1, count)) if number > 1 else "",
        next=at(number + 1) if number < count else "",
    )
