"""The stock of all articles, narrowed and paged by the address."""

from __future__ import annotations

from typing import Any

import reflex as rx

from models.catalog import ProductStatus
from models.permissions import Permission
from models.stock_location import StockLocation
from services.catalog import service as catalog
from services.catalog.listing import ProductQuery
from services.inventory import service as inventory
from services.inventory.service import LevelFilter, LevelPage
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit
from store_app.admin.states.listing import address, page_number, pages_of
from store_app.admin.view_models.filters import Chip, Choice
from store_app.admin.view_models.stock import StockRow, of_level
from store_app.states.parsing import short_text
from store_app.view_models.links import Pages

PATH = "/admin/stock"
PAGE_SIZE = 25
SEARCH, LOCATION = "stock-search", "stock-location"
"""The ids of the fields that narrow."""
MATCHING_PRODUCTS = 100
"""Products whose names fit a search that are looked through for their articles."""
SHOWN = {"": "All", "low": "Low or sold out", "backordered": "Owed to buyers"}


class StaffStockState(rx.State):
    rows: tuple[StockRow, ...] = ()
    chips: tuple[Chip, ...] = ()
    locations: tuple[Choice, ...] = ()
    location: str = ""
    pages: Pages = Pages()
    total: int = 0
    filtered: bool = False
    loaded: bool = False

    @rx.event
    async def load(self) -> Any:
        """Parameters of the address: `q`, `show` (low, backordered), `location`, `page`."""
        asked = self._asked()
        number = page_number(self.router.url.query_parameters.get("page"))
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_CATALOG) is None:
                return None
            places = await inventory.locations(uow)
            wanted = await _filter(uow, asked)
            page = await inventory.list_levels(uow, wanted, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
            rows = await _rows(uow, page, places)
        self.rows, self.total = rows, page.total
        self.chips = _chips(asked)
        self.locations = tuple(Choice(place.code, place.name) for place in places if place.active)
        self.location = asked["location"]
        self.pages = pages_of(PATH, asked, number, page.total, PAGE_SIZE)
        self.filtered = any(asked.values())
        self.loaded = True
        return rx.set_value(LOCATION, asked["location"])

    def _asked(self) -> dict[str, str]:
        parameters = self.router.url.query_parameters
        show = short_text(parameters.get("show"), 20)
        return {
            "q": short_text(parameters.get("q"), 100),
            "show": show if show in SHOWN else "",
            "location": short_text(parameters.get("location"), 40),
        }


async def _filter(uow: UnitOfWork, asked: dict[str, str]) -> LevelFilter:
    """What is typed is part of a SKU or of a product's name."""
    skus: list[str] = []
    if asked["q"]:
        query = ProductQuery(q=asked["q"], statuses=frozenset(ProductStatus), limit=MATCHING_PRODUCTS)
        products = (await catalog.list_products(uow, query)).items
        skus = [variant.sku for product in products for variant in product.variants]
    return LevelFilter(
        text=asked["q"],
        skus=skus,
        low=asked["show"] == "low",
        backordered=asked["show"] == "backordered",
        location=asked["location"],
    )


async def _rows(uow: UnitOfWork, page: LevelPage, places: list[StockLocation]) -> tuple[StockRow, ...]:
    skus = [level.sku for level in page.items]
    shelves = await inventory.shelves(uow, skus)
    found = await catalog.variants_by_sku(uow, skus) if skus else {}
    return tuple(
        of_level(level, found.get(level.sku), shelves[level.sku], places, PATH) for level in page.items
    )


def _chips(asked: dict[str, str]) -> tuple[Chip, ...]:
    return tuple(
        Chip(label, -1, address(PATH, {**asked, "show": show}), current=show == asked["show"])
        for show, label in SHOWN.items()
    )
