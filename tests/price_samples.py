"""Price lists that tests sell by."""

from __future__ import annotations

from models.identity import STORE
from models.prices import PriceByHand
from services.price_list import service as price_lists
from services.price_list.service import PriceListDraft
from services.unit_of_work import unit_of_work


async def sell_in(
    currency: str, rate: int, *, step: int = 1, ending: int = 0, enabled: bool = True, **by_hand: int
) -> None:
    """`rate` in millionths; `by_hand` are prices of SKUs in minor units: sell_in("EUR", 1_250_000, MUG=1490)."""
    async with unit_of_work() as uow:
        await price_lists.create(uow, currency, PriceListDraft(rate, step, ending, enabled), by=STORE)
    for sku, price in by_hand.items():
        await price_by_hand(currency, sku, price)


async def price_by_hand(currency: str, sku: str, price: int, *, was: int | None = None) -> None:
    async with unit_of_work() as uow:
        await price_lists.set_price(uow, currency, sku, PriceByHand(price, was), by=STORE)


async def set_rate(currency: str, rate: int, *, enabled: bool = True) -> None:
    async with unit_of_work() as uow:
        await price_lists.change(
            uow, currency, PriceListDraft(rate, enabled=enabled), expected_version=None, by=STORE
        )
