"""The provider's word that somebody signed out: carried out once, and only if it is the provider's.

OpenID Connect Back-Channel Logout 1.0, 2.4 to 2.8.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import select

from models.identity import LogoutToken, ProviderLogout
from models.ids import new_id, now
from services.identity import service
from services.unit_of_work import unit_of_work
from tests.hostile_provider.browser import Browser, reason_of
from tests.hostile_provider.conftest import Log, expect_written_down
from tests.hostile_provider.lies import LOGOUT_TOKENS, Lie
from tests.hostile_provider.provider import HostileProvider
from tests.hostile_provider.server import Answer
from tests.hostile_provider.signing import SECOND, FromNow

EVENTS: dict[str, dict[str, Any]] = {"http://schemas.openid.net/event/backchannel-logout": {}}


def logout_token(provider: HostileProvider, **changes: Any) -> str:
    honest = {
        **provider.person,
        "sid": "provider-session-1",
        "jti": str(new_id()),
        "exp": FromNow(120),
        "events": EVENTS,
    }
    return provider.signed(honest, {**provider.lies.id_token, **changes}, typ="logout+jwt")


async def notify(*tokens: str) -> httpx.Response:
    """As a server does it: no cookies, no Origin."""
    machine = Browser()
    answer = await machine.store.post("/auth/backchannel-logout", data={"logout_token": list(tokens)})
    await machine.close()
    assert answer.headers["cache-control"] == "no-store"
    return answer


async def test_the_providers_word_ends_the_session_at_once(
    provider: HostileProvider, visitor: Browser
) -> None:
    """oidcc-client-test-rp-backchannel-rpinitlogout"""
    await visitor.sign_in()
    answer = await notify(logout_token(provider))
    assert (answer.status_code, answer.content) == (200, b"")
    assert not await visitor.is_signed_in()


@pytest.mark.parametrize("lie", LOGOUT_TOKENS.values(), ids=LOGOUT_TOKENS.keys())
async def test_a_notice_that_does_not_fit_ends_nothing(
    lie: Lie, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    await visitor.sign_in()
    lie.tell(provider)
    answer = await notify(logout_token(provider))
    assert answer.status_code == 400
    assert answer.json() == {
        "error": "invalid_request",
        "error_description": "The logout token was not accepted.",
    }
    assert await visitor.is_signed_in()
    expect_written_down(log, provider)


async def test_by_session_one_browser_is_signed_out_and_by_subject_all_are(
    provider: HostileProvider, visitor: Browser
) -> None:
    await visitor.sign_in()
    provider.lies.id_token = {"sid": "provider-session-2"}
    other = Browser()
    await other.sign_in()
    provider.lies.id_token = {}
    assert (await notify(logout_token(provider, sub=...))).status_code == 200
    assert (await visitor.is_signed_in(), await other.is_signed_in()) == (False, True)
    await visitor.sign_in()
    assert (await notify(logout_token(provider, sid=...))).status_code == 200
    assert (await visitor.is_signed_in(), await other.is_signed_in()) == (False, False)
    await other.close()


async def test_another_person_stays(provider: HostileProvider, visitor: Browser) -> None:
    await visitor.sign_in()
    for changes in (
        {"sub": "somebody-else"},
        {"sub": "somebody-else", "sid": ...},
        {"sid": "other", "sub": ...},
    ):
        assert (await notify(logout_token(provider, **changes))).status_code == 200
    assert await visitor.is_signed_in()


async def test_a_notice_works_once(provider: HostileProvider, visitor: Browser, log: Log) -> None:
    token = logout_token(provider)
    assert (await notify(token)).status_code == 200
    await visitor.sign_in()
    assert (await notify(token)).status_code == 400
    assert await visitor.is_signed_in()
    expect_written_down(log, provider)


async def test_of_the_same_notice_sent_at_once_one_is_taken(
    provider: HostileProvider, visitor: Browser
) -> None:
    token = logout_token(provider)
    answers = await asyncio.gather(*(notify(token) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200, *[400] * 5]


async def test_a_notice_that_failed_may_come_again(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.sign_in()
    token = logout_token(provider)
    provider.lies.answers["/jwks"] = Answer(503)
    provider.keys = [SECOND]
    newer = logout_token(provider)
    assert (await notify(newer)).status_code == 400
    provider.lies.answers.clear()
    monkeypatch.setattr("services.identity.provider.keys.COOLDOWN_SECONDS", 0)
    assert (await notify(newer)).status_code == 200
    assert not await visitor.is_signed_in()
    assert (await notify(token)).status_code == 400, "signed with a key that is gone"


@pytest.mark.parametrize("tokens", [[], ["", ""], ["x", "x"]], ids=["none", "two empty", "two"])
async def test_exactly_one_token_is_taken(
    tokens: list[str], provider: HostileProvider, visitor: Browser
) -> None:
    assert (await notify(*tokens)).status_code == 400


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "text/plain", ""])
async def test_only_a_form_is_read(kind: str, provider: HostileProvider, visitor: Browser) -> None:
    body = f"logout_token={logout_token(provider)}"
    headers = {"content-type": kind}
    answer = await visitor.store.post("/auth/backchannel-logout", content=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert answer.headers["cache-control"] == "no-store"


async def test_a_logout_token_is_no_id_token_and_no_access_token(
    provider: HostileProvider, visitor: Browser
) -> None:
    """RFC 8725, 2.8: what is meant for one purpose serves no other."""
    token = logout_token(provider, scope="openid", nonce=...)
    headers = {"authorization": f"Bearer {token}"}
    assert (await visitor.store.get("/api/v1/me", headers=headers)).status_code == 401
    await visitor.sign_in()
    assert (await notify(provider.given[-1])).status_code == 400, "an ID token"


async def test_notices_are_forgotten_once_they_are_too_old_to_be_taken(
    provider: HostileProvider, visitor: Browser
) -> None:
    await notify(logout_token(provider))
    async with unit_of_work() as uow:
        await service.forget_stale(uow)
        kept = (await uow.session.exec(select(LogoutToken))).one()
        assert timedelta(minutes=9) < kept.expires_at - now() <= timedelta(minutes=11)
        await uow.session.exec(sa.update(LogoutToken).values(expires_at=now()))
        await service.forget_stale(uow)
        assert (await uow.session.exec(select(LogoutToken))).all() == []


@pytest.mark.parametrize("left_out", ["", "sub", "sid"], ids=["by both", "by session", "by subject"])
async def test_a_notice_ends_also_the_sign_in_that_is_on_its_way(
    left_out: str, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    """The provider's notice and the browser take different ways: either may be here first."""
    callback = await visitor.at_provider(await visitor.leave())
    assert (await notify(logout_token(provider, **({left_out: ...} if left_out else {})))).status_code == 200
    assert reason_of(await visitor.store.get(callback)) == "sign_in_refused"
    assert not await visitor.is_signed_in()
    expect_written_down(log, provider)
    assert not reason_of(await visitor.sign_in()), "whoever begins anew is let in"


