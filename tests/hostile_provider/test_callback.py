"""What comes back with the browser: states work once, errors have their words, other issuers none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from models.identity import SignInAttempt
from models.ids import now
from services.identity import service
from services.identity.cookies import visitor_cookie
from services.settings import settings
from services.unit_of_work import unit_of_work
from tests.hostile_provider.browser import Browser, reason_of
from tests.hostile_provider.conftest import Log, expect_written_down
from tests.hostile_provider.lies import CALLBACKS
from tests.hostile_provider.provider import HostileProvider

ERRORS = {
    "access_denied": "cancelled",
    "server_error": "sign_in_unavailable",
    "temporarily_unavailable": "sign_in_unavailable",
    "login_required": "sign_in_needed",
    "interaction_required": "sign_in_needed",
    "consent_required": "sign_in_needed",
    "invalid_request": "sign_in_not_accepted",
    "unauthorized_client": "sign_in_not_accepted",
    "invalid_scope": "sign_in_not_accepted",
    "<script>alert(1)</script>": "sign_in_not_accepted",
}


@pytest.mark.parametrize(("changes", "reason"), CALLBACKS.values(), ids=CALLBACKS.keys())
async def test_an_answer_that_does_not_fit(
    changes: dict[str, Any], reason: str, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    assert reason_of(await visitor.sign_in(**changes)) == reason
    assert not await visitor.is_signed_in()
    expect_written_down(log, provider)
    if reason in ("wrong_state", "wrong_issuer"):
        assert not provider.asked("/token")


@pytest.mark.parametrize(("error", "reason"), ERRORS.items())
async def test_an_error_of_the_provider_gets_words_of_our_own(
    error: str, reason: str, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    provider.lies.callback = {"code": ..., "error": error, "error_description": "Call +1 555 0100 to go on"}
    answer = await visitor.sign_in("/auth/login?return_to=/cart")
    assert reason_of(answer) == reason
    assert answer.headers["location"].endswith("&return_to=%2Fcart")
    assert "555" not in answer.headers["location"] + str(log)
    assert "script" not in answer.headers["location"] + str(log)
    assert not await visitor.is_signed_in()


@pytest.mark.parametrize("told", ["https://evil.example", None], ids=["of another issuer", "of nobody"])
async def test_an_error_in_anothers_name_ends_nothing(
    told: str | None, provider: HostileProvider, visitor: Browser
) -> None:
    """The sign-in that is under way goes on when the provider's own answer comes (RFC 9207, 2.4)."""
    callback = await visitor.at_provider(await visitor.leave())
    forged = (
        callback.copy_remove_param("code").copy_remove_param("iss").copy_add_param("error", "access_denied")
    )
    forged = forged.copy_add_param("iss", told) if told else forged
    assert reason_of(await visitor.store.get(forged)) == "wrong_issuer"
    await visitor.store.get(callback)
    assert await visitor.is_signed_in()


async def test_a_code_from_another_provider_is_not_redeemed(
    provider: HostileProvider, visitor: Browser
) -> None:
    """A mix-up (RFC 9700, 4.4): begun at ours, answered by an evil one, whose code would go to ours."""
    answer = await visitor.sign_in(code="code-of-the-evil-one", iss="https://evil.example")
    assert reason_of(answer) == "wrong_issuer"
    assert not provider.asked("/token")


async def test_a_state_works_once(provider: HostileProvider, visitor: Browser) -> None:
    callback = await visitor.at_provider(await visitor.leave())
    await visitor.store.get(callback)
    assert reason_of(await visitor.store.get(callback)) == "wrong_state"
    assert len(provider.asked("/token")) == 1


async def test_a_code_works_once(provider: HostileProvider, visitor: Browser, log: Log) -> None:
    """Replayed with a fresh state, the code is refused by the provider; the PKCE verifier wouldn't fit either."""
    first = await visitor.at_provider(await visitor.leave())
    await visitor.store.get(first)
    await visitor.post("/auth/logout")
    answer = await visitor.sign_in(code=first.params["code"])
    assert reason_of(answer) == "sign_in_refused"
    assert not await visitor.is_signed_in()
    expect_written_down(log, provider)


async def test_a_code_stolen_before_its_use_fits_no_other_sign_in(
    provider: HostileProvider, visitor: Browser
) -> None:
    stolen = (await visitor.at_provider(await visitor.leave())).params["code"]
    thief = Browser()
    assert reason_of(await thief.sign_in(code=stolen)) == "sign_in_refused"
    assert not await thief.is_signed_in()
    await thief.close()


