"""The prices of a list, product by product: found by the address, written by hand or converted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx

from models.identity import Identity
from models.permissions import Permission
from services.errors import Conflict, Invalid, NotFound
from services.price_list import service as price_lists
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit, staff
from store_app.admin.states.listing import address, page_number, pages_of
from store_app.admin.states.price_list import follow_version
from store_app.admin.states.price_list_drafts import price_of
from store_app.admin.states.price_lists import PATH
from store_app.admin.view_models.filters import Chip
from store_app.admin.view_models.price_lists import PriceRow, of_price
from store_app.states.parsing import last_segment, short_text
from store_app.states.toasts import toast
from store_app.view_models.links import Pages

PAGE_SIZE = 20
MAX_PAGE = 500
SEARCH = "prices-search"
BY_HAND = "by-hand"


class StaffListedPricesState(rx.State):
    """`error` is about the row of `error_sku`, in which what was typed stays."""

    rows: tuple[PriceRow, ...] = ()
    chips: tuple[Chip, ...] = ()
    pages: Pages = Pages()
    total: int = 0
    text: str = ""
    only_by_hand: bool = False
    error: str = ""
    error_sku: str = ""
    loaded: bool = False

    @rx.event
    async def load(self) -> Any:
        """Parameters of the address: `q`, `show` (by-hand), `page`."""
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_CATALOG) is None:
                return None
            await self._read(uow)
        self.error = self.error_sku = ""
        self.loaded = True
        return rx.set_value(SEARCH, self.text)

    @rx.event
    async def write(self, fields: dict[str, Any]) -> None:
        """Write the price of a row down by hand."""
        sku = short_text(fields.get("sku"), 48)
        price, before = short_text(fields.get("price"), 20), short_text(fields.get("before"), 20)

        async def deed(uow: UnitOfWork, by: Identity) -> str:
            written = price_of(price, before, self._code())
            await price_lists.set_price(uow, self._code(), sku, written, by=by)
            return f"Saved the price of {sku}."

        await self._do(sku, deed)

    @rx.event
    async def convert(self, sku: str) -> None:
        """Forget the price by hand of a row."""
        wanted = short_text(sku, 48)

        async def deed(uow: UnitOfWork, by: Identity) -> str:
            await price_lists.remove_price(uow, self._code(), wanted, by=by)
            return f"The price of {wanted} is converted again."

        await self._do(wanted, deed)

    async def _do(self, sku: str, deed: Callable[[UnitOfWork, Identity], Awaitable[str]]) -> None:
        try:
            async with unit_of_work() as uow:
                identity = await staff(uow, self, Permission.MANAGE_CATALOG)
                told = await deed(uow, identity)
                version = (await price_lists.get(uow, self._code())).version
                await self._read(uow)
        except Invalid as invalid:
            self.error_sku, self.error = sku, next(iter(invalid.errors.values()), invalid.detail)
            return
        self.error = self.error_sku = ""
        await follow_version(self, version)
        await toast(self, told)

    def _code(self) -> str:
        return short_text(last_segment(self.router.url.path), 3)

    async def _read(self, uow: UnitOfWork) -> None:
        parameters = self.router.url.query_parameters
        text = short_text(parameters.get("q"), 100)
        show = BY_HAND if parameters.get("show") == BY_HAND else ""
        number = min(page_number(parameters.get("page")), MAX_PAGE)
        try:
            page = await price_lists.price_page(
                uow,
                self._code(),
                text=text,
                by_hand=bool(show),
                limit=PAGE_SIZE,
                offset=(number - 1) * PAGE_SIZE,
            )
        except Conflict:
            raise NotFound("There is no such price list.") from None
        asked = {"q": text, "show": show}
        path = f"{PATH}/{self._code()}"
        self.rows = tuple(of_price(row) for row in page.items)
        self.pages = pages_of(path, asked, number, page.total, PAGE_SIZE)
        self.chips = tuple(
            Chip(label, -1, address(path, asked | {"show": key}), current=key == show)
            for key, label in (("", "All"), (BY_HAND, "By hand"))
        )
        self.total, self.text, self.only_by_hand = page.total, text, bool(show)
