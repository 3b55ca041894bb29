"""All promotions, searched, narrowed and paged by the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import reflex as rx

from models.permissions import Permission
from models.promotion import PromotionState
from services.catalog import service as catalog
from services.promotion import service as promotions
from services.promotion.service import PromotionQuery
from services.unit_of_work import unit_of_work
from store_app.admin.states.guard import admit
from store_app.admin.states.listing import address, page_number, pages_of
from store_app.admin.view_models.filters import Chip
from store_app.admin.view_models.promotions import STATE_LABELS, PromotionRow, of_row
from store_app.states.parsing import short_text
from store_app.view_models.links import Pages

PATH = "/admin/promotions"
PAGE_SIZE = 25
SEARCH = "promotions-search"


class StaffPromotionsState(rx.State):
    rows: tuple[PromotionRow, ...] = ()
    chips: tuple[Chip, ...] = ()
    pages: Pages = Pages()
    total: int = 0
    filtered: bool = False
    loaded: bool = False

    @rx.event
    async def load(self) -> None:
        """Parameters of the address: `state`, `q`, `page`."""
        parameters: Any = self.router.url.query_parameters
        text, state = short_text(parameters.get("q"), 100), _known_state(parameters.get("state"))
        number = page_number(parameters.get("page"))
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_CATALOG) is None:
                return
            query = PromotionQuery(text, PromotionState(state) if state else None)
            offset = (number - 1) * PAGE_SIZE
            page = await promotions.list_promotions(uow, query, limit=PAGE_SIZE, offset=offset)
            tree = await catalog.list_categories(uow)
        names = {each.category.slug: each.category.name for node in tree for each in (node, *node.children)}
        self.rows = tuple(of_row(each.promotion, each.state, each.orders, names) for each in page.items)
        self.chips = _chips(page.counts, text, state)
        self.pages = pages_of(PATH, {"state": state, "q": text}, number, page.total, PAGE_SIZE)
        self.total, self.filtered = page.total, bool(text or state)
        self.loaded = True


def _known_state(text: object) -> str:
    return text if isinstance(text, str) and text in STATE_LABELS else ""


def _chips(counts: Mapping[PromotionState, int], text: str, chosen: str) -> tuple[Chip, ...]:
    choices = [
        ("", "All", sum(counts.values())),
        *((each.value, STATE_LABELS[each], counts.get(each, 0)) for each in PromotionState),
    ]
    return tuple(
        Chip(label, count, address(PATH, {"q": text, "state": state}), current=state == chosen)
        for state, label, count in choices
    )
