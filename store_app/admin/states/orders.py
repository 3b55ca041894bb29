"""All orders, filtered and paged by the address."""

from __future__ import annotations

from typing import Any

import reflex as rx

from models.order import OrderStatus
from models.permissions import Permission
from services.order import service as orders
from services.unit_of_work import unit_of_work
from store_app.admin.states.guard import admit
from store_app.admin.states.listing import address, page_number, pages_of
from store_app.admin.view_models.filters import Chip
from store_app.admin.view_models.orders import STATUS_LABELS, OrderRow, of_row
from store_app.states.parsing import short_text
from store_app.view_models.links import Pages

PATH = "/admin/orders"
PAGE_SIZE = 25
SEARCH = "orders-search"
"""The id of the search field, which follows the address."""


class StaffOrdersState(rx.State):
    rows: tuple[OrderRow, ...] = ()
    chips: tuple[Chip, ...] = ()
    pages: Pages = Pages()
    total: int = 0
    text: str = ""
    filtered: bool = False
    loaded: bool = False

    @rx.event
    async def load(self) -> Any:
        """Parameters of the address: `status`, `q` (part of a number or e-mail), `page`."""
        asked = self.router.url.query_parameters
        status = _known_status(asked.get("status"))
        text = short_text(asked.get("q"), 100)
        number = page_number(asked.get("page"))
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.VIEW_ORDERS) is None:
                return None
            offset = (number - 1) * PAGE_SIZE
            page = await orders.list_all_orders(uow, status=status, text=text, limit=PAGE_SIZE, offset=offset)
            counts = await orders.counts_by_status(uow)
        self.rows = tuple(of_row(summary.order, summary.items) for summary in page.items)
        self.chips = _chips(status, text, counts)
        self.pages = pages_of(PATH, {"status": status, "q": text}, number, page.total, PAGE_SIZE)
        self.total, self.text, self.filtered = page.total, text, bool(status or text)
        self.loaded = True
        return rx.set_value(SEARCH, text)


def _known_status(text: object) -> str:
    return text if isinstance(text, str) and text in STATUS_LABELS else ""


def _chips(status: str, text: str, counts: dict[str, int]) -> tuple[Chip, ...]:
    everything = Chip("All", sum(counts.values()), address(PATH, {"q": text}), current=not status)
    return (
        everything,
        *(
            Chip(
                STATUS_LABELS[each],
                counts.get(each, 0),
                address(PATH, {"status": each.value, "q": text}),
                current=each == status,
            )
            for each in OrderStatus
        ),
    )
