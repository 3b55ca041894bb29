"""Queries of customers: accounts, their address books and what staff noted about them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.account import POSTCODE, CustomerNote, SavedAddress
from models.address import postcode_start
from models.identity import SORT_NAME, User
from services.customer.listing import CustomerQuery, Sort
from services.order.buyers import buyers_found_by, totals

MAX_WORDS = 8
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,}")
_NATIONAL_DIGITS = 9
"""So many digits at the end of a phone number say whose it is, with or without the country's code."""


async def page(session: AsyncSession, wanted: CustomerQuery) -> list[tuple[User, str | int]]:
    """Customers in order, each with the value it is sorted by; one more than the limit if there are more."""
    value, backwards, source = _ordering(wanted)
    by_id = wanted.sort is Sort.NEWEST
    keys: list[Any] = [col(User.id)] if by_id else [value, col(User.id)]
    query: Any = sa.select(User, value).select_from(source).where(*_conditions(wanted))
    if wanted.after:
        last = [wanted.after.id] if by_id else [wanted.after.value, wanted.after.id]
        place, end = sa.tuple_(*keys), sa.tuple_(*(sa.literal(each) for each in last))
        query = query.where(place < end if backwards else place > end)
    order = [sa.desc(key) if backwards else sa.asc(key) for key in keys]
    rows = await session.exec(query.order_by(*order).limit(wanted.limit + 1).offset(wanted.offset))
    return [(user, sorted_by) for user, sorted_by in rows]


async def count(session: AsyncSession, wanted: CustomerQuery) -> int:
    return (await session.exec(select(sa.func.count()).select_from(User).where(*_conditions(wanted)))).one()


async def find(session: AsyncSession, user_id: UUID, *, lock: bool = False) -> User | None:
    query = select(User).where(User.id == user_id).execution_options(populate_existing=True)
    return (await session.exec(query.with_for_update(read=True) if lock else query)).first()


async def notes(session: AsyncSession, user_id: UUID) -> list[CustomerNote]:
    """Newest first."""
    query = select(CustomerNote).where(CustomerNote.user_id == user_id)
    return list(
        await session.exec(query.order_by(col(CustomerNote.created_at).desc(), col(CustomerNote.id).desc()))
    )


async def find_note(session: AsyncSession, note_id: UUID, *, lock: bool = False) -> CustomerNote | None:
    query = select(CustomerNote).where(CustomerNote.id == note_id)
    return (await session.exec(query.with_for_update() if lock else query)).first()


def add_note(session: AsyncSession, note: CustomerNote) -> None:
    session.add(note)


async def delete_note(session: AsyncSession, note: CustomerNote) -> None:
    await session.delete(note)


def _ordering(wanted: CustomerQuery) -> tuple[sa.ColumnElement[Any], bool, Any]:
    """What to sort by, whether the largest comes first, and the tables it takes."""
    if wanted.sort is Sort.NEWEST:
        return sa.literal("", sa.Text), True, User
    if wanted.sort is Sort.NAME:
        return sa.literal_column(SORT_NAME, sa.Text), False, User
    bought = totals(wanted.currency)
    value = bought.c.spent if wanted.sort is Sort.SPENT else bought.c.orders
    return sa.func.coalesce(value, 0), True, sa.outerjoin(User, bought, col(User.id) == bought.c.user_id)


def _conditions(wanted: CustomerQuery) -> list[sa.ColumnElement[bool]]:
    gone = col(User.deleted_at).is_not(None)
    conditions: list[sa.ColumnElement[bool]] = [gone if wanted.deleted else ~gone]
    if wanted.text.strip():
        conditions.append(col(User.id).in_(_found_by(wanted.text)))
    return conditions


def _found_by(text: str) -> Any:
    """The ids that a text may mean. Each part of the union has an index of its own."""
    ways: list[Any] = [
        select(User.id).where(sa.and_(*(_contains(word) for word in text.split()[:MAX_WORDS]))),
        buyers_found_by(text),
    ]
    if _PHONE.fullmatch(text.strip()):
        digits = re.sub(r"\D", "", text).lstrip("0")
        ways.append(select(User.id).where(_contains(digits[-_NATIONAL_DIGITS:])))
    if start := postcode_start(text):
        postcode = sa.literal_column(POSTCODE, sa.Text)
        ways.append(select(SavedAddress.user_id).where(postcode.startswith(start)))
    return sa.union(*ways)


def _contains(word: str) -> sa.ColumnElement[bool]:
    """Whether a user is found by this, wherever it stands. % and _ stand for themselves."""
    plain = unicodedata.normalize("NFKD", word)
    escaped = re.sub(r"([\\%_])", r"\\\1", plain)
    return col(User.found_by).like(sa.func.concat("%", sa.func.folded(escaped), "%"))
