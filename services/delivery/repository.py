"""Zones and methods in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.delivery import Method, MethodDraft, Zone, ZoneDraft
from models.ids import now
from models.reference import DeliveryMethodRow, DeliveryZoneRow


async def zones(session: AsyncSession) -> tuple[Zone, ...]:
    """All of them with their methods, in one statement, in the order staff gave them."""
    joined = (
        select(DeliveryZoneRow, DeliveryMethodRow)
        .join(DeliveryMethodRow, col(DeliveryMethodRow.zone_id) == col(DeliveryZoneRow.id), isouter=True)
        .order_by(
            col(DeliveryZoneRow.position),
            col(DeliveryZoneRow.name),
            col(DeliveryMethodRow.position),
            col(DeliveryMethodRow.code),
        )
        .execution_options(populate_existing=True)
    )
    rows: Sequence[tuple[DeliveryZoneRow, DeliveryMethodRow | None]] = (await session.exec(joined)).all()
    kept: dict[UUID, DeliveryZoneRow] = {row.id: row for row, _ in rows}
    methods: dict[UUID, list[Method]] = {key: [] for key in kept}
    for row, method in rows:
        if method is not None:
            methods[row.id].append(Method.model_validate(method.model_dump(exclude={"zone_id"})))
    return tuple(
        Zone.model_validate(row.model_dump(exclude={"updated_at"}) | {"methods": methods[key]})
        for key, row in kept.items()
    )


async def zone_row(session: AsyncSession, zone_id: UUID) -> DeliveryZoneRow | None:
    return await session.get(DeliveryZoneRow, zone_id)


async def add_zone(session: AsyncSession, draft: ZoneDraft) -> DeliveryZoneRow:
    row = DeliveryZoneRow(**_stored(draft))
    session.add(row)
    await session.flush()
    return row


async def write_zone(session: AsyncSession, row: DeliveryZoneRow, draft: ZoneDraft | None = None) -> None:
    """A new version of the zone; without a draft because of its methods."""
    for name, value in (_stored(draft) if draft else {}).items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = now()
    await session.flush()


async def delete_zone(session: AsyncSession, row: DeliveryZoneRow) -> None:
    """With its methods."""
    await session.delete(row)
    await session.flush()


async def write_method(session: AsyncSession, zone_id: UUID, code: str, draft: MethodDraft) -> None:
    """Make it, or replace it."""
    values = draft.model_dump(exclude={"code", "rates"})
    rates = [rate.model_dump() for rate in draft.rates]
    await session.merge(
        DeliveryMethodRow(
            zone_id=zone_id,
            code=code,
            rates=rates,
            **values | {"basis": draft.basis.value, "tax_class": draft.tax_class.value},
        )
    )
    await session.flush()


async def delete_method(session: AsyncSession, zone_id: UUID, code: str) -> None:
    gone = delete(DeliveryMethodRow).where(
        col(DeliveryMethodRow.zone_id) == zone_id, col(DeliveryMethodRow.code) == code
    )
    await session.exec(gone)


def _stored(draft: ZoneDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "areas": [area.model_dump() for area in draft.areas],
        "position": draft.position,
    }
