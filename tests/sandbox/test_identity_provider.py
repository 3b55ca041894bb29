"""The identity provider over HTTP, as the store and a browser meet it."""

import base64
import hashlib
import re
import secrets
import uuid
from pathlib import Path

import httpx
import pytest
from joserfc import jwt

from sandbox.process import free_port, running
from tests.sandbox.provider_visitor import CALLBACK, CLIENT, FLAGS, HOME, Visitor, returned


def test_discovery_names_asgardeos_endpoints(visitor: Visitor) -> None:
    issuer = f"{visitor.provider}/t/larkspur/oauth2/token"
    document = httpx.get(f"{issuer}/.well-known/openid-configuration").json()
    assert document["issuer"] == issuer
    assert document["authorization_endpoint"] == f"{visitor.provider}/t/larkspur/oauth2/authorize"
    assert document["end_session_endpoint"] == f"{visitor.provider}/t/larkspur/oidc/logout"
    assert document["code_challenge_methods_supported"] == ["S256"]
    assert document["authorization_response_iss_parameter_supported"] is True


def test_a_shopper_signs_in_and_the_id_token_says_who_it_is(visitor: Visitor) -> None:
    answer = visitor.sign_in("shopper@larkspur.example")
    assert answer["state"] == visitor.state
    assert answer["iss"] == f"{visitor.provider}/t/larkspur/oauth2/token"
    tokens = visitor.exchange(answer["code"]).json()
    id_token = jwt.decode(tokens["id_token"], visitor.keys(), algorithms=["RS256"])
    claims = id_token.claims
    assert id_token.header["kid"]
    assert claims["iss"] == answer["iss"]
    assert claims["aud"] == claims["azp"] == CLIENT[0]
    assert claims["nonce"] == visitor.nonce
    half = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
    assert claims["at_hash"] == base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    assert uuid.UUID(claims["sub"])
    assert claims["email"] == "shopper@larkspur.example"
    assert (claims["given_name"], claims["family_name"], claims["name"]) == ("Robin", "Hale", "Robin Hale")
    assert "roles" not in claims
    userinfo = httpx.get(
        f"{visitor.provider}/t/larkspur/oauth2/userinfo",
        headers={"Authorization": f"Bearer {tokens['access_token']}"},
    ).json()
    assert userinfo["sub"] == claims["sub"]
    assert userinfo["username"] == "shopper"


def test_roles_are_a_string_for_one_and_a_list_for_several(provider: str) -> None:
    one, several = Visitor(provider), Visitor(provider)
    assert one.claims(one.tokens("maya")["id_token"])["roles"] == "order_manager"
    tokens = several.tokens("iris")
    assert several.claims(tokens["id_token"])["roles"] == ["order_manager", "catalog_manager"]
    access = jwt.decode(tokens["access_token"], several.keys(), algorithms=["RS256"])
    assert access.header["typ"] == "at+jwt"
    assert access.claims["roles"] == ["order_manager", "catalog_manager"]


def test_a_demo_account_is_one_click_away(visitor: Visitor) -> None:
    form = visitor.browser.get(visitor.authorize().headers["location"])
    assert "Continue as Maya" in form.text
    answer = returned(visitor.submit(form, demo="maya"))
    assert visitor.claims(visitor.exchange(answer["code"]).json()["id_token"])["username"] == "maya"


def test_the_demo_accounts_are_grouped_with_the_roles_of_the_staff(visitor: Visitor) -> None:
    page = visitor.browser.get(visitor.authorize().headers["location"]).text
    shoppers, staff = page.partition(">Shoppers<")[2].split(">Staff<")
    assert all(f"Continue as {name}" in shoppers for name in ("Robin", "Wilhelmina-Theodora"))
    assert all(f"Continue as {name}" in staff for name in ("Sam", "Maya", "Tomás", "Iris", "Ada"))
    assert "order manager, catalog manager" in staff


def test_pages_run_no_script_but_the_one_that_shows_a_password(visitor: Visitor) -> None:
    form = visitor.browser.get(visitor.authorize().headers["location"])
    assert "script-src 'self';" in form.headers["content-security-policy"]
    assert re.findall(r"<script[^>]*>", form.text) == ['<script src="/show-password.js" defer>']
    assert visitor.browser.get("/show-password.js").headers["content-type"].startswith("text/javascript")
    assert "script-src" not in visitor.browser.get("/t/larkspur/").headers["content-security-policy"]


def test_a_wrong_password_keeps_the_login_and_says_so(visitor: Visitor) -> None:
    form = visitor.browser.get(visitor.authorize().headers["location"])
    page = visitor.submit(form, login="shopper", password="wrong")
    assert page.status_code == 422
    assert "do not match an account" in page.text
    assert 'value="shopper"' in page.text


