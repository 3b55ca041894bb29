"""From a product to its card in a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from models.catalog import Product, Variant
from models.ids import now
from models.stock import StockLevel
from services.inventory import service as inventory
from services.unit_of_work import UnitOfWork
from store_app.view_models.catalog import Card, Swatch
from store_app.view_models.swatches import COLOUR_OPTIONS, swatch

NEW_FOR = timedelta(days=45)
SHOWN_SWATCHES = 5

Wanted = Mapping[str, Collection[str]]
"""Option values somebody filters by, all in lower case: the card shows the variant they mean."""


async def cards_of(
    uow: UnitOfWork, products: Iterable[Product], wanted: Wanted | None = None
) -> tuple[Card, ...]:
    """Cards of products; one look at the stock of all of them."""
    shown = list(products)
    levels = await inventory.levels(uow, [variant.sku for product in shown for variant in product.variants])
    return tuple(card_of(product, levels, wanted or {}) for product in shown)


def card_of(product: Product, levels: Mapping[str, StockLevel], wanted: Wanted) -> Card:
    variant = _shown_variant(product, wanted)
    pictures = product.images_for(variant.options)
    cheapest = min(product.variants, key=lambda candidate: candidate.price.amount)
    several = len({candidate.price.amount for candidate in product.variants}) > 1
    sold_out = not any(levels[candidate.sku].available > 0 for candidate in product.variants)
    badge, tone = _badge(product, sold_out)
    swatches = _swatches(product)
    query = f"?{urlencode({'sku': variant.sku})}" if variant is not product.variants[0] else ""
    return Card(
        id=str(product.id),
        sku=variant.sku,
        slug=product.slug,
        href=f"/product/{product.slug}{query}",
        title=product.title,
        image_url=pictures[0].url if pictures else "",
        image_alt=pictures[0].alt if pictures else "",
        second_image_url=pictures[1].url if len(pictures) > 1 else "",
        price=cheapest.price.format(),
        prefix="From " if several else "",
        before=cheapest.compare_at_price.format() if cheapest.compare_at_price else "",
        badge=badge,
        badge_tone=tone,
        swatches=tuple(swatches[:SHOWN_SWATCHES]),
        more_swatches=max(0, len(swatches) - SHOWN_SWATCHES),
    )


def percent_off(variant: Variant) -> int:
    """The saving against the compare-at price in whole per cent, rounded down; 0 without one."""
    before = variant.compare_at_price
    return (before.amount - variant.price.amount) * 100 // before.amount if before else 0


def _shown_variant(product: Product, wanted: Wanted) -> Variant:
    def fitting(variant: Variant) -> int:
        return sum(
            value.casefold() in wanted.get(name.casefold(), ()) for name, value in variant.options.items()
        )

    return max(product.variants, key=fitting)


def _badge(product: Product, sold_out: bool) -> tuple[str, str]:
    if sold_out:
        return "Sold out", "plain"
    if saving := max(percent_off(variant) for variant in product.variants):
        return f"{saving}% off", "error"
    is_new = product.published_at is not None and now() - product.published_at < NEW_FOR
    return ("New", "accent") if is_new else ("", "plain")


def _swatches(product: Product) -> list[Swatch]:
    for option in product.options:
        if option.name.casefold() in COLOUR_OPTIONS and len(option.values) > 1:
            found = [Swatch(value, swatch(option.name, value)) for value in option.values]
            return [candidate for candidate in found if candidate.css]
    return []
