"""What staff wrote down about somebody: theirs to read, and gone with their account."""

from __future__ import annotations

from uuid import UUID

from models.account import CustomerNote
from services.customer import personal_repository
from services.unit_of_work import UnitOfWork


async def notes_about(uow: UnitOfWork, user_id: UUID) -> list[CustomerNote]:
    return await personal_repository.notes(uow.session, user_id)


async def forget_notes_about(uow: UnitOfWork, user_id: UUID) -> None:
    await personal_repository.delete_notes(uow.session, user_id)
