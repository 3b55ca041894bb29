"""Suggestions of the search field in the header."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import reflex as rx

from services.catalog import service as catalog
from services.unit_of_work import unit_of_work
from store_app.states.currency import prices_of
from store_app.states.parsing import short_text
from store_app.view_models.search import Suggestion

SHORTEST = 2
"""Characters from which suggestions are looked for."""


class SearchBoxState(rx.State):
    suggestions: list[Suggestion] = []

    @rx.event(supersedes=True)
    async def suggest(self, text: str) -> None:
        """A newer text cancels the look-up of an older one."""
        q = short_text(text)
        if len(q) < SHORTEST:
            self.suggestions = []
            return
        async with unit_of_work() as uow:
            found = await catalog.suggest(uow, q, await prices_of(uow, self))
        self.suggestions = _suggestions(found)

    @rx.event
    async def search(self, form: dict[str, Any]) -> Any:
        self.suggestions = []
        return rx.redirect(search_href(short_text(form.get("q"))))


def search_href(q: str) -> str:
    return f"/search?{urlencode({'q': q})}" if q else "/search"


def _suggestions(found: catalog.Suggestions) -> list[Suggestion]:
    categories = [
        Suggestion(category.name, "Category", f"/c/{category.slug}") for category in found.categories
    ]
    products = [
        Suggestion(
            product.title,
            product.price_from.format(),
            f"/product/{product.slug}",
            product.images[0].url if product.images else "",
        )
        for product in found.products
    ]
    corrected = (
        [Suggestion(found.corrected, "Did you mean", search_href(found.corrected))] if found.corrected else []
    )
    return [*categories, *products, *corrected]
