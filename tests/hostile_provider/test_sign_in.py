"""Nobody gets in by a lie of the provider, whoever asks is told something true, and it is written down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx
import pytest

from services import bootstrap
from services.bootstrap import resources
from tests.hostile_provider.browser import Browser, reason_of
from tests.hostile_provider.conftest import Log, expect_written_down
from tests.hostile_provider.lies import (
    DISCOVERY,
    ENDPOINTS,
    ID_TOKENS,
    KEY_SETS,
    NONSENSE,
    SLOW,
    TOKEN_ANSWERS,
    USERINFO,
    Lie,
)
from tests.hostile_provider.provider import CLIENT, HostileProvider
from tests.hostile_provider.server import Answer
from tests.hostile_provider.signing import FIRST


def each(table: Mapping[str, Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("lie", table.values(), ids=table.keys())


async def expect_refusal(
    lie: Lie, provider: HostileProvider, visitor: Browser, log: Log, path: str = "/auth/login?return_to=/cart"
) -> None:
    lie.tell(provider)
    answer = await visitor.sign_in(path)
    assert reason_of(answer) == lie.reason
    assert answer.headers["location"].endswith("&return_to=%2Fcart")
    assert not await visitor.is_signed_in()
    expect_written_down(log, provider)


async def test_told_no_lies_it_signs_people_in(provider: HostileProvider, visitor: Browser) -> None:
    answer = await visitor.sign_in("/auth/login?return_to=/cart")
    assert answer.headers["location"] == "/cart"
    assert (await visitor.me())["name"] == "Nell Reed"
    assert not provider.asked("/userinfo")


@each(ID_TOKENS)
async def test_an_id_token_that_does_not_fit(
    lie: Lie, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    await expect_refusal(lie, provider, visitor, log)
    assert provider.asked("/token")


@each(TOKEN_ANSWERS)
async def test_a_token_endpoint_that_lies(
    lie: Lie, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    await expect_refusal(lie, provider, visitor, log)
    assert len(provider.asked("/token")) == 1


@each(DISCOVERY)
async def test_a_discovery_document_that_lies(
    lie: Lie, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    await expect_refusal(lie, provider, visitor, log)
    assert {request.path for request in provider.requests} == {"/.well-known/openid-configuration"}


@each(KEY_SETS)
async def test_keys_that_verify_nothing(
    lie: Lie, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    await expect_refusal(lie, provider, visitor, log)


@each(USERINFO)
async def test_userinfo_that_lies(lie: Lie, provider: HostileProvider, visitor: Browser, log: Log) -> None:
    provider.lies.id_token = {"email": ..., "name": ...}
    await expect_refusal(lie, provider, visitor, log)


@pytest.mark.parametrize("path", ENDPOINTS)
@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE.keys())
async def test_nonsense_counts_as_no_answer(
    path: str, answer: Answer, provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    provider.lies.id_token = {"email": ..., "name": ...}
    lie = Lie(lambda told: told.lies.answers.update({path: answer}), "sign_in_unavailable")
    await expect_refusal(lie, provider, visitor, log)


@pytest.mark.parametrize("path", ENDPOINTS)
@pytest.mark.parametrize("answer", SLOW.values(), ids=SLOW.keys())
async def test_nobody_waits_longer_than_the_deadline(
    path: str,
    answer: Answer,
    provider: HostileProvider,
    visitor: Browser,
    log: Log,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("services.identity.provider.fetching.DEADLINE_SECONDS", 1)
    provider.lies.id_token = {"email": ..., "name": ...}
    lie = Lie(lambda told: told.lies.answers.update({path: answer}), "sign_in_unavailable")
    await expect_refusal(lie, provider, visitor, log)


async def test_a_provider_that_is_down_leaves_the_shop_open(
    provider: HostileProvider, visitor: Browser, log: Log
) -> None:
    await provider.close()
    assert reason_of(await visitor.leave()) == "sign_in_unavailable"
    assert reason_of(await visitor.leave("/auth/register")) == "sign_in_unavailable"
    assert (await visitor.store.get("/api/v1/products")).status_code == 200
    assert (await visitor.post("/api/v1/carts")).status_code == 201
    expect_written_down(log, provider)


async def test_nobody_is_sent_to_a_provider_that_went_down_meanwhile(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.sign_in()
    await provider.close()
    monkeypatch.setattr("services.identity.provider.discovery.ANSWERS_SECONDS", 0)
    assert reason_of(await visitor.leave()) == "sign_in_unavailable"
    assert reason_of(await visitor.leave("/auth/register")) == "sign_in_unavailable"
    assert await visitor.is_signed_in()


async def test_many_sign_ins_ask_the_provider_once_whether_it_is_there(
    provider: HostileProvider, visitor: Browser
) -> None:
    for _ in range(5):
        assert (await visitor.leave()).status_code == 303
    assert len(provider.asked("/.well-known/openid-configuration")) == 1


async def test_a_page_to_register_that_names_our_client_already_is_told_it_once(
    provider: HostileProvider, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asgardeo's does; a parameter that is there twice makes a request invalid (RFC 6749, 3.1)."""
    page = f"{provider.issuer}/authorize?client_id=some-client&tenant=larkspur"
    configuration = resources().settings.model_copy(update={"oidc_registration_url": page})
    monkeypatch.setattr(bootstrap, "_current", replace(resources(), settings=configuration))
    sent = httpx.URL((await visitor.leave("/auth/register")).headers["location"])
    assert sent.params.get_list("client_id") == [CLIENT]
    assert sent.params["tenant"] == "larkspur"


