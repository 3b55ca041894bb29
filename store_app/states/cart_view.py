"""From the cart of the service to the cart that is shown."""

from __future__ import annotations

from models.cart import MAX_LINE_QUANTITY
from models.money import Money
from services.cart.service import CartLine, CartView, LineProblem
from store_app.view_models.cart import CartLineView, CartSummary
from store_app.view_models.promotions import of_breakdown, of_line
from store_app.view_models.stock import made_to_order


def summary_of(view: CartView) -> CartSummary:
    subtotal = view.totals.subtotal
    goods, free = view.totals.goods, view.free_delivery
    missing = Money(max(0, free.threshold.amount - goods.amount) if free else 0, view.currency)
    return CartSummary(
        lines=tuple(_line(view, line) for line in view.lines),
        count=view.quantity,
        subtotal=subtotal.format(),
        tax_note=_tax_note(view),
        to_free_delivery=missing.format() if missing else "",
        free_delivery=f"{free.method} delivery in {free.where}" if free else "",
        free_from=free.threshold.format().removesuffix(".00") if free else "",
        tax_words=_tax_words(view),
        progress=min(100, goods.amount * 100 // free.threshold.amount) if free else 100,
        total=view.totals.total.format(),
        promotions=of_breakdown(view.totals),
        purchasable=view.purchasable,
        prices_changed=any(line.repriced for line in view.lines),
        prices_rose=any(line.unit_price.amount > line.seen_price.amount for line in view.lines),
    )


def _tax_note(view: CartView) -> str:
    """Where it goes to isn't known yet, so the taxes are those at home."""
    totals = view.totals
    if not totals.tax_included:
        return "plus tax, shown at checkout"
    return f"incl. {totals.tax_name} {totals.tax.format()}" if totals.tax else ""


def _tax_words(view: CartView) -> str:
    """What is said beside prices."""
    totals = view.totals
    return f"{totals.tax_name} included" if totals.tax_included else "Tax is added at checkout"


def _line(view: CartView, line: CartLine) -> CartLineView:
    product, variant = line.product, line.variant
    priced = view.priced_line(line.sku)
    pictures = product.images_for(variant.options) if product and variant else []
    return CartLineView(
        sku=line.sku,
        title=line.title or "No longer available",
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
        price_text=_price_text(line),
        price_amount=line.unit_price.amount,
        savings=of_line(priced.discounts) if priced else (),
    )


def _price_text(line: CartLine) -> str:
    if not line.repriced or line.problem is LineProblem.PRICE_CHANGED:
        return ""
    return f"The price was {line.seen_price.format()} and is now {line.unit_price.format()}."


def _problem_text(line: CartLine) -> str:
    match line.problem:
        case LineProblem.UNAVAILABLE:
            return "No longer sold. Remove it or save it for later to go on."
        case LineProblem.OUT_OF_STOCK:
            return "Sold out since you added it. Remove it or save it for later to go on."
        case LineProblem.SHORT:
            return f"Only {line.available} left."
        case LineProblem.PRICE_CHANGED:
            return f"The price was {line.seen_price.format()} and is now {line.unit_price.format()}."
    return ""
