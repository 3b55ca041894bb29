"""Products in the staff list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.catalog import Product, ProductStatus
from models.stock import StockStatus

STATUS_LABELS: dict[str, str] = {
    ProductStatus.ACTIVE: "Active",
    ProductStatus.DRAFT: "Draft",
    ProductStatus.ARCHIVED: "Archived",
}
STATUS_TONES: dict[str, str] = {
    ProductStatus.ACTIVE: "success",
    ProductStatus.DRAFT: "warning",
    ProductStatus.ARCHIVED: "plain",
}


@dataclass(frozen=True, slots=True)
class ProductRow:
    """`stock_note` is empty unless some or all variants need attention."""

    slug: str
    title: str
    subtitle: str
    image_url: str
    label: str
    tone: str
    category: str
    variants: int
    stock: int
    stock_note: str
    stock_tone: str
    price: str


def of_product(product: Product, category: str, available: Mapping[str, int]) -> ProductRow:
    """`available` gives the units of each SKU that can be sold."""
    states = [StockStatus.of(available.get(variant.sku, 0)) for variant in product.variants]
    note, tone = _stock_note(states)
    return ProductRow(
        slug=product.slug,
        title=product.title,
        subtitle=product.brand or product.subtitle,
        image_url=product.images[0].url if product.images else "",
        label=STATUS_LABELS[product.status],
        tone=STATUS_TONES[product.status],
        category=category,
        variants=len(product.variants),
        stock=sum(max(0, available.get(variant.sku, 0)) for variant in product.variants),
        stock_note=note,
        stock_tone=tone,
        price=_price(product),
    )


def _stock_note(states: list[StockStatus]) -> tuple[str, str]:
    sold_out, low = states.count(StockStatus.OUT_OF_STOCK), states.count(StockStatus.LOW_STOCK)
    if sold_out == len(states):
        return "Sold out", "error"
    if sold_out:
        return f"{sold_out} sold out", "warning"
    return (f"{low} low", "warning") if low else ("", "plain")


def _price(product: Product) -> str:
    amounts = sorted((variant.price for variant in product.variants), key=lambda price: price.amount)
    lowest, highest = amounts[0].format(), amounts[-1].format()
    return lowest if lowest == highest else f"{lowest} – {highest}"
