"""Whose account it is."""

from __future__ import annotations

from uuid import UUID

from models.identity import Identity, User
from services.errors import Unauthenticated
from services.identity import people
from services.identity.access import require_person
from services.unit_of_work import UnitOfWork


def owner_of(identity: Identity) -> UUID:
    """Raises Unauthenticated for a guest, Forbidden for an API key."""
    require_person(identity)
    if identity.user_id is None:
        raise Unauthenticated("Please sign in first.")
    return identity.user_id


async def lock_account_to_delete(uow: UnitOfWork, identity: Identity) -> User:
    """As lock_account; what needs the account to stay has to wait, too."""
    return await people.lock_to_delete(uow, owner_of(identity))


async def lock_account(uow: UnitOfWork, identity: Identity) -> User:
    """The person, whose account is changed by nobody else until the commit. Raises as owner_of does."""
    return await people.lock(uow, owner_of(identity))
