"""The currencies of the demo store: euros and dollars with friendly endings, yen without decimals."""

from __future__ import annotations

from models.identity import STORE
from models.prices import PriceByHand
from services.catalog import service as catalog
from services.price_list import service as price_lists
from services.price_list.service import PriceListDraft
from services.unit_of_work import unit_of_work

HOME = "GBP"
LISTS = {
    "EUR": PriceListDraft(rate=1_170_000, step=50, enabled=True),
    "USD": PriceListDraft(rate=1_340_000, step=100, ending=95, enabled=True),
    "JPY": PriceListDraft(rate=198_500_000, step=100, enabled=True),
}
BY_HAND = {
    "EUR": {"MUG-HAR-CHA-S": 1900, "PLA-HAR-CHA-27": 2200, "BOW-KEL-SEA": 1950},
    "USD": {"MUG-HAR-CHA-S": 2200, "PLA-HAR-CHA-27": 2400},
    "JPY": {"MUG-HAR-CHA-S": 3300, "BOW-KEL-SEA": 3480},
}
"""Prices of some SKUs in minor units, which no conversion would give."""


async def seed_price_lists() -> None:
    """Make the lists that are not there yet; what staff changed since stays as it is, and goods they deleted are left
    out. A list is there with its prices by hand or not at all. The rates are those of the pound."""
    for currency, draft in LISTS.items():
        async with unit_of_work() as uow:
            if uow.settings.currency != HOME:
                return
            if any(each.price_list.currency == currency for each in await price_lists.summaries(uow)):
                continue
            await price_lists.create(uow, currency, draft, by=STORE)
            prices = BY_HAND[currency]
            for sku in await catalog.variants_by_sku(uow, list(prices)):
                await price_lists.set_price(uow, currency, sku, PriceByHand(prices[sku]), by=STORE)
