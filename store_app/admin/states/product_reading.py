"""From a stored product to the form it is edited in."""

from __future__ import annotations

from collections.abc import Mapping

from models.catalog import Option, Product
from models.stock import StockLevel
from store_app.admin.states.prices import price_text
from store_app.admin.states.product_rows import settled
from store_app.admin.view_models.product_form import (
    AttributeRow,
    OptionRow,
    PictureRow,
    ProductForm,
    ValueRow,
    VariantRow,
)


def new_form() -> ProductForm:
    """An empty product: no options, one variant."""
    return settled(ProductForm(variants=(VariantRow(key="variant0"),)))


def form_of(product: Product, levels: Mapping[str, StockLevel]) -> ProductForm:
    """Row keys follow from the position, so that the same stored product gives the same keys again."""
    options = tuple(_option(index, option) for index, option in enumerate(product.options))
    value_keys = {(option.name, value.text): value.key for option in options for value in option.value_rows}
    variants = tuple(
        VariantRow(
            key=f"variant{index}",
            choices=tuple(value_keys[option.name, variant.options[option.name]] for option in options),
            sku=variant.sku,
            price=price_text(variant.price),
            compare_at=price_text(variant.compare_at_price) if variant.compare_at_price else "",
            weight=str(variant.weight_grams),
            stock=str(levels[variant.sku].on_hand),
            reserved=levels[variant.sku].reserved,
            known_sku=variant.sku,
            known_stock=str(levels[variant.sku].on_hand),
        )
        for index, variant in enumerate(product.variants)
    )
    pictures = tuple(
        PictureRow(
            key=f"picture{index}",
            url=image.url,
            alt=image.alt,
            width=image.width,
            height=image.height,
            shows="+".join(
                value_keys[name, value]
                for name, value in image.options.items()
                if (name, value) in value_keys
            ),
        )
        for index, image in enumerate(product.images)
    )
    return settled(
        ProductForm(
            id=str(product.id),
            slug_now=product.slug,
            status_now=product.status.value,
            tax_class=product.tax_class.value,
            title=product.title,
            slug=product.slug,
            subtitle=product.subtitle,
            brand=product.brand,
            category=product.category,
            description=product.description,
            details="\n".join(product.details),
            care=product.care,
            tags=", ".join(product.tags),
            status=product.status.value,
            options=options,
            attributes=tuple(
                AttributeRow(f"attribute{index}", name, value)
                for index, (name, value) in enumerate(product.attributes.items())
            ),
            variants=variants,
            pictures=pictures,
        )
    )


def _option(index: int, option: Option) -> OptionRow:
    values = tuple(ValueRow(f"value{index}-{place}", text) for place, text in enumerate(option.values))
    return OptionRow(f"option{index}", option.name, values)
