"""Sessions: how long they last, who sees them, and how they end."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from models.audit import AuditEntry
from models.identity import GUEST, Identity, User, UserSession
from models.ids import new_id
from models.permissions import Role
from services.errors import NotFound, Unauthenticated
from services.identity import sessions
from services.identity.cookies import Cookies, hash_token, new_token
from services.identity.service import forget_stale
from services.identity.sessions import Device
from services.settings import settings
from services.unit_of_work import unit_of_work
from tests.shop_samples import user

pytestmark = pytest.mark.usefixtures("resources")

LAPTOP = Device(user_agent="Firefox", address="203.0.113.9")


async def begin(name: str = "maya", *roles: Role, provider_session: str = "") -> str:
    """Somebody signs in with another browser; returns what its cookie holds."""
    person = await user(name, *roles)
    token = new_token()
    async with unit_of_work() as uow:
        row = await uow.session.get_one(User, person.user_id)
        sessions.begin(
            uow,
            row,
            token,
            frozenset(roles),
            LAPTOP,
            id_token="",
            provider_session=provider_session,
        )
    return token


async def who(token: str) -> Identity:
    async with unit_of_work() as uow:
        return await sessions.identify(uow, Cookies(session=token), "198.51.100.7")


async def rewind(token: str, **ago: timedelta) -> None:
    """Let time pass for one session."""
    async with unit_of_work() as uow:
        columns = {name: getattr(UserSession, name) - span for name, span in ago.items()}
        statement = sa.update(UserSession).where(col(UserSession.id_hash) == hash_token(token))
        await uow.session.exec(statement.values(**columns))


async def test_the_database_can_not_tell_a_sessions_token() -> None:
    token = await begin()
    assert len(token) == 43  # 256 bits in base64url
    async with unit_of_work() as uow:
        (row,) = (await uow.session.exec(select(UserSession))).all()
    assert token not in str(row.model_dump())


@pytest.mark.parametrize("roles", [(), (Role.SUPPORT,)], ids=["shopper", "staff"])
async def test_a_session_ends_when_it_is_not_used_and_in_any_case_some_day(roles: tuple[Role, ...]) -> None:
    configuration = settings()
    idle = configuration.staff_session_idle_minutes if roles else configuration.session_idle_minutes
    absolute = (
        configuration.staff_session_absolute_minutes if roles else configuration.session_absolute_minutes
    )
    fresh, unused, old = [await begin("maya", *roles) for _ in range(3)]
    almost = timedelta(minutes=idle) - timedelta(seconds=30)
    await rewind(fresh, last_seen_at=almost)
    await rewind(unused, last_seen_at=timedelta(minutes=idle))
    await rewind(old, expires_at=timedelta(minutes=absolute))
    signed_in = [(await who(token)).signed_in for token in (fresh, unused, old)]
    assert signed_in == [True, False, False]


async def test_using_a_session_keeps_it_from_going_idle() -> None:
    token = await begin()
    await rewind(token, last_seen_at=timedelta(minutes=settings().session_idle_minutes - 1))
    await who(token)
    await rewind(token, last_seen_at=timedelta(minutes=2))
    assert (await who(token)).signed_in


def test_staff_are_signed_out_sooner_than_shoppers() -> None:
    configuration = settings()
    assert configuration.staff_session_idle_minutes < configuration.session_idle_minutes
    assert configuration.staff_session_absolute_minutes < configuration.session_absolute_minutes


async def test_a_role_that_the_next_sign_in_does_not_bring_is_lost_in_all_browsers() -> None:
    token = await begin("maya", Role.ADMIN, Role.SUPPORT)
    await user("maya", Role.SUPPORT, Role.ORDER_MANAGER)
    assert (await who(token)).roles == {Role.SUPPORT}, (
        "and one that it does bring is had in that browser alone"
    )


async def test_one_sees_ones_own_sessions_and_where_they_were_begun() -> None:
    here, ended = await begin(), await begin()
    await begin("robin")
    await rewind(ended, expires_at=timedelta(days=99))
    identity = await who(here)
    async with unit_of_work() as uow:
        (listed,) = await sessions.list_sessions(uow, identity)
    assert listed.id == identity.session_id
    assert (listed.user_agent, listed.address) == ("Firefox", "203.0.113.9")
    assert identity.address == "198.51.100.7"


async def test_one_session_is_ended_and_only_by_its_owner() -> None:
    here, there = await begin(), await begin()
    robin = await who(await begin("robin"))
    there_id = (await who(there)).session_id or new_id()
    for identity, session_id in ((robin, there_id), (await who(here), new_id())):
        with pytest.raises(NotFound):
            await _end(identity, session_id)
    await _end(await who(here), there_id)
    assert [(await who(token)).signed_in for token in (here, there)] == [True, False]


async def test_signing_out_everywhere_else_keeps_this_one_and_everywhere_none() -> None:
    here, *others = [await begin() for _ in range(3)]
    robin = await begin("robin")
    identity = await who(here)
    async with unit_of_work() as uow:
        assert await sessions.end_other_sessions(uow, identity) == 2
    assert [(await who(token)).signed_in for token in (here, *others)] == [True, False, False]
    async with unit_of_work() as uow:
        assert await sessions.end_all_sessions(uow, identity) == 1
        entries = (await uow.session.exec(select(AuditEntry))).all()
    assert [(await who(token)).signed_in for token in (here, robin)] == [False, True]
    assert {entry.action for entry in entries} == {"account.sessions_ended"}
    assert "maya" not in str([entry.model_dump() for entry in entries]).lower()


async def test_a_guest_has_no_sessions() -> None:
    async with unit_of_work() as uow:
        for call in (sessions.list_sessions, sessions.end_other_sessions, sessions.end_all_sessions):
            with pytest.raises(Unauthenticated):
                await call(uow, GUEST)


@pytest.mark.parametrize(
    ("subject", "provider_session", "left"),
    [
        ("maya", "phone", ["laptop", "robin"]),
        ("", "phone", ["laptop", "robin"]),
        ("maya", "", ["robin"]),
        ("robin", "phone", ["phone", "laptop", "robin"]),
        ("nobody", "", ["phone", "laptop", "robin"]),
        ("", "", ["phone", "laptop", "robin"]),
    ],
)
async def test_the_provider_ends_the_sessions_it_names_and_no_others(
    subject: str, provider_session: str, left: list[str]
) -> None:
    tokens = {
        "phone": await begin(provider_session="phone"),
        "laptop": await begin(provider_session="laptop"),
        "robin": await begin("robin", provider_session="other"),
    }
    async with unit_of_work() as uow:
        await sessions.end_at_providers_word(
            uow, issuer=settings().oidc_issuer, subject=subject, provider_session=provider_session
        )
        await sessions.end_at_providers_word(
            uow, issuer="https://another.example", subject="maya", provider_session=""
        )
    assert [name for name, token in tokens.items() if (await who(token)).signed_in] == left


async def test_a_session_of_another_day_is_deleted_in_time() -> None:
    token = await begin()
    await rewind(token, expires_at=timedelta(days=99))
    async with unit_of_work() as uow:
        await forget_stale(uow)
        assert (await uow.session.exec(select(UserSession))).all() == []


async def _end(identity: Identity, session_id: UUID) -> None:
    async with unit_of_work() as uow:
        await sessions.end_session(uow, identity, session_id)


async def test_a_role_lost_at_one_sign_in_is_lost_in_every_browser() -> None:
    there = await begin("maya", Role.ADMIN, Role.SUPPORT)
    here = await begin("maya", Role.SUPPORT)
    assert (await who(there)).roles == (await who(here)).roles == {Role.SUPPORT}
    await begin("maya")
    assert (await who(there)).roles == frozenset()


async def test_a_role_won_at_one_sign_in_opens_nothing_in_a_browser_signed_in_before() -> None:
    """Its session has the longer life of a customer's."""
    there = await begin("maya")
    await begin("maya", Role.ADMIN)
    assert (await who(there)).roles == frozenset()
