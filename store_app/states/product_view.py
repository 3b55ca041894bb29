"""From a product and the chosen variant to what its page shows."""

from __future__ import annotations

from models.cart import MAX_LINE_QUANTITY
from models.catalog import Option, Product, Variant
from models.stock import Offer
from services.catalog.service import CategoryNode
from store_app.states.card_view import percent_off
from store_app.states.choosing import Stock, exists_with, in_stock_with
from store_app.view_models.catalog import (
    Choice,
    Fact,
    OptionValue,
    OptionView,
    Picture,
    ProductDetail,
    Supply,
)
from store_app.view_models.links import Link
from store_app.view_models.stock import stock_line
from store_app.view_models.swatches import swatch

WITHDRAWN = Supply("No longer sold", "error")


def detail_of(product: Product, tree: list[CategoryNode]) -> ProductDetail:
    return ProductDetail(
        id=str(product.id),
        slug=product.slug,
        title=product.title,
        subtitle=product.subtitle,
        brand=product.brand,
        crumbs=_crumbs(product, tree),
        paragraphs=tuple(
            " ".join(part.split()) for part in product.description.split("\n\n") if part.strip()
        ),
        details=tuple(product.details),
        care=product.care,
        facts=tuple(Fact(name, value) for name, value in product.attributes.items()),
        rating=f"{product.rating.average:.1f}" if product.rating.count else "",
        rating_count=f"{product.rating.count} ratings" if product.rating.count != 1 else "1 rating",
    )


def choice_of(product: Product, variant: Variant, stock: Stock) -> Choice:
    before = variant.compare_at_price
    pictures = tuple(Picture(image.url, image.alt) for image in product.images_for(variant.options))
    return Choice(
        sku=variant.sku,
        label=variant.label(),
        price=variant.price.format(),
        before=before.format() if before else "",
        saving=f"You save {(before - variant.price).format()} ({percent_off(variant)}%)" if before else "",
        options=tuple(_option(product, variant, option, stock) for option in product.options),
        pictures=pictures,
        pictures_key=pictures[0].url if pictures else "",
    )


def supply_of(variant: Variant, stock: Stock) -> Supply:
    offer = stock.get(variant.sku, Offer())
    text, tone = stock_line(offer)
    most = max(1, min(MAX_LINE_QUANTITY, offer.available))
    return Supply(text, tone, buyable=offer.available > 0, most=most)


def _option(product: Product, current: Variant, option: Option, stock: Stock) -> OptionView:
    values = tuple(
        OptionValue(
            name=value,
            css=swatch(option.name, value),
            chosen=current.options[option.name] == value,
            exists=exists_with(product, current, option, value),
            in_stock=in_stock_with(product, current, option, value, stock),
        )
        for value in option.values
    )
    return OptionView(
        name=option.name,
        chosen=current.options[option.name],
        swatches=all(value.css for value in values),
        choices=values,
        missing=_missing(product, current, option, values),
    )


def _missing(product: Product, current: Variant, option: Option, values: tuple[OptionValue, ...]) -> str:
    absent = [value.name for value in values if not value.exists]
    if not absent:
        return ""
    names = [known.name for known in product.options]
    chosen = " / ".join(current.options[name] for name in names[: names.index(option.name)])
    return f"Not made in {chosen}: {', '.join(absent)}."


def _crumbs(product: Product, tree: list[CategoryNode]) -> tuple[Link, ...]:
    links = [Link("Shop", "/")]
    for top in tree:
        for child in (top, *top.children):
            if child.category.slug == product.category:
                path = (top,) if child is top else (top, child)
                links += [Link(node.category.name, f"/c/{node.category.slug}") for node in path]
    return tuple(links)
