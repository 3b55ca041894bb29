"""All promotions, searched and narrowed by the address."""

from __future__ import annotations

from collections import Counter
from typing import Any

import reflex as rx

from models.permissions import Permission
from models.promotion import PromotionState
from services.catalog import service as catalog
from services.promotion import service as promotions
from services.promotion.service import PromotionQuery, PromotionView
from services.unit_of_work import unit_of_work
from store_app.admin.states.guard import admit
from store_app.admin.states.listing import address
from store_app.admin.view_models.filters import Chip
from store_app.admin.view_models.promotions import STATE_LABELS, PromotionRow, of_row
from store_app.states.parsing import short_text

PATH = "/admin/promotions"
SEARCH = "promotions-search"


class StaffPromotionsState(rx.State):
    rows: tuple[PromotionRow, ...] = ()
    chips: tuple[Chip, ...] = ()
    filtered: bool = False
    loaded: bool = False

    @rx.event
    async def load(self) -> None:
        """Parameters of the address: `state`, `q`."""
        parameters: Any = self.router.url.query_parameters
        text, state = short_text(parameters.get("q"), 100), short_text(parameters.get("state"), 20)
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_CATALOG) is None:
                return
            found = await promotions.list_promotions(uow, PromotionQuery(text))
            tree = await catalog.list_categories(uow)
        names = {each.category.slug: each.category.name for node in tree for each in (node, *node.children)}
        shown = [each for each in found if each.state == state or state not in STATE_LABELS]
        self.rows = tuple(of_row(each.promotion, each.state, each.orders, names) for each in shown)
        self.chips = _chips(found, text, state if state in STATE_LABELS else "")
        self.filtered = bool(text or state)
        self.loaded = True


def _chips(found: list[PromotionView], text: str, chosen: str) -> tuple[Chip, ...]:
    counts = Counter(each.state.value for each in found)
    choices = [
        ("", "All", len(found)),
        *((s.value, STATE_LABELS[s], counts[s.value]) for s in PromotionState),
    ]
    return tuple(
        Chip(label, count, address(PATH, {"q": text, "state": state}), current=state == chosen)
        for state, label, count in choices
    )
