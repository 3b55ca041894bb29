"""Tax regions and their rates in PostgreSQL."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.ids import now
from models.reference import TaxRateRow, TaxRegionRow
from models.taxes import TaxRate, TaxRegion, TaxRegionDraft


async def regions(session: AsyncSession) -> tuple[TaxRegion, ...]:
    """All of them with their rates, in one statement."""
    joined = (
        select(TaxRegionRow, TaxRateRow)
        .join(TaxRateRow, col(TaxRateRow.region_id) == col(TaxRegionRow.id))
        .order_by(
            col(TaxRegionRow.country),
            col(TaxRegionRow.region),
            col(TaxRateRow.tax_class),
            col(TaxRateRow.valid_from),
        )
        .execution_options(populate_existing=True)
    )
    kept: dict[UUID, TaxRegionRow] = {}
    rates: dict[UUID, list[TaxRate]] = {}
    for region, rate in (await session.exec(joined)).all():
        kept[region.id] = region
        rates.setdefault(region.id, []).append(TaxRate.model_validate(rate.model_dump(exclude={"region_id"})))
    return tuple(
        TaxRegion.model_validate(row.model_dump(exclude={"updated_at"}) | {"rates": rates[key]})
        for key, row in kept.items()
    )


async def region_row(session: AsyncSession, region_id: UUID) -> TaxRegionRow | None:
    return await session.get(TaxRegionRow, region_id)


async def add_region(session: AsyncSession, draft: TaxRegionDraft) -> TaxRegionRow:
    row = TaxRegionRow(**draft.model_dump(exclude={"rates"}))
    session.add(row)
    await session.flush()
    await _write_rates(session, row.id, draft)
    return row


async def write_region(session: AsyncSession, row: TaxRegionRow, draft: TaxRegionDraft) -> None:
    for name, value in draft.model_dump(exclude={"rates"}).items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = now()
    await session.exec(delete(TaxRateRow).where(col(TaxRateRow.region_id) == row.id))
    await _write_rates(session, row.id, draft)


async def delete_region(session: AsyncSession, row: TaxRegionRow) -> None:
    await session.delete(row)
    await session.flush()


async def _write_rates(session: AsyncSession, region_id: UUID, draft: TaxRegionDraft) -> None:
    rows = [
        {
            "region_id": region_id,
            "tax_class": rate.tax_class.value,
            "valid_from": rate.valid_from,
            "basis_points": rate.basis_points,
        }
        for rate in draft.rates
    ]
    await session.exec(insert(TaxRateRow).values(rows))
