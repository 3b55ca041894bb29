"""Signing keys come and go; what they signed stays valid for as long as it lasts."""

import json
import stat
from pathlib import Path

import httpx
from joserfc import jwt

from sandbox.identity_provider.keys import PUBLISHED_FOR, REMEMBERED_FOR, ROTATED_AFTER, KeyRing
from tests.sandbox.provider_visitor import HOME, Visitor


class Clock:
    """Shows the time it is set to."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def newest_of(visitor: Visitor) -> str:
    return str(next(iter(visitor.keys())).kid)


def kids(ring: KeyRing) -> list[str]:
    return [jwk["kid"] for jwk in ring.public_jwks()["keys"]]


def test_a_key_is_rotated_when_it_is_a_day_old(tmp_path: Path) -> None:
    clock = Clock()
    ring = KeyRing(tmp_path / "keys.json", clock)
    [first] = kids(ring)
    clock.now += ROTATED_AFTER - 1
    assert kids(ring) == [first]
    clock.now += 1
    second, still_first = kids(ring)
    assert still_first == first
    assert [key.kid for key in ring.signing] == [second]


def test_a_start_after_a_day_rotates_too(tmp_path: Path) -> None:
    clock = Clock()
    [first] = kids(KeyRing(tmp_path / "keys.json", clock))
    clock.now += ROTATED_AFTER
    assert len(kids(KeyRing(tmp_path / "keys.json", clock))) == 2
    assert kids(KeyRing(tmp_path / "keys.json", clock))[1] == first


def test_an_older_key_is_published_until_what_it_signed_has_expired(tmp_path: Path) -> None:
    clock = Clock()
    ring = KeyRing(tmp_path / "keys.json", clock)
    [first] = kids(ring)
    second = ring.rotate().kid
    clock.now += PUBLISHED_FOR - 1
    assert kids(ring) == [second, first]
    clock.now += 1
    assert kids(ring) == [second]
    assert {key.kid for key in ring.remembered} == {first, second}
    clock.now += REMEMBERED_FOR
    assert first not in {key.kid for key in ring.remembered}


def test_the_keys_are_for_their_owners_eyes_and_only_their_public_half_is_told(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys.json")
    ring.rotate()
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    for jwk in ring.public_jwks()["keys"]:
        assert set(jwk) == {"kty", "use", "alg", "kid", "n", "e"}


def test_a_key_without_dates_counts_as_old(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    ring = KeyRing(file)
    [first] = kids(ring)
    kept = json.loads(file.read_text())
    file.write_text(
        json.dumps({"keys": [{k: v for k, v in jwk.items() if k != "iat"} for jwk in kept["keys"]]})
    )
    assert kids(KeyRing(file))[1:] == [first]


def test_tokens_of_the_key_before_still_verify_and_still_sign_out(visitor: Visitor) -> None:
    before = visitor.tokens()
    answer = httpx.post(f"{visitor.provider}/sandbox/rotate-keys")
    assert answer.status_code == 201
    header = jwt.decode(
        visitor.tokens(prompt="login")["id_token"], visitor.keys(), algorithms=["RS256"]
    ).header
    assert header["kid"] == answer.json()["kid"]
    assert visitor.claims(before["id_token"])["username"] == "shopper"
    assert visitor.claims(before["access_token"])["username"] == "shopper"
    hint = {"id_token_hint": before["id_token"], "post_logout_redirect_uri": HOME}
    assert visitor.browser.get("/t/larkspur/oidc/logout", params=hint).headers["location"] == HOME


def test_another_sites_page_makes_no_keys(visitor: Visitor) -> None:
    before = visitor.keys().as_dict()
    foreign = httpx.post(
        f"{visitor.provider}/sandbox/rotate-keys", headers={"Origin": "https://evil.example"}
    )
    assert foreign.status_code == 403
    assert visitor.keys().as_dict() == before


def test_the_front_page_shows_the_keys_and_makes_a_new_one(visitor: Visitor) -> None:
    page = visitor.browser.get("/", follow_redirects=True)
    assert "Make a new key" in page.text
    newest = newest_of(visitor)
    assert newest in page.text
    headers = {"Origin": visitor.provider, "Accept": "text/html"}
    after = visitor.browser.post("/sandbox/rotate-keys", headers=headers, follow_redirects=True)
    assert newest in after.text
    assert newest_of(visitor) not in page.text
