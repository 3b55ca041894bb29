"""Access tokens that programs send: JWTs checked here, opaque ones by asking the provider."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from models.identity import ForgottenPerson, User
from models.ids import now
from models.permissions import Role
from services.identity.provider import introspection
from services.identity.service import forget_stale
from services.unit_of_work import unit_of_work
from tests.hostile_provider.browser import Browser
from tests.hostile_provider.conftest import Log, expect_written_down
from tests.hostile_provider.lies import ENDPOINTS, JWT_ACCESS_TOKENS, NONSENSE, OPAQUE_ACCESS_TOKENS, Lie
from tests.hostile_provider.provider import CLIENT, HostileProvider
from tests.hostile_provider.server import Answer
from tests.hostile_provider.signing import FromNow, encoded, nested


def jwt_access_token(provider: HostileProvider, **changes: Any) -> str:
    honest = {
        **provider.person,
        "client_id": CLIENT,
        "scope": "openid roles",
        "jti": "1",
        "roles": "support",
    }
    return provider.signed(honest, {**provider.lies.id_token, **changes}, typ="at+jwt")


async def me(visitor: Browser, token: str) -> tuple[int, dict[str, Any]]:
    answer = await visitor.store.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})
    return answer.status_code, answer.json()


async def test_a_signed_token_identifies_its_person(provider: HostileProvider, visitor: Browser) -> None:
    for changes in ({}, {"aud": "another-api"}, {"client_id": ..., "aud": ["another-api", CLIENT]}):
        status, told = await me(visitor, jwt_access_token(provider, **changes))
        assert (status, told["roles"]) == (200, [Role.SUPPORT])
    provider.lies.header = {"typ": "application/at+jwt"}
    assert (await me(visitor, jwt_access_token(provider)))[0] == 200
    provider.lies.header = {"typ": "JWT"}
    assert (await me(visitor, jwt_access_token(provider)))[0] == 200


@pytest.mark.parametrize("lie", JWT_ACCESS_TOKENS.values(), ids=JWT_ACCESS_TOKENS.keys())
async def test_a_signed_token_that_does_not_fit(
    lie: Lie, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    lie.tell(provider)
    status, told = await me(visitor, jwt_access_token(provider))
    assert (status, told["code"]) == (401, "sign_in_refused")
    expect_written_down(log, provider)


async def test_an_id_token_opens_no_api(provider: HostileProvider, visitor: Browser) -> None:
    """It tells who signed in and is no key, with a nonce or, from a refresh, without one."""
    await visitor.sign_in()
    id_token = provider.given[-1]
    refreshed = provider.signed({**provider.person, "sid": "1"})
    for token in (id_token, refreshed):
        assert (await me(visitor, token))[0] == 401


async def test_an_opaque_token_is_asked_about_and_believed_for_a_while(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.lies.userinfo = {"roles": ["catalog_manager"]}
    for _ in range(3):
        status, told = await me(visitor, provider.access_token)
        assert (status, told["roles"]) == (200, [Role.CATALOG_MANAGER])
    assert told["email"] == "from-userinfo@larkspur.example"
    assert len(provider.asked("/introspect")) == len(provider.asked("/userinfo")) == 1
    assert provider.asked("/introspect")[0].form["token_type_hint"] == "access_token"
    provider.lies.introspection = {"active": False}
    let_time_pass(monkeypatch, introspection.LASTS_SECONDS)
    assert (await me(visitor, provider.access_token))[0] == 401


async def test_an_opaque_token_is_believed_no_longer_than_it_lasts(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.lies.introspection = {"exp": FromNow(20)}
    assert (await me(visitor, provider.access_token))[0] == 200
    let_time_pass(monkeypatch, 21)
    assert (await me(visitor, provider.access_token))[0] == 200
    assert len(provider.asked("/introspect")) == 2


async def test_roles_may_come_from_introspection_but_never_from_groups(
    provider: HostileProvider, visitor: Browser
) -> None:
    provider.lies.introspection = {"roles": "support", "groups": ["admin"]}
    provider.lies.userinfo = {"groups": "admin"}
    assert (await me(visitor, provider.access_token))[1]["roles"] == [Role.SUPPORT]


@pytest.mark.parametrize("lie", OPAQUE_ACCESS_TOKENS.values(), ids=OPAQUE_ACCESS_TOKENS.keys())
async def test_an_opaque_token_that_is_good_for_nothing_here(
    lie: Lie, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    lie.tell(provider)
    status, told = await me(visitor, provider.access_token)
    assert (status, told["code"]) == (401, "sign_in_refused")
    expect_written_down(log, provider)


async def test_a_refusal_is_remembered_for_a_moment(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        assert (await me(visitor, "made-up"))[0] == 401
    assert len(provider.asked("/introspect")) == 1
    let_time_pass(monkeypatch, introspection.REFUSAL_LASTS_SECONDS)
    assert (await me(visitor, "made-up"))[0] == 401
    assert len(provider.asked("/introspect")) == 2


async def test_what_is_remembered_of_tokens_is_bounded_and_holds_none_of_them(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(introspection, "MOST_ANSWERS", 5)
    for number in range(9):
        await me(visitor, f"made-up-{number}")
    assert len(introspection._answers) <= 5
    assert "made-up" not in str(introspection._answers)
    await me(visitor, "made-up-8")
    assert len(provider.asked("/introspect")) == 9, "the newest are kept"


async def test_a_flood_of_made_up_tokens_leaves_connections_for_signing_in_and_paying(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(introspection, "WAIT_SECONDS", 0.1)
    provider.lies.answers["/introspect"] = Answer(200, b"{}", pause=1)
    flood = [me(visitor, f"flood-{number}") for number in range(2 * introspection.MOST_AT_ONCE)]
    answers = await asyncio.gather(*flood)
    assert len(provider.asked("/introspect")) == introspection.MOST_AT_ONCE
    assert [status for status, _ in answers].count(503) == introspection.MOST_AT_ONCE
    provider.lies.answers.clear()
    assert (await me(visitor, provider.access_token))[0] == 200, "when it is over"


@pytest.mark.parametrize("path", ["/introspect", *ENDPOINTS[:1], *ENDPOINTS[3:]])
@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE.keys())
async def test_nonsense_about_an_opaque_token_is_no_answer(
    path: str, answer: Answer, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    provider.lies.answers[path] = answer
    status, told = await me(visitor, provider.access_token)
    assert (status, told["code"]) == (503, "sign_in_unavailable")
    expect_written_down(log, provider)


async def test_our_own_client_refused_is_no_fault_of_the_caller(
    provider: HostileProvider, visitor: Browser
) -> None:
    provider.lies.answers["/introspect"] = Answer(401)
    assert (await me(visitor, provider.access_token))[0] == 503


async def test_without_introspection_an_opaque_token_opens_nothing(
    provider: HostileProvider, visitor: Browser
) -> None:
    provider.lies.discovery = {"introspection_endpoint": ...}
    assert (await me(visitor, provider.access_token))[0] == 401


STRANGE = {
    "with a blank": "a b",
    "with a line break": "a%0Ab",
    "without end": "x" * 17_000,
    "a header nested without end": f"{nested(1500)}.{encoded({})}.AAAA",
    "a header that is a list": f"{encoded(['alg'])}.{encoded({})}.AAAA",
    "a header without an algorithm": f"{encoded({'typ': 'JWT'})}.{encoded({})}.AAAA",
    "a kid that is a list": f"{encoded({'alg': 'RS256', 'kid': ['first']})}.{encoded({})}.AAAA",
    "a type that is a number": f"{encoded({'alg': 'RS256', 'typ': 5})}.{encoded({})}.AAAA",
    "no signature": f"{encoded({'alg': 'none'})}.{encoded({'sub': 'x'})}.",
    "dots": "..",
    "an equals sign": "=",
}


@pytest.mark.parametrize("token", STRANGE.values(), ids=STRANGE.keys())
async def test_a_strange_token_is_refused_and_breaks_nothing(
    token: str, provider: HostileProvider, visitor: Browser
) -> None:
    assert (await me(visitor, token))[0] == 401


async def test_a_token_from_before_opens_no_new_account_for_somebody_who_deleted_theirs(
    provider: HostileProvider, visitor: Browser
) -> None:
    token = jwt_access_token(provider)
    assert (await me(visitor, token))[0] == 200
    sent = {"authorization": f"Bearer {token}"}
    farewell = {"confirm": "delete my account"}
    gone = await visitor.store.request("DELETE", "/api/v1/me", json=farewell, headers=sent)
    assert gone.status_code == 204
    status, told = await me(visitor, token)
    assert (status, "deleted" in told["detail"]) == (401, True)
    await visitor.sign_in()
    assert (await me(visitor, token))[0] == 200
    async with unit_of_work() as uow:
        assert (
            len((await uow.session.exec(select(User).where(User.subject == provider.person["sub"]))).all())
            == 1
        )


async def test_that_somebody_left_is_forgotten_after_a_day(
    provider: HostileProvider, visitor: Browser
) -> None:
    sent = {"authorization": f"Bearer {jwt_access_token(provider)}"}
    farewell = {"confirm": "delete my account"}
    await visitor.store.request("DELETE", "/api/v1/me", json=farewell, headers=sent)
    async with unit_of_work() as uow:
        (left,) = await uow.session.exec(select(ForgottenPerson))
        assert timedelta(hours=23) < left.expires_at - now() <= timedelta(days=1)
        await forget_stale(uow)
    async with unit_of_work() as uow:
        await uow.session.exec(sa.update(ForgottenPerson).values(expires_at=now() - timedelta(seconds=1)))
        await forget_stale(uow)
        assert (await uow.session.exec(select(ForgottenPerson))).all() == []


def let_time_pass(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """For what is remembered of opaque tokens."""
    for key, (found, until) in introspection._answers.items():
        monkeypatch.setitem(introspection._answers, key, (found, until - seconds))
