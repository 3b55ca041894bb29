"""Finding products by their price in another currency."""

from __future__ import annotations

import random

import pytest

from models.catalog import Product
from models.prices import Prices
from services.catalog import service as catalog
from services.catalog.service import ProductQuery
from services.errors import Invalid
from services.price_list import service as price_lists
from services.unit_of_work import unit_of_work
from tests.catalog_samples import add, add_categories, draft, variant
from tests.price_samples import price_by_hand, sell_in

pytestmark = pytest.mark.usefixtures("resources")

GOODS = {"cup": 450, "mug": 1200, "jug": 2000, "pot": 2001, "vat": 9000}


async def shelve() -> None:
    """Goods of one variant each, and a set whose two variants cost £15.00 and £30.00."""
    await add_categories()
    for slug, amount in GOODS.items():
        await add(draft(slug, variant(slug.upper(), amount)))
    small, large = variant("SET-S", 1500, Size="Small"), variant("SET-L", 3000, Size="Large")
    await add(draft("set", small, large))


async def prices_in(currency: str) -> Prices:
    async with unit_of_work() as uow:
        return await price_lists.offered(uow, currency)


async def found(currency: str, **query: object) -> list[Product]:
    prices = await prices_in(currency)
    async with unit_of_work() as uow:
        return (await catalog.list_products(uow, ProductQuery(prices=prices, **query))).items  # type: ignore[arg-type]


async def found_slugs(currency: str, **query: object) -> set[str]:
    return {product.slug for product in await found(currency, **query)}


async def test_a_product_shown_at_a_price_is_found_up_to_that_price() -> None:
    await shelve()
    await sell_in("EUR", 1_250_000, VAT=1000)
    for product in await found("EUR"):
        price = product.price_from.amount
        assert product.slug in await found_slugs("EUR", price_min=price, price_max=price)
        assert product.slug in await found_slugs("EUR", price_max=price)
        assert product.slug not in await found_slugs("EUR", price_max=price - 1)


async def test_bounds_find_exactly_what_is_shown_within_them() -> None:
    await shelve()
    await sell_in("JPY", 190_500_000, step=100, CUP=5000)
    await price_by_hand("JPY", "SET-L", 900)
    everything = await found("JPY")
    for seed in range(12):
        least, most = sorted(random.Random(seed).sample(range(500, 20_000), 2))
        shown = {
            product.slug
            for product in everything
            if any(least <= each.price.amount <= most for each in product.variants)
        }
        assert await found_slugs("JPY", price_min=least, price_max=most) == shown


@pytest.mark.parametrize("sort", ["price", "-price"])
async def test_the_order_by_price_is_that_of_the_prices_shown_also_over_pages(sort: str) -> None:
    await shelve()
    await sell_in("EUR", 1_250_000, VAT=1400, MUG=2500)
    await price_by_hand("EUR", "SET-S", 2501)
    prices = await prices_in("EUR")
    amounts: list[int] = []
    cursor = ""
    for _ in range(4):
        async with unit_of_work() as uow:
            page = await catalog.list_products(
                uow, ProductQuery(prices=prices, sort=sort, limit=2, cursor=cursor)
            )
        amounts += [product.price_from.amount for product in page.items]
        cursor = page.next_cursor or ""
        if not cursor:
            break
    expected = [563, 1400, 2500, 2500, 2501, 2501]
    assert amounts == (expected if sort == "price" else expected[::-1])


async def test_a_cursor_of_another_currency_s_order_is_refused() -> None:
    await shelve()
    await sell_in("EUR", 1_250_000, MUG=2500)
    prices = await prices_in("EUR")
    async with unit_of_work() as uow:
        first = await catalog.list_products(uow, ProductQuery(prices=prices, sort="price", limit=2))
        with pytest.raises(Invalid) as refusal:
            await catalog.list_products(
                uow, ProductQuery(sort="price", limit=2, cursor=first.next_cursor or "")
            )
    assert "currency" in refusal.value.errors["cursor"]


async def test_what_is_reduced_by_hand_is_on_sale_there_and_what_is_not_is_not() -> None:
    await add_categories()
    await add(draft("mug", variant("MUG", 1200, was=1500)))
    await add(draft("jug", variant("JUG", 2000, was=2500)))
    await add(draft("pot", variant("POT", 2001)))
    await sell_in("EUR", 1_250_000, MUG=1490)
    await price_by_hand("EUR", "POT", 2000, was=2600)
    assert await found_slugs("EUR", on_sale=True) == {"jug", "pot"}
    assert await found_slugs("", on_sale=True) == {"mug", "jug"}


async def test_the_store_s_own_prices_are_found_as_ever() -> None:
    await shelve()
    await sell_in("EUR", 1_250_000, MUG=1)
    assert await found_slugs("", price_max=1200) == {"cup", "mug"}
    assert [product.slug for product in await found("GBP", sort="price")][:2] == ["cup", "mug"]


async def test_suggestions_come_at_the_same_prices() -> None:
    await shelve()
    await sell_in("EUR", 1_250_000, MUG=1490)
    prices = await prices_in("EUR")
    async with unit_of_work() as uow:
        suggested = (await catalog.suggest(uow, "mug", prices)).products
    assert suggested[0].price_from.format() == "€14.90"
