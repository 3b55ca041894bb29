"""`make check-oidc` says what a provider lacks for this store, and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey, RSAKey

from services.identity.check.discovery import about_discovery
from services.identity.check.examination import examine
from services.identity.check.findings import Section, Weight, printed
from services.settings import ProviderSettings
from tests.services.lying_provider import CALLBACK, KEY, LyingProvider, as_json, lying_provider

ROOT = Path(__file__).parents[2]
DISCOVERY = "/oauth2/token/.well-known/openid-configuration"


@pytest.fixture
def provider() -> Iterator[LyingProvider]:
    with lying_provider() as provider:
        yield provider


def examined(provider: LyingProvider, **changes: Any) -> list[Section]:
    values: dict[str, Any] = {
        "public_url": "http://localhost:3000",
        "oidc_issuer": provider.issuer,
        "oidc_client_id": "shop",
        "oidc_client_secret": "secret",
        "oidc_registration_url": f"{provider.origin}/register",
        "oidc_role_names": "",
    }
    return examine(ProviderSettings(**(values | changes)))


def weighing(sections: list[Section], weight: Weight) -> str:
    """The lines of one weight, with what to do about them."""
    return "\n".join(
        f"{finding.what} {finding.remedy}"
        for section in sections
        for finding in section.findings
        if finding.weight is weight
    )


def test_the_sandbox_is_in_order(tmp_path: Path) -> None:
    done = run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert " ✗ " not in done.stdout
    for words in (
        f"issuer {os.environ['OIDC_ISSUER']}",
        "introspection_endpoint",
        "the clocks agree",
        "2048 bits",
        "its secret are accepted",
        f"{os.environ['PUBLIC_URL']}/auth/callback is registered",
        "page to register at is there",
        f"{os.environ['PUBLIC_URL']}/auth/backchannel-logout",
        "0 wrong",
    ):
        assert words in done.stdout
    assert os.environ["OIDC_CLIENT_SECRET"] not in done.stdout


def test_a_wrong_secret_ends_with_exit_code_1() -> None:
    done = run(OIDC_CLIENT_SECRET="not-the-secret-at-all")
    assert done.returncode == 1
    assert "its secret is refused" in done.stdout
    assert "not-the-secret-at-all" not in done.stdout + done.stderr


@pytest.mark.parametrize("left", ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_what_is_not_set_is_asked_for(left: str) -> None:
    done = run(**{left: ""})
    assert done.returncode == 1
    assert f"{left} is not set." in done.stdout
    assert "Traceback" not in done.stderr


def test_a_role_that_does_not_exist_is_told() -> None:
    done = run(OIDC_ROLE_NAMES="Boss=king")
    assert done.returncode == 1
    assert "OIDC_ROLE_NAMES" in done.stdout
    assert "“Boss=king”" in done.stdout


def run(**changes: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "services.identity.check"]
    environment = os.environ | changes
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_an_honest_provider_has_nothing_wrong(provider: LyingProvider) -> None:
    sections = examined(provider)
    assert weighing(sections, Weight.WRONG) == ""
    assert weighing(sections, Weight.ATTENTION).startswith("http on this machine")


LIES: dict[str, tuple[dict[str, Any], str]] = {
    "another issuer": (
        {"issuer": "https://evil.example"},
        "issuer is 'https://evil.example', but OIDC_ISSUER is",
    ),
    "no issuer": ({"issuer": None}, "issuer is None"),
    "no authorization endpoint": ({"authorization_endpoint": None}, "authorization_endpoint is missing"),
    "no token endpoint": ({"token_endpoint": ""}, "token_endpoint is missing"),
    "no keys": ({"jwks_uri": 7}, "jwks_uri is missing"),
    "an endpoint without a host": ({"token_endpoint": "/oauth2/token"}, "token_endpoint is missing"),
    "no code flow": ({"response_types_supported": ["id_token"]}, "response_types_supported lacks code"),
    "no RS256": ({"id_token_signing_alg_values_supported": ["none"]}, "lacks RS256"),
    "no PKCE": ({"code_challenge_methods_supported": None}, "code_challenge_methods_supported lacks S256"),
    "plain PKCE only": (
        {"code_challenge_methods_supported": ["plain"]},
        "code_challenge_methods_supported lacks S256",
    ),
    "no basic": ({"token_endpoint_auth_methods_supported": ["private_key_jwt"]}, "lacks client_secret_basic"),
    "no code grant": ({"grant_types_supported": ["implicit"]}, "lacks authorization_code"),
    "no openid": ({"scopes_supported": ["email"]}, "scopes_supported lacks openid"),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_the_store_cannot_do_without_is_wrong(provider: LyingProvider, lie: str) -> None:
    changes, complaint = LIES[lie]
    provider.document |= changes
    sections = examined(provider)
    assert complaint in weighing(sections, Weight.WRONG)
    assert "1 wrong" in printed(sections)


@pytest.mark.parametrize("lie", LIES)
def test_the_secret_goes_to_no_provider_in_doubt(provider: LyingProvider, lie: str) -> None:
    provider.document |= LIES[lie][0]
    examined(provider)
    assert provider.asked == [DISCOVERY]


LACKS: dict[str, str] = {
    "userinfo_endpoint": "userinfo_endpoint is missing",
    "introspection_endpoint": "no access tokens but JWTs",
    "end_session_endpoint": "signed in at the provider",
    "authorization_response_iss_parameter_supported": "RFC 9207",
    "backchannel_logout_supported": "no back-channel logout",
    "backchannel_logout_session_supported": "of a single session",
}


@pytest.mark.parametrize("field", LACKS)
def test_what_the_store_can_do_without_is_to_look_at(provider: LyingProvider, field: str) -> None:
    del provider.document[field]
    sections = examined(provider)
    assert LACKS[field] in weighing(sections, Weight.ATTENTION)
    assert weighing(sections, Weight.WRONG) == ""


def test_scopes_that_are_not_listed_are_to_look_at(provider: LyingProvider) -> None:
    provider.document["scopes_supported"] = ["openid", "profile", "email"]
    assert "lacks roles" in weighing(examined(provider), Weight.ATTENTION)


def test_fields_with_a_default_may_be_left_out(provider: LyingProvider) -> None:
    for name in ("token_endpoint_auth_methods_supported", "scopes_supported"):
        del provider.document[name]
    assert weighing(examined(provider), Weight.WRONG) == ""


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        ((404, {}, b""), "status 404"),
        ((503, {}, b""), "status 503"),
        ((429, {}, b""), "wait a minute"),
        ((302, {"Location": "https://elsewhere.example/"}, b""), "it leads on to https://elsewhere.example/"),
        ((200, {}, b"<html>"), "not a JSON object"),
        ((200, {}, b"[]"), "not a JSON object"),
        ((200, {}, b" " * 300_000), "larger than 256 KB"),
    ],
)
def test_a_document_that_cannot_be_read_says_why(
    provider: LyingProvider, reply: tuple[int, dict[str, str], bytes], complaint: str
) -> None:
    provider.replies[DISCOVERY] = reply
    assert complaint in weighing(examined(provider), Weight.WRONG)


@pytest.mark.parametrize(
    ("appended", "advice"),
    [
        ("/", "without a slash"),
        ("/.well-known/openid-configuration", "Leave /.well-known/openid-configuration off"),
    ],
)
def test_a_mistyped_issuer_is_recognised(provider: LyingProvider, appended: str, advice: str) -> None:
    assert advice in weighing(examined(provider, oidc_issuer=provider.issuer + appended), Weight.WRONG)


@pytest.mark.parametrize(
    "issuer", ["http://localhost:1/oauth2/token", "nonsense", "https://", "http://[::1/x"]
)
def test_a_provider_that_is_not_there_is_wrong(provider: LyingProvider, issuer: str) -> None:
    assert "can't be read" in weighing(examined(provider, oidc_issuer=issuer), Weight.WRONG)


def weak_key() -> dict[str, Any]:
    return dict(RSAKey.generate_key(1024, {"kid": "weak"}).as_dict(private=False))


def elliptic_key() -> dict[str, Any]:
    return dict(ECKey.generate_key("P-256", {"kid": "curve"}).as_dict(private=False))


def test_keys_of_another_kind_are_ignored_but_one_must_fit(provider: LyingProvider) -> None:
    provider.keys = [elliptic_key(), {"kty": "oct", "k": "c2VjcmV0"}, dict(KEY) | {"use": "enc"}]
    sections = examined(provider)
    assert "no RSA key" in weighing(sections, Weight.WRONG)
    assert "3 of another kind" in weighing(sections, Weight.TOLD)
    provider.keys.append(dict(KEY))
    assert weighing(examined(provider), Weight.WRONG) == ""


@pytest.mark.filterwarnings("ignore")
def test_a_short_key_is_wrong(provider: LyingProvider) -> None:
    provider.keys = [weak_key()]
    assert "1024 bits" in weighing(examined(provider), Weight.WRONG)


@pytest.mark.parametrize("modulus", ["", "***", "é"])
def test_a_key_that_cannot_be_read_is_wrong(provider: LyingProvider, modulus: str) -> None:
    provider.keys = [dict(KEY) | {"n": modulus}]
    assert "has 0 bits" in weighing(examined(provider), Weight.WRONG)


def test_several_keys_need_names(provider: LyingProvider) -> None:
    nameless = {name: value for name, value in KEY.items() if name != "kid"}
    provider.keys = [dict(KEY), nameless]
    assert "some have no id" in weighing(examined(provider), Weight.ATTENTION)


def test_keys_that_are_not_there_are_wrong(provider: LyingProvider) -> None:
    provider.replies["/oauth2/jwks"] = (500, {}, b"")
    assert "no ID token can be verified" in weighing(examined(provider), Weight.WRONG)


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        (as_json({"error": "invalid_client"}, 400), "its secret is refused"),
        ((401, {}, b""), "its secret is refused"),
        (as_json({"error": "unauthorized_client"}, 400), "may not use the code grant"),
        (as_json({"access_token": "x", "token_type": "Bearer"}), "made-up code was taken"),
    ],
)
def test_what_the_token_endpoint_says_of_a_made_up_code(
    provider: LyingProvider, reply: tuple[int, dict[str, str], bytes], complaint: str
) -> None:
    provider.replies["/oauth2/token"] = reply
    assert complaint in weighing(examined(provider), Weight.WRONG)


def test_a_token_endpoint_in_trouble_is_to_look_at(provider: LyingProvider) -> None:
    provider.replies["/oauth2/token"] = (502, {}, b"")
    assert "answered 502" in weighing(examined(provider), Weight.ATTENTION)


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        ((400, {}, b"unknown redirect_uri"), "auth/callback is not registered"),
        ((302, {"Location": "/oauth2_error.do?oauthErrorCode=invalid_callback"}, b""), "is not registered"),
        ((302, {"Location": f"{CALLBACK}?error=invalid_scope"}, b""), "came back: invalid_scope"),
        (
            (302, {"Location": f"{CALLBACK}?error=login_required&iss=https://evil.example"}, b""),
            "evil.example",
        ),
        ((302, {"Location": f"{CALLBACK}?error=login_required"}, b""), "the issuer None"),
    ],
)
def test_what_the_authorization_endpoint_says_of_the_callback(
    provider: LyingProvider, reply: tuple[int, dict[str, str], bytes], complaint: str
) -> None:
    provider.replies["/oauth2/authorize"] = reply
    assert complaint in weighing(examined(provider), Weight.WRONG)


def test_a_detour_at_the_provider_is_followed(provider: LyingProvider) -> None:
    answer = f"{CALLBACK}?error=login_required&iss={provider.issuer}"
    provider.replies["/oauth2/authorize"] = (302, {"Location": "/commonauth?x=1"}, b"")
    provider.replies["/commonauth"] = (302, {"Location": answer}, b"")
    assert "auth/callback is registered" in weighing(examined(provider), Weight.FINE)


def test_a_provider_that_shows_a_page_all_the_same_is_to_look_at(provider: LyingProvider) -> None:
    provider.replies["/oauth2/authorize"] = (200, {}, b"<h1>Sign in</h1>")
    assert "can't be told" in weighing(examined(provider), Weight.ATTENTION)


def test_the_page_to_register_at_has_to_be_there(provider: LyingProvider) -> None:
    gone = examined(provider, oidc_registration_url=f"{provider.origin}/gone")
    assert "answers 404" in weighing(gone, Weight.WRONG)
    away = examined(provider, oidc_registration_url="http://localhost:1/")
    assert "can't be reached" in weighing(away, Weight.WRONG)
    none = examined(provider, oidc_registration_url="")
    assert "leads to the sign-in page" in weighing(none, Weight.ATTENTION)


@pytest.mark.parametrize(
    ("seconds", "weight"),
    [(0, Weight.FINE), (30, Weight.ATTENTION), (-30, Weight.ATTENTION), (300, Weight.WRONG)],
)
def test_clocks_that_differ(provider: LyingProvider, seconds: int, weight: Weight) -> None:
    provider.date = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
    assert "clock" in weighing(examined(provider), weight)


@pytest.mark.parametrize("date", ["yesterday", "Tue, 99 Foo 2026 25:61:61 GMT"])
def test_a_date_that_is_none_is_told(provider: LyingProvider, date: str) -> None:
    provider.date = date
    assert "no date" in weighing(examined(provider), Weight.TOLD)


def test_the_names_of_roles_are_printed_as_they_are_set(provider: LyingProvider) -> None:
    told = weighing(examined(provider, oidc_role_names="Shop owner=admin"), Weight.TOLD)
    assert "Shop owner" in told
    assert "catalog_manager  catalog_manager" in told


def test_plain_http_to_another_machine_is_wrong(provider: LyingProvider) -> None:
    document = provider.document | {"issuer": "http://id.example"}
    found = Section("", list(about_discovery(document, "http://id.example")))
    assert "whoever is on the way" in weighing([found], Weight.WRONG)


def test_an_endpoint_without_https_is_wrong(provider: LyingProvider) -> None:
    document = provider.document | {"issuer": "https://id.example"}
    found = Section("", list(about_discovery(document, "https://id.example")))
    assert "token_endpoint is without https" in weighing([found], Weight.WRONG)