def test_a_form_from_elsewhere_is_not_accepted(visitor: Visitor) -> None:
    form = visitor.browser.get(visitor.authorize().headers["location"])
    forged = visitor.browser.post(str(form.url), data={"form_token": "0" * 64, "demo": "ada"})
    assert forged.status_code == 422
    foreign = visitor.browser.post(
        str(form.url),
        data={"form_token": re.findall(r'form_token" value="(\w+)"', form.text)[0], "demo": "ada"},
        headers={"Origin": "http://elsewhere.example"},
    )
    assert foreign.status_code == 422
    assert not visitor.browser.cookies.get("larkspur_idp_session")


def test_going_back_to_the_store_is_access_denied(visitor: Visitor) -> None:
    form = visitor.browser.get(visitor.authorize().headers["location"])
    answer = returned(visitor.submit(form, cancel="1"))
    assert (answer["error"], answer["state"]) == ("access_denied", visitor.state)
    assert answer["iss"].endswith("/oauth2/token")


def test_the_wrong_verifier_gets_no_token(visitor: Visitor) -> None:
    code = visitor.sign_in()["code"]
    answer = visitor.exchange(code, code_verifier=secrets.token_urlsafe(48))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    "changes", [{"code_challenge": None, "code_challenge_method": None}, {"code_challenge_method": "plain"}]
)
def test_pkce_with_s256_is_required(visitor: Visitor, changes: dict[str, str | None]) -> None:
    answer = returned(visitor.authorize(**changes))
    assert (answer["error"], answer["state"]) == ("invalid_request", visitor.state)
    assert answer["iss"].endswith("/oauth2/token")


def test_a_code_works_once_and_its_second_use_revokes_the_tokens(visitor: Visitor) -> None:
    code = visitor.sign_in()["code"]
    tokens = visitor.exchange(code).json()
    assert visitor.call("introspect", token=tokens["access_token"]).json()["active"] is True
    assert visitor.exchange(code).json()["error"] == "invalid_grant"
    assert visitor.call("introspect", token=tokens["access_token"]).json() == {"active": False}


def test_an_unregistered_redirect_uri_is_never_followed(visitor: Visitor) -> None:
    for stranger in ("http://evil.example/", f"{CALLBACK}/more", "http://localhost:3000"):
        page = visitor.authorize(redirect_uri=stranger)
        assert page.status_code == 400
        assert "location" not in page.headers
    code = visitor.sign_in()["code"]
    assert visitor.exchange(code, redirect_uri="http://evil.example/").json()["error"] == "invalid_grant"


def test_the_client_must_know_its_secret(visitor: Visitor) -> None:
    fields = {
        "grant_type": "authorization_code",
        "code": visitor.sign_in()["code"],
        "redirect_uri": CALLBACK,
        "code_verifier": visitor.verifier,
    }
    token_endpoint = f"{visitor.provider}/t/larkspur/oauth2/token"
    wrong = httpx.post(token_endpoint, data=fields, auth=(CLIENT[0], "guess"))
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    posted = httpx.post(token_endpoint, data={**fields, "client_id": CLIENT[0], "client_secret": CLIENT[1]})
    assert posted.status_code == 200


def test_a_signed_in_browser_is_not_asked_again_unless_the_client_wants_it(visitor: Visitor) -> None:
    assert returned(visitor.authorize(prompt="none"))["error"] == "login_required"
    visitor.sign_in()
    assert "code" in returned(visitor.authorize())
    assert "code" in returned(visitor.authorize(prompt="none"))
    assert "/login.do?" in visitor.authorize(prompt="login").headers["location"]
    assert "code" in returned(visitor.authorize(max_age="600"))
    again = visitor.sign_in(prompt="login")
    assert "code" in again


def test_refresh_tokens_rotate_and_a_stolen_one_ends_the_family(visitor: Visitor) -> None:
    first = visitor.tokens()
    refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = visitor.call("token", **refresh).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert visitor.claims(second["id_token"])["sub"] == visitor.claims(first["id_token"])["sub"]
    assert visitor.call("token", **refresh).json()["error"] == "invalid_grant"
    assert visitor.call("introspect", token=second["refresh_token"]).json() == {"active": False}


