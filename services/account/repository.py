"""Queries of address books."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.account import SavedAddress

Use = Literal["default_shipping", "default_billing"]
USES: Sequence[Use] = ("default_shipping", "default_billing")


async def addresses(session: AsyncSession, user_id: UUID) -> list[SavedAddress]:
    """The default for shipping first, then the newest."""
    order = (
        col(SavedAddress.default_shipping).desc(),
        col(SavedAddress.created_at).desc(),
        col(SavedAddress.id).desc(),
    )
    query = select(SavedAddress).where(SavedAddress.user_id == user_id).order_by(*order)
    return list(await session.exec(query.execution_options(populate_existing=True)))


async def address(session: AsyncSession, user_id: UUID, address_id: UUID) -> SavedAddress | None:
    query = select(SavedAddress).where(SavedAddress.id == address_id, SavedAddress.user_id == user_id)
    return (await session.exec(query.execution_options(populate_existing=True))).first()


async def add(session: AsyncSession, saved: SavedAddress) -> None:
    session.add(saved)
    await session.flush()


async def make_default(session: AsyncSession, saved: SavedAddress, use: Use) -> None:
    """The one default for this use: the index allows no second, so the other one goes first."""
    await session.exec(
        sa.update(SavedAddress)
        .where(
            col(SavedAddress.user_id) == saved.user_id,
            col(SavedAddress.id) != saved.id,
            sa.column(use).is_(True),
        )
        .values({use: False})
        .execution_options(synchronize_session="fetch")
    )
    setattr(saved, use, True)
    await session.flush()


async def delete(session: AsyncSession, address_id: UUID) -> None:
    await session.exec(sa.delete(SavedAddress).where(col(SavedAddress.id) == address_id))


async def delete_all(session: AsyncSession, user_id: UUID) -> None:
    await session.exec(sa.delete(SavedAddress).where(col(SavedAddress.user_id) == user_id))
