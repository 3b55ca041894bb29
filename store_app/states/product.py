"""The product page: the product, and which of its variants is chosen."""

from __future__ import annotations

import asyncio

import reflex as rx

from models.catalog import Product
from services.catalog import service as catalog
from services.errors import NotFound
from services.inventory import service as inventory
from services.unit_of_work import unit_of_work
from store_app.states.card_view import cards_of
from store_app.states.choosing import choose, first_choice
from store_app.states.currency import prices_of
from store_app.states.parsing import last_segment, short_text
from store_app.states.product_view import choice_of, detail_of
from store_app.view_models.catalog import Card, Choice, ProductDetail


class ProductState(rx.State):
    """`shown` is the slug of what the page shows, also when there is no such product."""

    shown: str = ""
    missing: bool = False
    product: ProductDetail = ProductDetail()
    choice: Choice = Choice()
    related: list[Card] = []
    _product: Product | None = None
    _stock: dict[str, int] = {}

    @rx.event
    async def load(self) -> None:
        slug = last_segment(self.router.url.path)
        sku = short_text(self.router.url.query_parameters.get("sku", ""), 48)
        try:
            async with unit_of_work() as uow:
                product = await catalog.get_product(uow, slug)
                related, tree = await asyncio.gather(
                    catalog.related_products(uow, product), catalog.list_categories(uow)
                )
                levels = await inventory.levels(uow, [variant.sku for variant in product.variants])
                prices = await prices_of(uow, self)
                cards = await cards_of(uow, map(prices.product, related))
        except NotFound:
            self.shown, self.missing, self._product = slug, True, None
            return
        product = prices.product(product)
        self._product = product
        self._stock = {code: level.available for code, level in levels.items()}
        self.product = detail_of(product, tree)
        self.choice = choice_of(product, first_choice(product, sku, self._stock), self._stock)
        self.related = list(cards)
        self.shown, self.missing = slug, False

    @rx.event
    async def choose(self, option: str, value: str) -> None:
        """Asks no database: what is chosen here is checked when it goes into the cart."""
        product = self._product
        current = product.variant(self.choice.sku) if product else None
        if product is None or current is None:
            return
        wanted = choose(product, current, short_text(option), short_text(value), self._stock)
        self.choice = choice_of(product, wanted, self._stock)