async def test_what_the_provider_sets_as_cookies_is_not_taken_along_to_the_next_persons_sign_in(
    provider: HostileProvider, visitor: Browser
) -> None:
    published = json.dumps({"keys": [FIRST.as_dict(private=False)]}).encode()
    provider.lies.answers["/jwks"] = Answer(200, published, {"Set-Cookie": "of=nell; Path=/"})
    await visitor.sign_in()
    await visitor.sign_in()
    assert await visitor.is_signed_in()
    by_the_store = [*provider.asked("/token"), *provider.asked("/jwks"), *provider.asked("/userinfo")]
    assert not [request for request in by_the_store if "cookie" in request.headers]


async def test_a_provider_that_comes_back_is_used_again(provider: HostileProvider, visitor: Browser) -> None:
    provider.lies.answers["/.well-known/openid-configuration"] = Answer(500)
    assert reason_of(await visitor.leave()) == "sign_in_unavailable"
    provider.lies.answers.clear()
    await visitor.sign_in()
    assert await visitor.is_signed_in()


GOOD: dict[str, dict[str, Any]] = {
    "oidcc-client-test-kid-absent-single-jwks": {"header": {"kid": ...}},
    "oidcc-client-test-ignores-unparseable-key-in-jwks": {"keys": [{"kty": "RSA", "n": 5}, {"kty": "new"}]},
    "oidcc-client-test-discovery-jwks-uri-keys": {},
    "no hash of the access token": {"id_token": {"at_hash": ...}},
    "several audiences with our azp": {
        "id_token": {"aud": ["larkspur & sons", "x"], "azp": "larkspur & sons"}
    },
    "one audience in a list": {"id_token": {"aud": ["larkspur & sons"]}},
    "a header with a word we don't know": {"header": {"x5t": "abc", "hint": "new"}},
    "no sid": {"id_token": {"sid": ...}},
    "token type in capitals": {"tokens": {"token_type": "BEARER"}},
    "no iss where none is promised": {
        "discovery": {"authorization_response_iss_parameter_supported": ...},
        "callback": {"iss": ...},
    },
}


@pytest.mark.parametrize("fields", GOOD.values(), ids=GOOD.keys())
async def test_what_the_standards_allow_is_let_in(
    fields: dict[str, Any], provider: HostileProvider, visitor: Browser
) -> None:
    for name, value in fields.items():
        setattr(provider.lies, name, value)
    assert (await visitor.sign_in()).headers["location"] == "/"
    assert await visitor.is_signed_in()
