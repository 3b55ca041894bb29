"""The provider's keys change, and strangers try to make the store fetch them all day."""

from __future__ import annotations

import asyncio
import json
import time
from types import SimpleNamespace

import httpx
import pytest

from services.bootstrap import Resources
from tests.hostile_provider.browser import Browser, reason_of
from tests.hostile_provider.certificates import loopback_certificate
from tests.hostile_provider.conftest import turn_to
from tests.hostile_provider.provider import HostileProvider
from tests.hostile_provider.server import Answer, json_answer
from tests.hostile_provider.signing import FIRST, SECOND, UNPUBLISHED, encoded, signed_by

KEYS = "services.identity.provider.keys"


@pytest.mark.parametrize(
    "module",
    [
        "oidcc-client-test-signing-key-rotation",
        "oidcc-client-test-signing-key-rotation-just-before-signing",
    ],
)
async def test_a_new_key_takes_one_more_fetch(
    module: str, provider: HostileProvider, visitor: Browser
) -> None:
    await visitor.sign_in()
    callback = await visitor.at_provider(await visitor.leave())
    if module.endswith("just-before-signing"):
        provider.keys = [SECOND]
        await visitor.store.get(callback)
    else:
        provider.keys = [SECOND]
        await visitor.sign_in()
    assert await visitor.is_signed_in()
    assert len(provider.asked("/jwks")) == 2


async def test_a_new_key_under_the_old_name_works_too(provider: HostileProvider, visitor: Browser) -> None:
    await visitor.sign_in()
    provider.keys = [UNPUBLISHED]
    await visitor.post("/auth/logout")
    await visitor.sign_in()
    assert await visitor.is_signed_in()


async def test_the_only_key_may_change_without_a_name(provider: HostileProvider, visitor: Browser) -> None:
    provider.lies.header = {"kid": ...}
    await visitor.sign_in()
    await visitor.post("/auth/logout")
    provider.keys = [SECOND]
    await visitor.sign_in()
    assert await visitor.is_signed_in()


async def test_a_key_that_was_withdrawn_is_forgotten_with_the_hour(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.sign_in()
    await visitor.post("/auth/logout")
    provider.keys = [SECOND]
    provider.lies.header, provider.lies.signature = {"kid": "first"}, signed_by(FIRST)
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + 3601)
    monkeypatch.setattr("services.identity.provider.keeping.time", later)
    assert reason_of(await visitor.sign_in()) == "sign_in_refused"
    assert not await visitor.is_signed_in()


async def bearer(visitor: Browser, token: str) -> int:
    answer = await visitor.store.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})
    return answer.status_code


def forged(kid: str) -> str:
    return f"{encoded({'alg': 'RS256', 'kid': kid})}.{encoded({'sub': 'x'})}.AAAA"


async def test_a_flood_of_unknown_keys_fetches_once_in_a_while(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood = [forged(f"kid-{number}") for number in range(60)]
    assert set(await asyncio.gather(*(bearer(visitor, token) for token in flood))) == {401}
    for token in flood:
        assert await bearer(visitor, token) == 401
    assert len(provider.asked("/jwks")) <= 2, "once to know the keys, once for all the unknown ones"
    monkeypatch.setattr(f"{KEYS}.COOLDOWN_SECONDS", 0)
    await bearer(visitor, forged("later"))
    assert len(provider.asked("/jwks")) == 3


async def test_whoever_asks_at_the_same_time_shares_one_fetch(
    provider: HostileProvider, visitor: Browser
) -> None:
    published = json.dumps({"keys": [FIRST.as_dict(private=False)]}).encode()
    provider.lies.answers["/jwks"] = Answer(200, published, pause=0.3)
    visitors = [Browser() for _ in range(5)]
    callbacks = [await each.at_provider(await each.leave()) for each in visitors]
    await asyncio.gather(
        *(each.store.get(callback) for each, callback in zip(visitors, callbacks, strict=True))
    )
    assert [await each.is_signed_in() for each in visitors] == [True] * 5
    assert len(provider.asked("/jwks")) == 1
    assert len(provider.asked("/.well-known/openid-configuration")) == 1
    for each in visitors:
        await each.close()


async def test_one_who_gives_up_waiting_does_not_take_the_fetch_from_the_others(
    provider: HostileProvider, visitor: Browser
) -> None:
    document = json.dumps(provider._discovery()).encode()
    provider.lies.answers["/.well-known/openid-configuration"] = Answer(200, document, pause=0.3)
    impatient = asyncio.create_task(visitor.leave())
    patient = asyncio.create_task(visitor.leave())
    await asyncio.sleep(0.1)
    impatient.cancel()
    assert (await patient).headers["location"].startswith(provider.issuer)
    assert len(provider.asked("/.well-known/openid-configuration")) == 1


async def test_keys_that_cannot_be_had_for_a_moment_leave_the_known_ones(
    provider: HostileProvider, visitor: Browser
) -> None:
    await visitor.sign_in()
    await visitor.post("/auth/logout")
    provider.lies.answers["/jwks"] = json_answer({}, 503)
    assert await bearer(visitor, forged("unknown")) == 503
    await visitor.sign_in()
    assert await visitor.is_signed_in()


@pytest.mark.parametrize(
    "field",
    ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "introspection_endpoint"],
)
async def test_over_https_no_secret_goes_to_an_address_without(
    field: str, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    serving, trusting = loopback_certificate()
    provider = HostileProvider(serving)
    await provider.open()
    async with httpx.AsyncClient(verify=trusting) as outside:
        turn_to(provider, resources, monkeypatch, http=outside)
        visitor = Browser()
        assert (await visitor.leave()).headers["location"].startswith("https://localhost")
        await provider.close()

        lying = HostileProvider(serving)
        await lying.open()
        turn_to(lying, resources, monkeypatch, http=outside)
        lying.lies.discovery = {field: f"http://localhost/{field}"}
        assert reason_of(await visitor.leave()) == "sign_in_unavailable"
        await visitor.close()
        await lying.close()


async def test_a_certificate_that_nobody_vouches_for_is_refused(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    serving, _ = loopback_certificate()
    provider = HostileProvider(serving)
    await provider.open()
    turn_to(provider, resources, monkeypatch)
    visitor = Browser()
    assert reason_of(await visitor.leave()) == "sign_in_unavailable"
    await visitor.close()
    await provider.close()
