"""Products and categories the catalogue's tests write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.catalog import CategoryDraft, Option, Product, ProductDraft, ProductStatus, Variant, slugify
from models.identity import STORE
from models.money import Money
from services.catalog import service
from services.unit_of_work import unit_of_work


def variant(sku: str, price: int = 1200, *, was: int | None = None, **options: str) -> Variant:
    """A variant at `price` pence, marked down from `was`."""
    before = Money(was, "GBP") if was else None
    return Variant(sku=sku, options=options, price=Money(price, "GBP"), compare_at_price=before)


def draft(title: str, *variants: Variant, **fields: Any) -> ProductDraft:
    """A product of the mugs category; its options are those its variants have."""
    offered = variants or (variant(slugify(title).upper()),)
    values: dict[str, list[str]] = {}
    for each in offered:
        for name, value in each.options.items():
            values.setdefault(name, [])
            if value not in values[name]:
                values[name].append(value)
    defaults: dict[str, Any] = {
        "slug": slugify(title),
        "title": title,
        "category": "mugs",
        "status": ProductStatus.ACTIVE,
        "options": [Option(name=name, values=known) for name, known in values.items()],
        "variants": list(offered),
    }
    return ProductDraft(**(defaults | fields))


async def add_categories() -> None:
    """Table with mugs and plates below it, and garden with pots."""
    tree = {"table": None, "mugs": "table", "plates": "table", "garden": None, "pots": "garden"}
    async with unit_of_work() as uow:
        for position, (slug, parent) in enumerate(tree.items()):
            category = CategoryDraft(slug=slug, name=slug.capitalize(), parent=parent, position=position)
            await service.create_category(uow, category, by=STORE)


async def add(product: ProductDraft, *, stock: Mapping[str, int] | None = None) -> Product:
    """Write a product, with its units on hand by SKU."""
    async with unit_of_work() as uow:
        return await service.create_product(uow, product, stock=stock, by=STORE)


async def slugs(**query: Any) -> list[str]:
    """The products that a query lists, in order."""
    async with unit_of_work() as uow:
        page = await service.list_products(uow, service.ProductQuery(**query))
    return [product.slug for product in page.items]
