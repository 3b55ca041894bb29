"""ID tokens of a provider that makes mistakes or lies (OpenID Connect Core 1.0, 3.1.3.7)."""

from __future__ import annotations

import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from models.permissions import Role
from services.bootstrap import Resources
from services.errors import Unauthenticated
from services.identity import provider
from services.identity.roles import roles_of

KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
OTHER = RSAKey.generate_key(2048, {"kid": "two"})


@pytest.fixture(autouse=True)
def known_keys(opened: Resources, monkeypatch: pytest.MonkeyPatch) -> None:
    async def keys(*, refresh: bool) -> KeySet:
        return KeySet([KEY])

    monkeypatch.setattr(provider, "_keys", keys)


def claims(opened: Resources, **changes: Any) -> dict[str, Any]:
    good = {
        "iss": opened.settings.oidc_issuer,
        "aud": opened.settings.oidc_client_id,
        "sub": "123",
        "nonce": "n",
        "iat": int(time.time()),
        "exp": int(time.time()) + 300,
        "email": "ada@larkspur.example",
        "roles": "support",
    }
    return {name: value for name, value in (good | changes).items() if value is not ...}


def signed(content: dict[str, Any], key: Any = KEY, algorithm: str = "RS256", kid: str = "one") -> str:
    return jwt.encode({"alg": algorithm, "kid": kid}, content, key, algorithms=[algorithm])


async def test_a_good_token_tells_who_it_is(opened: Resources) -> None:
    found = await provider.verify_id_token(signed(claims(opened)), nonce="n")
    assert (found.subject, found.email) == ("123", "ada@larkspur.example")
    assert found.roles == {Role.SUPPORT}


FROM_NOW = ("exp", "iat", "nbf")
"""Claims given in seconds from the moment of the test."""
WRONG: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": ...},
    "another audience": {"aud": "other"},
    "another audience though azp is us": {"aud": "other", "azp": "larkspur-store"},
    "no audience": {"aud": ...},
    "several audiences without azp": {"aud": ["larkspur-store", "other"]},
    "another azp": {"azp": "other"},
    "expired": {"exp": -61},
    "no expiry": {"exp": ...},
    "issued long ago": {"iat": -700},
    "issued in the future": {"iat": 120},
    "no iat": {"iat": ...},
    "not yet valid": {"nbf": 120},
    "another nonce": {"nonce": "m"},
    "no nonce": {"nonce": ...},
    "empty subject": {"sub": ""},
    "no subject": {"sub": ...},
    "a number as subject": {"sub": 5},
    "expiry as text": {"exp": "tomorrow"},
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG.keys())
async def test_a_claim_that_does_not_fit_is_refused(opened: Resources, changes: dict[str, Any]) -> None:
    at = {name: int(time.time()) + changes[name] for name in FROM_NOW if isinstance(changes.get(name), int)}
    with pytest.raises(Unauthenticated):
        await provider.verify_id_token(signed(claims(opened, **changes | at)), nonce="n")


async def test_tokens_signed_by_others_or_not_at_all_are_refused(opened: Resources) -> None:
    content = claims(opened)
    secret = OctKey.import_key(opened.settings.oidc_client_secret.get_secret_value())
    unsigned = "eyJhbGciOiJub25lIn0." + signed(content).split(".")[1] + "."
    forged = [
        signed(content, OTHER),
        signed(content, OTHER, kid="two"),
        signed(content, secret, "HS256"),
        unsigned,
        "",
        "a.b.c",
        signed(content)[:-4] + "AAAA",
    ]
    for token in forged:
        with pytest.raises(Unauthenticated):
            await provider.verify_id_token(token, nonce="n")


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("support", {Role.SUPPORT}),
        ("support,admin", {Role.SUPPORT, Role.ADMIN}),
        (["admin", "everyone"], {Role.ADMIN}),
        (None, set()),
        ([{"admin": 1}, 5], set()),
        ({"admin": True}, set()),
    ],
)
def test_roles_are_read_from_text_or_list_and_nothing_else(claim: object, expected: set[Role]) -> None:
    assert roles_of(claim, {role.value: role for role in Role}) == expected
