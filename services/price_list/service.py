"""Price lists: currencies to choose from, the prices in them, and what staff do to them."""

from services.price_list.overview import (
    ListSummary,
    Previewed,
    PricedVariant,
    PricePage,
    preview,
    price_page,
    summaries,
)
from services.price_list.reading import chosen, currencies, home, offered, prices, require_offered
from services.price_list.writing import PriceListDraft, change, create, get, remove_price, set_price

__all__ = [
    "ListSummary",
    "Previewed",
    "PriceListDraft",
    "PricePage",
    "PricedVariant",
    "change",
    "chosen",
    "create",
    "currencies",
    "get",
    "home",
    "offered",
    "preview",
    "price_page",
    "prices",
    "remove_price",
    "require_offered",
    "set_price",
    "summaries",
]
