"""From what is saved for later to how it is shown."""

from __future__ import annotations

from models.saved import SavedReason
from models.stock import StockStatus
from services.cart.service import SavedLine
from store_app.view_models.cart import SavedLineView

_REASONS = {
    SavedReason.CHOSEN: "",
    SavedReason.SHORT: "Saved when you signed in: there were not enough for all.",
    SavedReason.SOLD_OUT: "Saved when you signed in: it was sold out.",
    SavedReason.TOO_MANY: "Saved because a cart takes 99 of each.",
    SavedReason.UNAVAILABLE: "Saved when you signed in: it was not sold at the time.",
    SavedReason.LEFT_OUT: "From before you signed in.",
}


def view_of(line: SavedLine) -> SavedLineView:
    product, variant = line.product, line.variant
    pictures = product.images_for(variant.options) if product and variant else []
    stock, tone = _stock(line)
    return SavedLineView(
        sku=line.sku,
        title=line.title or "No longer available",
        href=f"/product/{product.slug}?sku={line.sku}" if product and line.on_sale else "",
        options=variant.label() if variant else line.sku,
        image_url=pictures[0].url if pictures else "",
        quantity=line.quantity,
        price=line.unit_price.format(),
        note=_price_note(line) or _REASONS[line.reason],
        stock=stock,
        stock_tone=tone,
        movable=line.on_sale and line.available > 0,
    )


def _price_note(line: SavedLine) -> str:
    known = line.unit_price.currency == line.seen_price.currency
    if not known or line.unit_price == line.seen_price:
        return ""
    return f"It was {line.seen_price.format()} when you last saw it."


def _stock(line: SavedLine) -> tuple[str, str]:
    if not line.on_sale:
        return "No longer sold", "error"
    match StockStatus.of(line.available):
        case StockStatus.OUT_OF_STOCK:
            return "Sold out", "error"
        case StockStatus.LOW_STOCK:
            return f"Only {line.available} left", "warning"
    return (
        ("In stock", "success") if line.available >= line.quantity else (f"{line.available} left", "warning")
    )
