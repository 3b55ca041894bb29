"""Fills the shelves with the demo catalogue, through the same service functions that staff use.

`python -m sandbox.seed [--if-empty]`; without the flag the demo products are put back as they were.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from datetime import timedelta

import httpx

from models.catalog import CategoryDraft, Image, Option, Product, ProductDraft, ProductStatus, Rating, Variant
from models.identity import STORE
from models.ids import now
from models.money import Money
from models.pricing import TaxClass
from sandbox.artwork import ViewName, draw, scene
from sandbox.catalogue import Catalogue, CategorySeed, ProductSeed, load
from sandbox.errors import SandboxError
from sandbox.past_orders import trade
from sandbox.price_lists import seed_price_lists
from sandbox.promotions import seed_first_promotions, seed_promotions
from sandbox.stock_rooms import furnish
from services.bootstrap import Resources, open_resources
from services.catalog import service as catalog
from services.catalog.history import set_history
from services.going_live import SANDBOX_PREFIXES
from services.media import service as media
from services.unit_of_work import UnitOfWork, unit_of_work

CURRENCY = "GBP"
VIEWS: tuple[ViewName, ...] = ("front", "detail")


async def seed(*, if_empty: bool) -> None:
    """Write the demo catalogue. With `if_empty`, only into a store without categories; another one gets what there was
    nothing of when it was filled."""
    started = time.perf_counter()
    async with open_resources() as resources:
        await catalog.ensure_indexes(resources.documents)
        async with unit_of_work() as uow:
            known = await catalog.list_categories(uow)
        if known and if_empty:
            await seed_price_lists()
            await seed_first_promotions()
            return
        goods = load()
        await _seed_categories(goods)
        for number, product in enumerate(goods.products, start=1):
            await _seed_product(goods, product)
            print(f"{number} of {len(goods.products)} products", flush=True)
        await seed_price_lists()
        await furnish(goods)
        if not known and await _gateway_is_sandbox(resources):
            print("two weeks of orders", flush=True)
            await trade(goods)
        await seed_promotions()
    print(f"seeded in {time.perf_counter() - started:.1f} s")


async def _gateway_is_sandbox(resources: Resources) -> bool:
    """Nothing is ever charged at a gateway of the user's own."""
    if not resources.settings.payment_gateway_secret_key.get_secret_value().startswith(SANDBOX_PREFIXES):
        return False
    try:
        await resources.http.get(f"{resources.settings.payment_gateway_url}/health")
    except httpx.HTTPError:
        return False
    return True


async def _seed_categories(goods: Catalogue) -> None:
    for entry in sorted(goods.categories, key=lambda category: category.parent is not None):
        async with unit_of_work() as uow:
            draft = CategoryDraft(
                slug=entry.slug,
                name=entry.name,
                parent=entry.parent,
                position=entry.position,
                description=entry.description,
                image_url=await _category_image(uow, entry, goods),
            )
            if await _category_exists(uow, entry.slug):
                await catalog.update_category(uow, entry.slug, draft, by=STORE)
            else:
                await catalog.create_category(uow, draft, by=STORE)


async def _category_exists(uow: UnitOfWork, slug: str) -> bool:
    tree = await catalog.list_categories(uow)
    return any(
        slug in (node.category.slug, *(child.category.slug for child in node.children)) for node in tree
    )


async def _category_image(uow: UnitOfWork, entry: CategorySeed, goods: Catalogue) -> str:
    """An upper category has a scene; a lower one shows the product of it that sells best."""
    if entry.parent is None:
        return await _store(uow, scene(entry.slug))
    best = max((item for item in goods.products if item.category == entry.slug), key=lambda item: item.sold)
    return await _store(uow, draw(best.art_type, best.variants[0].colour_art, "front", ground=entry.parent))


async def _seed_product(goods: Catalogue, entry: ProductSeed) -> None:
    async with unit_of_work() as uow:
        draft = await _draft(uow, goods, entry)
        stock = {variant.sku: variant.on_hand for variant in entry.variants}
        product = await _write(uow, draft, stock)
        await set_history(
            uow,
            product,
            rating=Rating(average=entry.rating_average, count=entry.rating_count),
            sold=entry.sold,
            published_at=now() - timedelta(days=entry.published_days_ago),
        )


async def _write(uow: UnitOfWork, draft: ProductDraft, stock: dict[str, int]) -> Product:
    known = await catalog.variants_by_sku(uow, [draft.variants[0].sku])
    if known:
        return await catalog.replace_product(
            uow, draft.slug, draft, expected_version=None, stock=stock, by=STORE
        )
    return await catalog.create_product(uow, draft, stock=stock, by=STORE)


async def _draft(uow: UnitOfWork, goods: Catalogue, entry: ProductSeed) -> ProductDraft:
    return ProductDraft(
        slug=entry.slug,
        title=entry.title,
        subtitle=entry.subtitle,
        brand=entry.brand,
        category=entry.category,
        description=entry.description,
        details=list(entry.details),
        care=entry.care,
        options=[Option(name=option.name, values=list(option.values)) for option in entry.options],
        attributes=dict(entry.attributes),
        variants=[
            Variant(
                sku=variant.sku,
                options=dict(variant.options),
                price=Money(variant.price, CURRENCY),
                compare_at_price=Money(variant.compare_at_price, CURRENCY)
                if variant.compare_at_price
                else None,
                weight_grams=variant.weight_g,
            )
            for variant in entry.variants
        ],
        images=await _images(uow, goods, entry),
        tags=list(entry.tags),
        tax_class=TaxClass(entry.tax_class),
        status=ProductStatus.ACTIVE,
    )


async def _images(uow: UnitOfWork, goods: Catalogue, entry: ProductSeed) -> list[Image]:
    """Each look from the front and in detail, marked with the option that decides it."""
    ground = goods.parent_of(entry.category)
    images: list[Image] = []
    for options, colour in _looks(entry):
        named = "".join(f", {value.lower()}" for value in options.values())
        for view in VIEWS:
            closer = "" if view == "front" else ", a closer look"
            images.append(
                Image(
                    url=await _store(uow, draw(entry.art_type, colour, view, ground=ground)),
                    alt=f"{entry.title}{named}{closer}",
                    width=800,
                    height=1000,
                    options=options,
                )
            )
    return images


def _looks(entry: ProductSeed) -> list[tuple[dict[str, str], str]]:
    """The different looks of a product: the value of the option that decides the colour, and that colour."""
    colours = {variant.colour_art for variant in entry.variants}
    if len(colours) == 1:
        return [({}, colours.pop())]
    for option in entry.options:
        by_value = {
            value: {variant.colour_art for variant in entry.variants if variant.options[option.name] == value}
            for value in option.values
        }
        if all(len(found) == 1 for found in by_value.values()):
            return [({option.name: value}, found.pop()) for value, found in by_value.items()]
    raise SandboxError(f"{entry.slug}: no single option decides the colour of its variants.")


async def _store(uow: UnitOfWork, drawing: str) -> str:
    return await media.store_image(uow, drawing.encode(), "image/svg+xml", by=STORE)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--if-empty", action="store_true", help="leave the goods of a store alone that has some"
    )
    asyncio.run(seed(if_empty=parser.parse_args().if_empty))
