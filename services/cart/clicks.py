"""One press of a button, or one request of a program, does its work once: also when it is sent again, or two processes
hear of it."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from models.cart import CartOwner
from models.ids import now
from models.saved import CartClick
from services.unit_of_work import UnitOfWork

LIFETIME = timedelta(days=1)


async def is_first(uow: UnitOfWork, owner: CartOwner, key: str) -> bool:
    """Whether this press has not been carried out before. True without a `key`.

    One of the same key at the same time waits until this one is committed; undone, it counts as never made.
    """
    if not key:
        return True
    row = insert(CartClick).values(key=_mark(owner, key), created_at=now())
    upsert = row.on_conflict_do_update(
        index_elements=["key"],
        set_={"created_at": row.excluded.created_at},
        where=col(CartClick.created_at) < now() - LIFETIME,
    )
    claimed = await uow.session.exec(upsert.returning(col(CartClick.key)))
    return claimed.first() is not None


async def forget_old(uow: UnitOfWork) -> None:
    """Delete the presses that no browser sends again."""
    await uow.session.exec(sa.delete(CartClick).where(col(CartClick.created_at) < now() - LIFETIME))


def _mark(owner: CartOwner, key: str) -> UUID:
    """The key as no other browser can have it. A browser keeps its own when somebody signs in."""
    who = owner.visitor or str(owner.user_id)
    return UUID(bytes=hashlib.sha256(f"{who} {key}".encode()).digest()[:16])
