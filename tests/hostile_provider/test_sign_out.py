"""Signing out here ends the session here, whatever the provider does or doesn't."""

from __future__ import annotations

from dataclasses import replace
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest
from sqlmodel import select

from models.audit import AuditEntry
from models.identity import UserSession
from services import bootstrap
from services.bootstrap import resources
from services.database import create_engine
from services.identity.cookies import logout_cookie
from services.settings import settings
from services.unit_of_work import unit_of_work
from tests.hostile_provider.browser import Browser, reason_of
from tests.hostile_provider.conftest import Log, expect_written_down
from tests.hostile_provider.provider import CLIENT, HostileProvider
from tests.hostile_provider.server import Answer

UNCONFIRMED = "signed_out_unconfirmed"


async def left_for_logout(visitor: Browser) -> httpx.URL:
    await visitor.sign_in()
    answer = await visitor.post("/auth/logout")
    assert answer.status_code == 303
    assert not await visitor.is_signed_in()
    return httpx.URL(answer.headers["location"])


async def sessions() -> list[UserSession]:
    async with unit_of_work() as uow:
        return list((await uow.session.exec(select(UserSession))).all())


async def test_signing_out_goes_to_the_provider_and_comes_back_to_the_front_page(
    provider: HostileProvider, visitor: Browser
) -> None:
    """oidcc-client-test-rp-init-logout"""
    there = await left_for_logout(visitor)
    assert str(there).startswith(f"{provider.issuer}/logout?")
    assert there.params["post_logout_redirect_uri"] == f"{settings().public_url}/auth/signed-out"
    assert there.params["client_id"] == CLIENT
    assert there.params["id_token_hint"].count(".") == 2
    back = await visitor.store.get("/auth/signed-out", params={"state": there.params["state"]})
    assert (back.status_code, back.headers["location"]) == (303, "/")
    assert await sessions() == []
    again = await visitor.store.get("/auth/signed-out", params={"state": there.params["state"]})
    assert reason_of(again) == UNCONFIRMED, "the state works once"


RETURNS: dict[str, dict[str, str]] = {
    "oidcc-client-test-rp-init-logout-other-state": {"state": "another"},
    "oidcc-client-test-rp-init-logout-no-state": {},
    "an empty state": {"state": ""},
}


