"""Somebody's API keys, revoked and expired ones too: theirs to see, and gone with their account."""

from __future__ import annotations

from uuid import UUID

from models.api_key import ApiKey
from services.api_key import personal_repository
from services.unit_of_work import UnitOfWork


async def keys_of(uow: UnitOfWork, user_id: UUID) -> list[ApiKey]:
    return await personal_repository.keys(uow.session, user_id)


async def forget_keys_of(uow: UnitOfWork, user_id: UUID) -> None:
    await personal_repository.delete_keys(uow.session, user_id)
