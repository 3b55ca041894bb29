"""The home page."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import reflex as rx

from services.catalog import service as catalog
from services.catalog.service import CategoryNode, ProductQuery, Sort
from services.unit_of_work import unit_of_work
from store_app.states.card_view import cards_of
from store_app.states.currency import prices_of
from store_app.view_models.catalog import CategoryTile, HomeView

ROW = 4


class HomeState(rx.State):
    home: HomeView = HomeView()
    ready: bool = False

    @rx.event
    async def load(self) -> None:
        async with unit_of_work() as uow:
            any_product = ProductQuery(limit=ROW, prices=await prices_of(uow, self))
            in_stock = replace(any_product, in_stock=True)
            tree, featured, new, on_sale = await asyncio.gather(
                catalog.list_categories(uow),
                catalog.list_products(uow, replace(any_product, tags=("featured",))),
                catalog.list_products(uow, replace(in_stock, sort=Sort.NEWEST)),
                catalog.list_products(uow, replace(in_stock, on_sale=True)),
            )
            cards = iter(await cards_of(uow, [*featured.items, *new.items, *on_sale.items]))
        self.home = HomeView(
            departments=tuple(_tile(node) for node in tree),
            featured=tuple(next(cards) for _ in featured.items),
            new=tuple(next(cards) for _ in new.items),
            on_sale=tuple(next(cards) for _ in on_sale.items),
        )
        self.ready = True


def _tile(node: CategoryNode) -> CategoryTile:
    category = node.category
    return CategoryTile(category.name, f"/c/{category.slug}", category.description, category.image_url)