@pytest.mark.parametrize("told", RETURNS.values(), ids=RETURNS.keys())
async def test_a_way_back_that_does_not_fit_confirms_nothing(
    told: dict[str, str], provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    there = await left_for_logout(visitor)
    assert reason_of(await visitor.store.get("/auth/signed-out", params=told)) == UNCONFIRMED
    assert not await visitor.is_signed_in()
    expect_written_down(log, provider)
    right = await visitor.store.get("/auth/signed-out", params={"state": there.params["state"]})
    assert right.headers["location"] == "/", "a wrong one in between takes nothing away"


async def test_whoever_stays_signed_in_at_the_provider_is_not_told_otherwise(
    provider: HostileProvider, visitor: Browser
) -> None:
    there = await left_for_logout(visitor)
    told = {"state": there.params["state"], "error": "access_denied"}
    assert reason_of(await visitor.store.get("/auth/signed-out", params=told)) == UNCONFIRMED


async def test_nobody_can_confirm_a_sign_out_that_was_not_begun(
    provider: HostileProvider, visitor: Browser
) -> None:
    for told in ({}, {"state": ""}, {"state": "x"}):
        assert reason_of(await visitor.store.get("/auth/signed-out", params=told)) == UNCONFIRMED


async def test_the_state_waits_in_a_cookie_that_scripts_cannot_read(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.sign_in()
    jar: SimpleCookie = SimpleCookie()
    for header in (await visitor.post("/auth/logout")).headers.get_list("set-cookie"):
        jar.load(header)
    kept = jar["larkspur_logout"]
    assert kept["httponly"]
    assert (kept["samesite"], kept["max-age"], kept["path"]) == ("Lax", "600", "/")
    over_https = settings().model_copy(update={"public_url": "https://shop.example"})
    assert logout_cookie(over_https) == "__Host-larkspur_logout"


DEAF: dict[str, dict[str, Any]] = {
    "is down": {"answers": {"/.well-known/openid-configuration": Answer(500)}},
    "knows no way to sign out": {"discovery": {"end_session_endpoint": ...}},
}


@pytest.mark.parametrize("lies", DEAF.values(), ids=DEAF.keys())
async def test_signing_out_works_here_when_the_provider(
    lies: dict[str, Any], provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.sign_in()
    for name, value in lies.items():
        setattr(provider.lies, name, value)
    monkeypatch.setattr("services.identity.provider.keeping.Kept.get", renewed)
    answer = await visitor.post("/auth/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert not await visitor.is_signed_in()
    assert await sessions() == []


async def renewed(kept: Any) -> Any:
    """As if what is known of the provider were too old."""
    return await kept.renew()


async def test_who_could_not_be_signed_out_is_told_so_and_keeps_the_session(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.sign_in()
    nowhere = resources().settings.model_copy(update={"database_url": "postgresql://nobody@localhost:1/none"})
    engine = create_engine(nowhere)
    with monkeypatch.context() as broken:
        broken.setattr(bootstrap, "_current", replace(resources(), engine=engine))
        answer = await visitor.post("/auth/logout")
    await engine.dispose()
    assert reason_of(answer) == "sign_out_failed"
    assert await visitor.is_signed_in()


async def test_signing_out_twice_is_no_mistake(provider: HostileProvider, visitor: Browser) -> None:
    await left_for_logout(visitor)
    assert (await visitor.post("/auth/logout")).headers["location"] == "/"


async def test_signing_out_everywhere_ends_every_session(provider: HostileProvider, visitor: Browser) -> None:
    elsewhere = Browser()
    await elsewhere.sign_in()
    await visitor.sign_in()
    answer = await visitor.post("/auth/logout-everywhere")
    assert answer.headers["location"].startswith(f"{provider.issuer}/logout?")
    assert not await visitor.is_signed_in()
    assert not await elsewhere.is_signed_in()
    assert (await entries())[-1] == ("account.sessions_ended", {"sessions": [None, 2]})
    await elsewhere.close()


async def test_who_signs_out_everywhere_with_a_session_that_is_over_is_told_that_others_go_on(
    provider: HostileProvider, visitor: Browser
) -> None:
    elsewhere = Browser()
    await elsewhere.sign_in()
    answer = await visitor.post("/auth/logout-everywhere")
    assert reason_of(answer) == "not_everywhere"
    assert "return_to=%2Faccount%2Fsessions" in answer.headers["location"]
    assert await elsewhere.is_signed_in()
    await elsewhere.close()


@pytest.mark.parametrize("path", ["/auth/logout", "/auth/logout-everywhere"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
async def test_no_other_site_signs_anybody_out(
    path: str, origin: str | None, provider: HostileProvider, visitor: Browser
) -> None:
    await visitor.sign_in()
    headers = {"origin": origin} if origin else {}
    assert (await visitor.store.post(path, headers=headers)).status_code == 403
    assert (await visitor.store.get(path)).status_code == 405
    assert await visitor.is_signed_in()


async def entries() -> list[tuple[str, dict[str, Any]]]:
    async with unit_of_work() as uow:
        found = (await uow.session.exec(select(AuditEntry).order_by(AuditEntry.at))).all()  # type: ignore[arg-type]
    return [(entry.action, entry.changes) for entry in found]


async def test_staff_leave_a_trace_when_they_come_and_go(provider: HostileProvider, visitor: Browser) -> None:
    provider.lies.id_token = {"roles": ["support"]}
    await left_for_logout(visitor)
    actions = [action for action, _ in await entries()]
    assert actions == ["staff.roles_changed", "staff.signed_in", "staff.signed_out"]


async def test_shoppers_leave_none(provider: HostileProvider, visitor: Browser) -> None:
    await left_for_logout(visitor)
    assert await entries() == []
