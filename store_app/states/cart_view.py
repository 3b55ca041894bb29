"""From the cart of the service to the cart that is shown."""

from __future__ import annotations

from models.cart import MAX_LINE_QUANTITY
from models.money import Money
from models.shipping import SHIPPING_METHODS
from services.cart.service import CartLine, CartView, LineProblem
from store_app.view_models.cart import CartLineView, CartSummary
from store_app.view_models.stock import made_to_order

FREE_DELIVERY_FROM = next(method.free_from for method in SHIPPING_METHODS if method.code == "standard") or 0
"""Subtotal in minor units from which standard delivery costs nothing."""


def summary_of(view: CartView) -> CartSummary:
    subtotal = view.totals.subtotal
    missing = Money(max(0, FREE_DELIVERY_FROM - subtotal.amount), view.currency)
    return CartSummary(
        lines=tuple(_line(line) for line in view.lines),
        count=view.quantity,
        subtotal=subtotal.format(),
        tax=view.totals.tax.format(),
        to_free_delivery=missing.format() if missing else "",
        progress=min(100, subtotal.amount * 100 // FREE_DELIVERY_FROM) if FREE_DELIVERY_FROM else 100,
        purchasable=view.purchasable,
        prices_changed=any(line.problem is LineProblem.PRICE_CHANGED for line in view.lines),
    )


def _line(line: CartLine) -> CartLineView:
    product, variant = line.product, line.variant
    pictures = product.images_for(variant.options) if product and variant else []
    return CartLineView(
        sku=line.sku,
        title=product.title if product else "No longer available",
        href=f"/product/{product.slug}?sku={line.sku}" if product else "",
        options=variant.label() if variant else line.sku,
        image_url=pictures[0].url if pictures else "",
        image_alt=pictures[0].alt if pictures else "",
        quantity=line.quantity,
        most=max(1, min(MAX_LINE_QUANTITY, line.available)),
        suggested=min(MAX_LINE_QUANTITY, max(0, line.available)),
        unit_price=line.unit_price.format(),
        total=line.total.format(),
        problem=line.problem.value,
        problem_text=_problem_text(line),
        wait=made_to_order(line.ships_in_days if line.sellable else 0),
    )


def _problem_text(line: CartLine) -> str:
    match line.problem:
        case LineProblem.UNAVAILABLE:
            return "No longer sold. Remove it to go on."
        case LineProblem.OUT_OF_STOCK:
            return "Sold out since you added it. Remove it to go on."
        case LineProblem.SHORT:
            return f"Only {line.available} left."
        case LineProblem.PRICE_CHANGED:
            return f"The price was {line.seen_price.format()} and is now {line.unit_price.format()}."
    return ""
