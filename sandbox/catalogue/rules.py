"""What must hold across entries for the shop to open: each fault is a sentence naming what to correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sandbox.artwork.palette import COLOURS
from sandbox.catalogue.seeds import Catalogue, CategorySeed, ProductSeed, VariantSeed


def faults(catalogue: Catalogue) -> Iterator[str]:
    """Every contradiction in the catalogue, in reading order; nothing when it is sound."""
    yield from _repeats("category slug", (category.slug for category in catalogue.categories))
    yield from _repeats("product slug", (product.slug for product in catalogue.products))
    yield from _repeats(
        "SKU", (variant.sku for product in catalogue.products for variant in product.variants)
    )
    yield from _tree_faults(catalogue.categories)
    for product in catalogue.products:
        yield from _attribute_faults(product, catalogue)
        yield from _option_faults(product)
        for variant in product.variants:
            yield from _variant_faults(variant, product)


def _repeats(noun: str, names: Iterable[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"The {noun} {name} is used {times} times."


def _tree_faults(categories: Sequence[CategorySeed]) -> Iterator[str]:
    tops = {category.slug for category in categories if category.parent is None}
    for category in categories:
        if category.parent is not None and category.parent not in tops:
            yield f"Category {category.slug} sits under {category.parent}, which is no top category."


def _attribute_faults(product: ProductSeed, catalogue: Catalogue) -> Iterator[str]:
    for name, value in product.attributes.items():
        if value not in catalogue.facets.get(name, ()):
            yield f"{product.slug} has {name} = {value}, which facets.toml does not list."


def _option_faults(product: ProductSeed) -> Iterator[str]:
    yield from _repeats(f"option of {product.slug}", (option.name for option in product.options))
    yield from _repeats(
        f"combination of {product.slug}",
        (" / ".join(variant.options.values()) for variant in product.variants),
    )
    for option in product.options:
        for value in option.values:
            if all(variant.options[option.name] != value for variant in product.variants):
                yield f"{product.slug} offers {option.name} = {value}, but no variant has it."


def _variant_faults(variant: VariantSeed, product: ProductSeed) -> Iterator[str]:
    for option in product.options:
        value = variant.options[option.name]
        if value not in option.values:
            yield f"{variant.sku} has {option.name} = {value}, not a value of {product.slug}."
    if variant.colour_art not in COLOURS:
        yield f"{variant.sku} is drawn in {variant.colour_art}, a colour the palette does not have."
    if variant.compare_at_price is not None and variant.compare_at_price <= variant.price:
        yield f"{variant.sku} is on sale, so its compare_at_price must be above its price."
