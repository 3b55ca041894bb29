"""Which variant is meant when somebody chooses an option's value."""

from __future__ import annotations

from collections.abc import Mapping

from models.catalog import Option, Product, Variant
from models.stock import Offer

Stock = Mapping[str, Offer]
"""What can be had of each SKU."""


def available(sku: str, stock: Stock) -> int:
    """The units that can be had."""
    offer = stock.get(sku)
    return offer.available if offer else 0


def first_choice(product: Product, sku: str, stock: Stock) -> Variant:
    """The variant of the address, else the first one in stock, else the first."""
    named = product.variant(sku)
    buyable = (variant for variant in product.variants if available(variant.sku, stock) > 0)
    return named or next(buyable, product.variants[0])


def choose(product: Product, current: Variant, name: str, value: str, stock: Stock) -> Variant:
    """The variant with this value that keeps most of what is chosen, earlier options first, then one in stock.

    An unknown option or value leaves the choice as it is.
    """
    candidates = [variant for variant in product.variants if variant.options.get(name) == value]

    def likeness(variant: Variant) -> tuple[list[bool], bool]:
        kept = [variant.options[option.name] == current.options[option.name] for option in product.options]
        return kept, available(variant.sku, stock) > 0

    return max(candidates, key=likeness, default=current)


def exists_with(product: Product, current: Variant, option: Option, value: str) -> bool:
    """Whether the value is made together with what is chosen of the options before it."""
    before = _before(product, current, option)
    return any(
        variant.options[option.name] == value and before.items() <= variant.options.items()
        for variant in product.variants
    )


def in_stock_with(product: Product, current: Variant, option: Option, value: str, stock: Stock) -> bool:
    """Whether the value can be had now, with what is chosen of the other options if that exists."""
    variant = choose(product, current, option.name, value, {})
    return available(variant.sku, stock) > 0


def _before(product: Product, current: Variant, option: Option) -> dict[str, str]:
    names = [known.name for known in product.options]
    return {name: current.options[name] for name in names[: names.index(option.name)]}
