"""All products, filtered and paged by the address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import reflex as rx

from models.catalog import ProductStatus
from models.permissions import Permission
from services.catalog import service as catalog
from services.catalog.listing import CategoryNode, ProductPage, ProductQuery, Sort
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork, unit_of_work
from store_app.admin.states.guard import admit
from store_app.admin.states.listing import address, page_number, pages_of
from store_app.admin.view_models.filters import Chip, Choice
from store_app.admin.view_models.products import STATUS_LABELS, ProductRow, of_product
from store_app.states.parsing import short_text
from store_app.view_models.links import Pages

PATH = "/admin/products"
PAGE_SIZE = 25
SEARCH, CATEGORY = "products-search", "products-category"
"""The ids of the filter fields, which follow the address."""
MAX_PAGE = 400
"""A listing of the catalogue reaches to its 10,000th product."""


class StaffProductsState(rx.State):
    rows: tuple[ProductRow, ...] = ()
    chips: tuple[Chip, ...] = ()
    categories: tuple[Choice, ...] = ()
    category: str = ""
    pages: Pages = Pages()
    total: int = 0
    text: str = ""
    filtered: bool = False
    loaded: bool = False

    @rx.event
    async def load(self) -> Any:
        """Parameters of the address: `status`, `category`, `q`, `page`."""
        asked = self._asked()
        number = min(page_number(self.router.url.query_parameters.get("page")), MAX_PAGE)
        async with unit_of_work() as uow:
            if await admit(uow, self, Permission.MANAGE_CATALOG) is None:
                return []
            tree = await catalog.list_categories(uow)
            known = dict(categories_in(tree))
            page = await catalog.list_products(uow, _query(asked, number))
            rows = await _rows(uow, page, known)
        self.rows, self.pages = rows, pages_of(PATH, asked, number, page.total, PAGE_SIZE)
        self.chips = _chips(asked)
        self.categories = tuple(Choice(slug, name) for slug, name in categories_in(tree))
        self.category, self.text, self.total = asked["category"], asked["q"], page.total
        self.filtered = any(asked.values())
        self.loaded = True
        return [rx.set_value(SEARCH, asked["q"]), rx.set_value(CATEGORY, asked["category"])]

    def _asked(self) -> dict[str, str]:
        parameters = self.router.url.query_parameters
        status = short_text(parameters.get("status"), 20)
        return {
            "status": status if status in STATUS_LABELS else "",
            "category": short_text(parameters.get("category"), 80),
            "q": short_text(parameters.get("q"), 100),
        }


def categories_in(tree: Sequence[CategoryNode], above: str = "") -> Iterator[tuple[str, str]]:
    """Slug and name of each category, those below another after it and named with it: "Table / Glassware"."""
    for node in tree:
        name = f"{above} / {node.category.name}" if above else node.category.name
        yield node.category.slug, name
        yield from categories_in(node.children, name)


def _query(asked: dict[str, str], number: int) -> ProductQuery:
    every = frozenset(ProductStatus)
    return ProductQuery(
        q=asked["q"],
        category=asked["category"],
        sort="" if asked["q"] else Sort.NEWEST.value,
        statuses=frozenset({ProductStatus(asked["status"])}) if asked["status"] else every,
        limit=PAGE_SIZE,
        offset=(number - 1) * PAGE_SIZE,
    )


async def _rows(uow: UnitOfWork, page: ProductPage, categories: dict[str, str]) -> tuple[ProductRow, ...]:
    skus = [variant.sku for product in page.items for variant in product.variants]
    available = {sku: level.available for sku, level in (await inventory.levels(uow, skus)).items()}
    return tuple(
        of_product(product, categories.get(product.category, product.category), available)
        for product in page.items
    )


def _chips(asked: dict[str, str]) -> tuple[Chip, ...]:
    choices = [("", "All"), *STATUS_LABELS.items()]
    return tuple(
        Chip(label, -1, address(PATH, {**asked, "status": status}), current=status == asked["status"])
        for status, label in choices
    )
