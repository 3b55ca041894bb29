"""The provider with --opaque-access-tokens: programs have to ask what a token is worth."""

from collections.abc import Iterator

import httpx
import pytest

from sandbox.process import running
from tests.sandbox.provider_visitor import CLIENT, FLAGS, Visitor


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    flags = (*FLAGS, "--opaque-access-tokens")
    with running("identity_provider", tmp_path_factory.mktemp("provider"), *flags) as address:
        yield address


def userinfo(visitor: Visitor, token: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{visitor.provider}/t/larkspur/oauth2/userinfo", headers=headers)


def test_the_token_says_nothing_and_the_introspection_endpoint_everything(visitor: Visitor) -> None:
    tokens = visitor.tokens("iris")
    assert "." not in tokens["access_token"]
    told = visitor.call("introspect", token=tokens["access_token"]).json()
    assert told["active"] is True
    assert (told["client_id"], told["token_type"]) == (CLIENT[0], "Bearer")
    assert told["sub"] == visitor.claims(tokens["id_token"])["sub"]
    assert told["roles"] == ["order_manager", "catalog_manager"]
    assert told["exp"] > told["iat"]


def test_userinfo_takes_it(visitor: Visitor) -> None:
    tokens = visitor.tokens("iris")
    person = userinfo(visitor, tokens["access_token"]).json()
    assert person["email"] == "operations@larkspur.example"
    assert person["roles"] == ["order_manager", "catalog_manager"]


def test_a_revoked_or_made_up_one_opens_nothing(visitor: Visitor) -> None:
    tokens = visitor.tokens()
    visitor.call("revoke", token=tokens["access_token"])
    for token in (tokens["access_token"], tokens["refresh_token"], "made-up"):
        assert userinfo(visitor, token).status_code == 401
    assert visitor.call("introspect", token="made-up").json() == {"active": False}


def test_a_refresh_gives_another_opaque_one(visitor: Visitor) -> None:
    first = visitor.tokens()
    refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = visitor.call("token", **refresh).json()
    assert second["access_token"] != first["access_token"]
    assert "." not in second["access_token"]
    assert userinfo(visitor, second["access_token"]).status_code == 200


def test_the_front_page_says_so(visitor: Visitor) -> None:
    assert "opaque" in visitor.browser.get("/t/larkspur/").text
