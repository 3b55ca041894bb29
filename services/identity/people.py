"""People with an account: finding them, and keeping them as they are while something of theirs changes.

Locks are taken in one order everywhere: that of sign-ins (provider_logouts.py), sessions, the person, carts, orders,
stock.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from models.identity import User, UserSession
from models.ids import now
from services.errors import Unauthenticated
from services.identity import people_repository, repository
from services.unit_of_work import UnitOfWork

_TOKENS_OUTLIVED = timedelta(days=1)


async def find(uow: UnitOfWork, user_id: UUID) -> User:
    """Raises Unauthenticated when the account is deleted."""
    return _still_there(await people_repository.find(uow.session, user_id))


async def lock(uow: UnitOfWork, user_id: UUID) -> User:
    """The person, whose account is changed by nobody else until the commit. Raises Unauthenticated as find does."""
    return _still_there(await people_repository.lock(uow.session, user_id))


async def lock_to_delete(uow: UnitOfWork, user_id: UUID) -> User:
    """As lock; also what needs the account to stay, as a new order does, waits. Raises Unauthenticated as find does."""
    await people_repository.lock_sessions(uow.session, user_id)
    return _still_there(await people_repository.lock(uow.session, user_id, against_use=True))


async def keep(uow: UnitOfWork, user_id: UUID | None) -> None:
    """The account is not deleted before the commit: what is written for it now will be seen when it is.

    Nothing to keep for a guest. Raises Unauthenticated when the account is deleted.
    """
    if user_id and not await people_repository.keep(uow.session, user_id):
        raise _gone()


async def prefer_currency(uow: UnitOfWork, user_id: UUID, currency: str) -> None:
    """What the person wants to pay in, on all their devices. Raises Unauthenticated as find does."""
    (await lock(uow, user_id)).currency = currency


async def refuse_old_tokens_of(uow: UnitOfWork, user: User) -> None:
    """Access tokens that somebody got before deleting their account begin no new one in their name.

    A sign-in does. The hash is kept for a day, which such a token doesn't outlive.
    """
    mark = people_repository.mark_of(user.issuer, user.subject)
    await people_repository.add_forgotten(uow.session, mark, now() + _TOKENS_OUTLIVED)


async def has_left(uow: UnitOfWork, issuer: str, subject: str) -> bool:
    """Whether this person, who has no account, deleted theirs a moment ago."""
    return await people_repository.is_forgotten(uow.session, people_repository.mark_of(issuer, subject))


async def kept_sessions(uow: UnitOfWork, user_id: UUID) -> list[UserSession]:
    """All that are stored, also those that have run out."""
    return await repository.sessions_of(uow.session, user_id)


def _still_there(user: User | None) -> User:
    if user is None:
        raise _gone()
    return user


def _gone() -> Unauthenticated:
    return Unauthenticated("This account has been deleted. Go on as a guest, or sign in to begin a new one.")
