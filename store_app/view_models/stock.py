"""Stock in a shopper's words."""

from __future__ import annotations

from models.stock import Offer, StockStatus


def days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def made_to_order(wait: int) -> str:
    """`wait` in days; empty for what lies on the shelf."""
    return f"Made to order: ships in about {days(wait)}" if wait else ""


def stock_line(offer: Offer) -> tuple[str, str]:
    """What can be had, and its tone."""
    if offer.made_to_order and not offer.on_shelf:
        return made_to_order(offer.backorder_days), "warning"
    match StockStatus.of(offer.on_shelf):
        case StockStatus.OUT_OF_STOCK:
            return "Sold out", "error"
        case StockStatus.LOW_STOCK if offer.made_to_order:
            return f"{offer.on_shelf} ready to ship, more in about {days(offer.backorder_days)}", "warning"
        case StockStatus.LOW_STOCK:
            return f"Only {offer.on_shelf} left", "warning"
    return "In stock", "success"
