"""What staff see of price lists: all of them, the prices of one product by product, and what a change would do."""

from __future__ import annotations

from dataclasses import dataclass

from models.catalog import Product, ProductStatus, Variant
from models.money import Money
from models.price_list import PriceList
from models.prices import Conversion, PriceByHand, Prices
from services.catalog import service as catalog
from services.catalog.service import ProductQuery
from services.errors import Invalid
from services.price_list import repository
from services.price_list.reading import home, prices
from services.price_list.writing import PriceListDraft
from services.unit_of_work import UnitOfWork

PREVIEWED = 6
"""Products a preview shows."""
_ANY_STATUS = frozenset(ProductStatus)


@dataclass(frozen=True, slots=True)
class ListSummary:
    """A price list and how many of its prices are by hand."""

    price_list: PriceList
    by_hand: int


@dataclass(frozen=True, slots=True)
class PricedVariant:
    """A SKU with its price in the store's currency, the price in another, and whether that is by hand. `product` and
    `variant` are None for a price by hand of goods that have left the catalogue."""

    sku: str
    product: Product | None
    variant: Variant | None
    price: Money
    compare_at_price: Money | None
    by_hand: bool


@dataclass(frozen=True, slots=True)
class PricePage:
    items: tuple[PricedVariant, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a variant costs in the store's currency, and in the other before and after the change."""

    title: str
    sku: str
    home: Money
    now: Money | None
    then: Money


async def summaries(uow: UnitOfWork) -> list[ListSummary]:
    counts = await repository.counts(uow.session)
    return [
        ListSummary(each, counts.get(each.currency, 0)) for each in await repository.all_lists(uow.session)
    ]


async def price_page(
    uow: UnitOfWork, currency: str, *, text: str = "", by_hand: bool = False, limit: int = 24, offset: int = 0
) -> PricePage:
    """The variants of products that a text or a SKU finds; or the SKUs with a price by hand. `total` counts the one or
    the other. Raises Conflict."""
    known = await prices(uow, currency)
    if by_hand:
        rows = await _by_hand(uow, known, text)
        return PricePage(tuple(rows[offset : offset + limit]), len(rows))
    named = await catalog.variants_by_sku(uow, [text.strip().upper()]) if text else {}
    if named:
        rows = [_row(known, sku, product, variant) for sku, (product, variant) in named.items()]
        return PricePage(tuple(rows), len(rows))
    query = ProductQuery(
        q=text, sort="" if text else "newest", limit=limit, offset=offset, statuses=_ANY_STATUS
    )
    page = await catalog.list_products(uow, query)
    found = [
        _row(known, variant.sku, product, variant) for product in page.items for variant in product.variants
    ]
    return PricePage(tuple(found), page.total)


async def preview(uow: UnitOfWork, currency: str, draft: PriceListDraft) -> list[Previewed]:
    """What some products would cost by a draft that isn't saved. Raises Invalid naming its fields."""
    problems = dict(draft.problems())
    if problems:
        raise Invalid("Please check the price list.", problems)
    found, by_hand = await repository.with_prices(uow.session, currency, None)
    own = home(uow)
    conversion = Conversion(own.currency, currency, draft.rate, draft.step, draft.ending)
    then = Prices(conversion, by_hand)
    today = Prices(found.conversion(own.currency), by_hand) if found else None
    page = await catalog.list_products(uow, ProductQuery(limit=PREVIEWED))
    return [_previewed(product.title, product.variants[0], today, then) for product in page.items]


def _previewed(title: str, variant: Variant, today: Prices | None, then: Prices) -> Previewed:
    amount = variant.price.amount
    return Previewed(
        title,
        variant.sku,
        variant.price,
        Money(today.amount_of(variant.sku, amount), today.currency) if today else None,
        Money(then.amount_of(variant.sku, amount), then.currency),
    )


async def _by_hand(uow: UnitOfWork, known: Prices, text: str) -> list[PricedVariant]:
    goods = await catalog.variants_by_sku(uow, list(known.by_hand))
    return [
        _row(known, sku, *goods.get(sku, (None, None)))
        for sku in sorted(known.by_hand)
        if _fits(text, sku, goods.get(sku))
    ]


def _fits(text: str, sku: str, found: tuple[Product, Variant] | None) -> bool:
    names = f"{sku} {found[0].title if found else ''}".casefold()
    return all(word in names for word in text.casefold().split())


def _row(known: Prices, sku: str, product: Product | None, variant: Variant | None) -> PricedVariant:
    shown = known.product(product).variant(sku) if product else None
    price_by_hand: PriceByHand | None = known.by_hand.get(sku)
    if shown is None:
        assert price_by_hand  # noqa: S101 - goods that are gone are only told for their price
        before = price_by_hand.compare_at
        return PricedVariant(
            sku,
            None,
            None,
            Money(price_by_hand.price, known.currency),
            Money(before, known.currency) if before else None,
            by_hand=True,
        )
    return PricedVariant(
        sku, product, variant, shown.price, shown.compare_at_price, by_hand=price_by_hand is not None
    )
