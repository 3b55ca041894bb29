"""The product page: the product, and which of its variants is chosen."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import reflex as rx

from models.catalog import Product, Variant
from models.stock import Offer
from services.catalog import service as catalog
from services.errors import NotFound
from services.inventory import service as inventory
from services.live import topics
from services.price_list import service as price_lists
from services.unit_of_work import unit_of_work
from store_app.live import Update, watch
from store_app.states.card_view import cards_of
from store_app.states.choosing import choose, first_choice
from store_app.states.currency import prices_of
from store_app.states.live_words import say
from store_app.states.parsing import last_segment, short_text
from store_app.states.product_view import WITHDRAWN, choice_of, detail_of, supply_of
from store_app.view_models.catalog import Card, Choice, ProductDetail, Supply

PAGE = "product"
"""The name under which a tab watches its product."""


class ProductState(rx.State):
    """`shown` is the slug of what the page shows, also when there is no such product."""

    shown: str = ""
    missing: bool = False
    product: ProductDetail = ProductDetail()
    choice: Choice = Choice()
    supply: Supply = Supply()
    related: list[Card] = []
    _product: Product | None = None
    _stock: dict[str, Offer] = {}

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
        self._stock = {code: level.offer() for code, level in levels.items()}
        self.product = detail_of(product, tree)
        self._show(product, first_choice(product, sku, self._stock))
        self.related = list(cards)
        self.shown, self.missing = slug, False
        self._watch(product)

    @rx.event
    async def choose(self, option: str, value: str) -> None:
        """Asks no database: what is chosen here is checked when it goes into the cart."""
        product = self._product
        current = product.variant(self.choice.sku) if product else None
        if product is None or current is None:
            return
        wanted = choose(product, current, short_text(option), short_text(value), self._stock)
        self._show(product, wanted)

    def _show(self, product: Product, variant: Variant) -> None:
        self.choice = choice_of(product, variant, self._stock)
        self.supply = supply_of(variant, self._stock)

    def _watch(self, product: Product) -> None:
        skus = [variant.sku for variant in product.variants]
        watch(self, PAGE, [topics.catalog(product.slug), *topics.stocks(skus)], refresh_product)

    def _restock(self, product: Product, variant: Variant) -> None:
        """Show what there is now; only what differs is sent."""
        choice = choice_of(product, variant, self._stock)
        repriced = (choice.price, choice.before) != (self.choice.price, self.choice.before)
        choice = replace(choice, pulse=self.choice.pulse + repriced)
        if choice != self.choice:
            self.choice = choice
        supply = replace(supply_of(variant, self._stock), pulse=self.supply.pulse)
        if supply != self.supply:
            self.supply = replace(supply, pulse=supply.pulse + (supply.text != self.supply.text))


async def refresh_product(tab: Update) -> None:
    """Stock and prices as others have left them; what somebody has chosen stays chosen."""
    page = await tab.state(ProductState)
    known, heard = page._product, tab.heard(PAGE)
    if known is None or not heard:
        return
    product = known
    if topics.catalog(known.slug) in heard:
        found = tab.news.products.get(known.slug)
        if found is None:
            page.supply = replace(WITHDRAWN, pulse=page.supply.pulse + 1)
            return
        async with unit_of_work() as uow:
            prices = await price_lists.chosen(
                uow, await tab.identity(uow), [each.sku for each in found.variants]
            )
        product = prices.product(found)
    page._stock = page._stock | {sku: offer for sku, offer in tab.news.stock.items() if product.variant(sku)}
    if product is not known:
        await _take_edited(page, product)
    variant = product.variant(page.choice.sku) or first_choice(product, "", page._stock)
    before = page.choice.price
    page._restock(product, variant)
    if page.choice.price != before:
        await say(tab.root, f"The price is now {page.choice.price}.")


async def _take_edited(page: ProductState, product: Product) -> None:
    """The product in new words; of variants that are new, the stock is read."""
    new = [variant.sku for variant in product.variants if variant.sku not in page._stock]
    if new:
        async with unit_of_work() as uow:
            levels = await inventory.levels(uow, new)
        page._stock = page._stock | {sku: level.offer() for sku, level in levels.items()}
        page._watch(product)
    page._product = product
    detail = replace(detail_of(product, []), crumbs=page.product.crumbs)
    if detail != page.product:
        page.product = detail
