"""Filters and orders by prices in another currency, without a second copy of any price in the document store.

Conversion never swaps the order of two prices, so bounds are turned back into the store's currency and its order stays;
only what has a price by hand needs a place of its own. Pure, as criteria.py is.
"""

from __future__ import annotations

from models.prices import Prices
from services.document_store import Document

PLACE = "price_place"
"""The computed field that a listing with prices by hand is sorted by."""
_ROOM = 2**20
"""Places between two neighbouring amounts of the store's currency, more than there are prices by hand."""


def in_bounds(prices: Prices | None, least: int | None, most: int | None) -> Document:
    """Products with a variant whose price is within these bounds, in minor units of the prices' currency."""
    if prices is None or prices.is_home:
        return {"variants": {"$elemMatch": {"price.amount": _range(least, most)}}}
    converted = _range(
        None if least is None else prices.conversion.least(least),
        None if most is None else prices.conversion.most(most),
    )
    written = [
        sku
        for sku, known in prices.by_hand.items()
        if (least is None or least <= known.price) and (most is None or known.price <= most)
    ]
    return _either({"price.amount": converted}, prices, written)


def reduced(prices: Prices | None) -> Document:
    """Products with a variant that cost more before."""
    if prices is None or prices.is_home or not prices.by_hand:
        return {"on_sale": True}
    written = [sku for sku, known in prices.by_hand.items() if known.compare_at]
    return _either({"compare_at_price": {"$ne": None}}, prices, written)


def needs_places(prices: Prices | None) -> bool:
    """Whether the stored order by price is not the order in this currency."""
    return prices is not None and bool(prices.by_hand)


def places(prices: Prices) -> Document:
    """An expression: where a product stands by its lowest price. A price by hand comes right before the smallest amount
    that converts to as much or more; among themselves they stand in order."""
    ordered = sorted({known.price for known in prices.by_hand.values()})
    ranks = {amount: rank for rank, amount in enumerate(ordered, start=1)}
    written = {
        sku: (prices.conversion.least(known.price) - 1) * _ROOM + ranks[known.price]
        for sku, known in prices.by_hand.items()
    }
    place = {
        "$cond": [
            {"$lt": ["$$at", 0]},
            {"$multiply": ["$$variant.price.amount", _ROOM]},
            {"$arrayElemAt": [{"$literal": list(written.values())}, "$$at"]},
        ]
    }
    at = {"$indexOfArray": [{"$literal": list(written)}, "$$variant.sku"]}
    of_variant = {"$let": {"vars": {"at": at}, "in": place}}
    return {"$min": {"$map": {"input": "$variants", "as": "variant", "in": of_variant}}}


def _either(converted: Document, prices: Prices, written: list[str]) -> Document:
    by_conversion = {"variants": {"$elemMatch": {**converted, "sku": {"$nin": list(prices.by_hand)}}}}
    return {"$and": [{"$or": [by_conversion, {"variants.sku": {"$in": written}}]}]}


def _range(least: int | None, most: int | None) -> Document:
    bounds = {"$gte": least, "$lte": most}
    return {operator: amount for operator, amount in bounds.items() if amount is not None}
