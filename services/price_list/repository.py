"""Queries of price lists and of prices by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.ids import now
from models.price_list import ListedPrice, PriceList
from models.prices import PriceByHand


async def with_prices(
    session: AsyncSession, currency: str, skus: Collection[str] | None
) -> tuple[PriceList | None, dict[str, PriceByHand]]:
    """A list with its prices by hand of these SKUs, of all for None. One statement, so that both are of one moment."""
    joined = col(ListedPrice.currency) == col(PriceList.currency)
    if skus is not None:
        joined &= col(ListedPrice.sku).in_(skus)
    query = (
        select(PriceList, ListedPrice)
        .outerjoin(ListedPrice, joined)
        .where(PriceList.currency == currency)
        .execution_options(populate_existing=True)
    )
    rows: Sequence[tuple[PriceList, ListedPrice | None]] = (await session.exec(query)).all()
    return (rows[0][0] if rows else None), {price.sku: price.by_hand for _, price in rows if price}


async def all_lists(session: AsyncSession) -> list[PriceList]:
    return list(await session.exec(select(PriceList).order_by(col(PriceList.currency))))


async def enabled(session: AsyncSession) -> list[str]:
    query = select(PriceList.currency).where(col(PriceList.enabled)).order_by(col(PriceList.currency))
    return list(await session.exec(query))


async def find(session: AsyncSession, currency: str, *, lock: bool = False) -> PriceList | None:
    query = select(PriceList).where(PriceList.currency == currency)
    if lock:
        query = query.with_for_update()
    return (await session.exec(query.execution_options(populate_existing=True))).first()


async def add(session: AsyncSession, created: PriceList) -> bool:
    """False when the currency has a list already."""
    row = insert(PriceList).values(**created.model_dump()).on_conflict_do_nothing()
    return (await session.exec(row.returning(col(PriceList.currency)))).scalar_one_or_none() is not None


async def counts(session: AsyncSession) -> dict[str, int]:
    """How many prices by hand each currency has."""
    query = select(ListedPrice.currency, sa.func.count()).group_by(col(ListedPrice.currency))
    return dict((await session.exec(query)).all())


async def set_price(session: AsyncSession, price: ListedPrice) -> None:
    row = insert(ListedPrice).values(**price.model_dump())
    written = {"price_amount": price.price_amount, "compare_at_amount": price.compare_at_amount}
    await session.exec(row.on_conflict_do_update(index_elements=["currency", "sku"], set_=written))


async def remove_price(session: AsyncSession, currency: str, sku: str) -> None:
    await session.exec(
        sa.delete(ListedPrice).where(col(ListedPrice.currency) == currency, col(ListedPrice.sku) == sku)
    )


def touch(written: PriceList) -> None:
    written.version += 1
    written.updated_at = now()
