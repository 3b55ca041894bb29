"""What the ID token leaves out is asked for, and what comes is read with care."""

from __future__ import annotations

from typing import Any

import pytest

from tests.hostile_provider.browser import Browser
from tests.hostile_provider.provider import HostileProvider
from tests.hostile_provider.server import Answer

LACKING: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "oidcc-client-test-scope-userinfo-claims": (
        {"email": ..., "name": ...},
        ("from-userinfo@larkspur.example", "From Userinfo"),
    ),
    "no e-mail": ({"email": ...}, ("from-userinfo@larkspur.example", "Nell Reed")),
    "no name": ({"name": ...}, ("nell@larkspur.example", "From Userinfo")),
    "a name in two parts": (
        {"name": ..., "given_name": "Nell", "family_name": "Moss"},
        ("nell@larkspur.example", "Nell Moss"),
    ),
}


@pytest.mark.parametrize(("lies", "expected"), LACKING.values(), ids=LACKING.keys())
async def test_what_the_id_token_lacks_is_asked_for(
    lies: dict[str, Any], expected: tuple[str, str], provider: HostileProvider, visitor: Browser
) -> None:
    provider.lies.id_token = lies
    await visitor.sign_in()
    told = await visitor.me()
    assert (told["email"], told["name"]) == expected


async def test_the_access_token_goes_in_the_header(provider: HostileProvider, visitor: Browser) -> None:
    """oidcc-client-test-userinfo-bearer-header: never in an address, which gets written down."""
    provider.lies.id_token = {"email": ...}
    await visitor.sign_in()
    (asked,) = provider.asked("/userinfo")
    assert (asked.method, asked.query, asked.form) == ("GET", {}, {})
    assert asked.headers["authorization"] == f"Bearer {provider.access_token}"


async def test_userinfo_gives_no_roles(provider: HostileProvider, visitor: Browser) -> None:
    provider.lies.id_token = {"email": ..., "groups": ["admin"]}
    provider.lies.userinfo = {"roles": ["admin"], "groups": "admin"}
    await visitor.sign_in()
    assert (await visitor.me())["roles"] == []


@pytest.mark.parametrize("answer", [Answer(401), Answer(403, b"no")], ids=["401", "403"])
async def test_userinfo_that_is_not_told_keeps_nobody_out(
    answer: Answer, provider: HostileProvider, visitor: Browser
) -> None:
    provider.lies.id_token = {"email": ..., "username": "nell"}
    provider.lies.answers["/userinfo"] = answer
    await visitor.sign_in()
    assert (await visitor.me())["email"] == ""


async def test_a_name_is_read_without_what_would_turn_it_around(
    provider: HostileProvider, visitor: Browser
) -> None:
    provider.lies.id_token = {"name": "Nell \u202edeeR\0"}
    await visitor.sign_in()
    assert (await visitor.me())["name"] == "Nell deeR"


async def test_what_was_known_of_somebody_is_not_forgotten_when_nothing_is_told(
    provider: HostileProvider, visitor: Browser
) -> None:
    await visitor.sign_in()
    provider.lies.id_token = {"email": ..., "name": ...}
    provider.lies.answers["/userinfo"] = Answer(403)
    await visitor.sign_in()
    told = await visitor.me()
    assert (told["email"], told["name"]) == ("nell@larkspur.example", "Nell Reed")


async def test_without_such_an_endpoint_the_id_token_has_to_do(
    provider: HostileProvider, visitor: Browser
) -> None:
    provider.lies.id_token = {"email": ..., "name": ..., "username": "nell"}
    provider.lies.discovery = {"userinfo_endpoint": ...}
    await visitor.sign_in()
    assert (await visitor.me())["name"] == "nell"


STRANGE: dict[str, dict[str, Any]] = {
    "a list of e-mail addresses": {"email": ["a@larkspur.example"]},
    "an e-mail with a line break": {"email": "a@larkspur.example\r\nBcc: b@larkspur.example"},
    "an e-mail without end": {"email": "a" * 5000 + "@larkspur.example"},
    "a name with a zero byte": {"name": "Nell\0Reed"},
    "a name that no encoding takes": {"name": "\ud800"},
    "a name that is an object": {"name": {"first": "Nell"}},
    "a name without end": {"name": "N" * 5000},
    "a name turned around": {"name": "Nell \u202edeeR"},
    "roles that are an object": {"roles": {"admin": True}},
    "a sid that is a list": {"sid": ["1"]},
    "a sid without end": {"sid": "s" * 5000},
}


@pytest.mark.parametrize("lies", STRANGE.values(), ids=STRANGE.keys())
async def test_strange_claims_are_left_out_or_cut_and_nobody_is_kept_out(
    lies: dict[str, Any], provider: HostileProvider, visitor: Browser
) -> None:
    provider.lies.id_token = lies
    provider.lies.userinfo = lies
    await visitor.sign_in()
    told = await visitor.me()
    assert told["roles"] == []
    assert all(isinstance(told[field], str) and told[field].isprintable() for field in ("email", "name"))
    assert (len(told["email"]) <= 254, len(told["name"]) <= 200) == (True, True)