async def test_a_state_is_bound_to_its_browser(provider: HostileProvider, visitor: Browser) -> None:
    """Else an attacker could sign somebody else in as themselves (RFC 6749, 10.12)."""
    callback = await visitor.at_provider(await visitor.leave())
    other = Browser()
    await other.leave()
    assert reason_of(await other.store.get(callback)) == "wrong_state"
    assert not await other.is_signed_in()
    await other.close()


async def test_a_state_lasts_ten_minutes(provider: HostileProvider, visitor: Browser) -> None:
    callback = await visitor.at_provider(await visitor.leave())
    async with unit_of_work() as uow:
        past = now() - timedelta(minutes=10, seconds=1)
        await uow.session.exec(sa.update(SignInAttempt).values(created_at=past))
    assert reason_of(await visitor.store.get(callback)) == "wrong_state"
    assert not await visitor.is_signed_in()


async def test_a_parameter_sent_twice_is_not_chosen_from(provider: HostileProvider, visitor: Browser) -> None:
    callback = await visitor.at_provider(await visitor.leave())
    for name in ("code", "state", "iss"):
        twice = callback.copy_add_param(name, callback.params[name])
        assert reason_of(await visitor.store.get(twice)) in ("wrong_state", "wrong_issuer")
    assert not await visitor.is_signed_in()


async def test_the_request_has_all_that_protects_it(provider: HostileProvider, visitor: Browser) -> None:
    urls = [httpx.URL((await visitor.leave()).headers["location"]) for _ in range(2)]
    one, two = (url.params for url in urls)
    assert one["tenant"] == "larkspur", "what the endpoint's own address says stays"
    assert (one["response_type"], one["code_challenge_method"]) == ("code", "S256")
    assert "openid" in one["scope"].split()
    assert all(one[name] != two[name] for name in ("state", "nonce", "code_challenge"))
    assert all(len(one[name]) >= 43 for name in ("state", "nonce", "code_challenge"))


async def test_a_flood_of_sign_ins_keeps_the_newest(provider: HostileProvider, visitor: Browser) -> None:
    sent = [await visitor.leave() for _ in range(service.MOST_ATTEMPTS + 5)]
    async with unit_of_work() as uow:
        kept = (await uow.session.exec(select(SignInAttempt))).all()
    assert len(kept) == service.MOST_ATTEMPTS
    assert reason_of(await visitor.store.get(await visitor.at_provider(sent[0]))) == "wrong_state"
    await visitor.store.get(await visitor.at_provider(sent[-1]))
    assert await visitor.is_signed_in()


async def test_one_browsers_flood_leaves_others_alone(provider: HostileProvider, visitor: Browser) -> None:
    callback = await visitor.at_provider(await visitor.leave())
    flooding = Browser()
    for _ in range(service.MOST_ATTEMPTS + 1):
        await flooding.leave()
    await flooding.close()
    await visitor.store.get(callback)
    assert await visitor.is_signed_in()


async def test_sign_ins_that_never_came_back_are_forgotten(
    provider: HostileProvider, visitor: Browser
) -> None:
    for _ in range(3):
        await visitor.leave()
    async with unit_of_work() as uow:
        old = sa.update(SignInAttempt).where(
            col(SignInAttempt.state_hash).in_(sa.select(col(SignInAttempt.state_hash)).limit(2))
        )
        await uow.session.exec(old.values(created_at=now() - timedelta(minutes=11)))
        await service.forget_stale(uow)
        assert len((await uow.session.exec(select(SignInAttempt))).all()) == 1


async def test_a_session_planted_before_the_sign_in_does_not_survive_it(
    provider: HostileProvider, visitor: Browser
) -> None:
    """Session fixation (CWE-384)."""
    visitor.store.cookies.set("larkspur_session", "planted-by-somebody")
    await visitor.sign_in()
    given = [cookie.value for cookie in visitor.store.cookies.jar if cookie.name == "larkspur_session"]
    assert any(value not in (None, "planted-by-somebody") for value in given)
    planted = Browser()
    planted.store.cookies.set("larkspur_session", "planted-by-somebody")
    assert not await planted.is_signed_in()
    await planted.close()


@pytest.mark.parametrize("target", ["/x" * 400, "https://evil.example", "//evil.example", "/auth/logout"])
async def test_a_way_back_that_is_none_is_the_front_page(
    target: str, provider: HostileProvider, visitor: Browser
) -> None:
    sent = await visitor.store.get("/auth/login", params={"return_to": target})
    answer = await visitor.store.get(await visitor.at_provider(sent))
    assert answer.headers["location"] == "/"
    assert visitor_cookie(settings()) in visitor.store.cookies