@pytest.mark.parametrize("changes", [{"sub": "somebody-else"}, {"sid": "other"}], ids=str)
async def test_a_notice_about_another_leaves_the_sign_in_alone(
    changes: dict[str, str], provider: HostileProvider, visitor: Browser
) -> None:
    callback = await visitor.at_provider(await visitor.leave())
    await notify(logout_token(provider, **changes))
    await visitor.store.get(callback)
    assert await visitor.is_signed_in()


async def test_a_notice_in_the_moment_of_the_sign_in_waits_for_the_session_that_it_ends(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices: list[asyncio.Task[httpx.Response]] = []

    async def slowly(*_: object) -> None:
        notices.append(asyncio.create_task(notify(logout_token(provider))))
        await asyncio.sleep(0.3)

    monkeypatch.setattr(service, "bring_cart_along", slowly)
    await visitor.sign_in()
    assert [(await notice).status_code for notice in notices] == [200]
    assert not await visitor.is_signed_in()


async def test_who_signed_out_at_the_provider_is_forgotten_when_no_sign_in_can_be_on_its_way(
    provider: HostileProvider,
) -> None:
    await notify(logout_token(provider))
    async with unit_of_work() as uow:
        await service.forget_stale(uow)
        kept = (await uow.session.exec(select(ProviderLogout))).one()
        assert provider.person["sub"] not in str(kept)
        await uow.session.exec(sa.update(ProviderLogout).values(told_at=now() - service.ATTEMPT_LIFETIME))
        await service.forget_stale(uow)
        assert (await uow.session.exec(select(ProviderLogout))).all() == []