def test_a_revoked_token_opens_nothing(visitor: Visitor) -> None:
    token = visitor.tokens()["access_token"]
    assert visitor.call("revoke", token=token).status_code == 200
    answer = httpx.get(
        f"{visitor.provider}/t/larkspur/oauth2/userinfo", headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def register_page(visitor: Visitor) -> httpx.Response:
    return visitor.browser.get("/t/larkspur/accountrecoveryendpoint/register.do", params=visitor.request())


def test_registering_goes_on_to_the_store(visitor: Visitor) -> None:
    email = f"new-{uuid.uuid4().hex[:8]}@larkspur.example"
    person = {"first_name": "Noor", "last_name": "Ali", "email": email, "password": "a long enough one"}
    answer = returned(visitor.submit(register_page(visitor), **person))
    claims = visitor.claims(visitor.exchange(answer["code"]).json()["id_token"])
    assert (claims["email"], claims["name"], claims.get("roles")) == (email, "Noor Ali", None)
    again = visitor.submit(register_page(visitor), **person)
    assert again.status_code == 422
    assert "already an account" in again.text


def test_registration_says_what_to_change_and_keeps_the_rest(visitor: Visitor) -> None:
    page = visitor.submit(
        register_page(visitor), first_name='<b>"Jo"</b>', last_name=" ", email="jo@", password="short"
    )
    assert page.status_code == 422
    for sentence in ("Enter your last name.", "like name@example.com", "at least 8 characters"):
        assert sentence in page.text
    assert 'value="&lt;b&gt;&#34;Jo&#34;&lt;/b&gt;"' in page.text
    assert "short" not in page.text


def test_the_rules_for_passwords_stay_in_sight(visitor: Visitor) -> None:
    rules = "At least 8 characters, and not your name or email address."
    form = register_page(visitor)
    assert rules in form.text
    email = "noor.ali@larkspur.example"
    for password, complaint in ((email.upper(), "not your email address"), ("noor ALI", "not your name")):
        page = visitor.submit(form, first_name="Noor", last_name="Ali", email=email, password=password)
        assert page.status_code == 422
        assert f"Choose a password that is {complaint}." in page.text
        assert rules in page.text
        assert 'aria-describedby="password-wrong password-hint"' in page.text


def test_turning_back_from_registration_is_access_denied(visitor: Visitor) -> None:
    answer = returned(visitor.submit(register_page(visitor), cancel="1"))
    assert (answer["error"], answer["state"]) == ("access_denied", visitor.state)


def test_registering_without_a_request_ends_on_a_page(visitor: Visitor) -> None:
    form = visitor.browser.get(
        "/t/larkspur/accountrecoveryendpoint/register.do", params={"client_id": CLIENT[0]}
    )
    page = visitor.submit(
        form, first_name="Kit", last_name="Ray", email="kit@larkspur.example", password="kits-password"
    )
    assert "Your account is ready" in page.text
    assert "code" in returned(visitor.authorize())


def test_signing_out_returns_to_the_store_and_ends_the_tokens(visitor: Visitor) -> None:
    tokens = visitor.tokens()
    answer = visitor.browser.get(
        "/t/larkspur/oidc/logout",
        params={
            "id_token_hint": tokens["id_token"],
            "client_id": CLIENT[0],
            "post_logout_redirect_uri": HOME,
            "state": "bye",
        },
    )
    assert answer.headers["location"] == f"{HOME}?state=bye"
    assert "/login.do?" in visitor.authorize().headers["location"]
    assert visitor.call("introspect", token=tokens["access_token"]).json() == {"active": False}


def test_signing_out_without_a_hint_asks_first(visitor: Visitor) -> None:
    visitor.sign_in()
    question = visitor.browser.get("/t/larkspur/oidc/logout", params={"client_id": CLIENT[0]})
    assert "Sign out?" in question.text
    assert "code" in returned(visitor.authorize())
    assert "You are signed out" in visitor.submit(question).text
    assert "/login.do?" in visitor.authorize().headers["location"]


def test_signing_out_never_goes_to_an_unregistered_address(visitor: Visitor) -> None:
    hint = visitor.tokens()["id_token"]
    page = visitor.browser.get(
        "/t/larkspur/oidc/logout",
        params={"id_token_hint": hint, "post_logout_redirect_uri": "http://evil.example/"},
    )
    assert page.status_code == 400
    assert "location" not in page.headers


def test_people_and_keys_survive_a_restart(tmp_path: Path) -> None:
    port = free_port()
    with running("identity_provider", tmp_path, *FLAGS, port=port) as address:
        before = Visitor(address)
        page = register_page(before)
        before.submit(
            page, first_name="Ana", last_name="Ruiz", email="ana@larkspur.example", password="larkspur-demo-1"
        )
        kept_keys, code = before.keys().as_dict(), before.sign_in("maya", prompt="login")["code"]
    with running("identity_provider", tmp_path, *FLAGS, port=port) as address:
        after = Visitor(address)
        assert after.keys().as_dict() == kept_keys
        assert before.exchange(code).status_code == 200
        assert after.claims(after.tokens("ana@larkspur.example")["id_token"])["given_name"] == "Ana"
