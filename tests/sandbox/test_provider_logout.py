"""Whoever signs out at the provider is signed out at the store: back-channel logout, and the account page."""

import re
import sqlite3
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from joserfc import jwt

from sandbox.process import running
from tests.sandbox.provider_visitor import CLIENT, FLAGS, HOME, Visitor

EVENT = "http://schemas.openid.net/event/backchannel-logout"
ACCOUNT = "/t/larkspur/myaccount"


@dataclass
class Listener:
    """The store's end of the back channel. It answers what is in `answers`, then 200, after `delay` seconds."""

    address: str
    received: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    delay: float = 0

    def take(self, count: int = 1) -> list[str]:
        """The next logout tokens, once there are `count`; fewer when they don't come within ten seconds."""
        deadline = time.monotonic() + 10
        while len(self.received) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        taken, self.received = self.received[:], []
        return taken


@pytest.fixture(scope="module")
def listening() -> Iterator[Listener]:
    heard = Listener("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            heard.received.append(form["logout_token"][0])
            time.sleep(heard.delay)
            self.send_response(heard.answers.pop(0) if heard.answers else 200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    heard.address = f"http://127.0.0.1:{server.server_port}/auth/backchannel-logout"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield heard
    server.shutdown()
    server.server_close()


@pytest.fixture
def listener(listening: Listener) -> Listener:
    listening.received, listening.answers, listening.delay = [], [], 0
    return listening


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory, listening: Listener) -> Iterator[str]:
    flags = (*FLAGS, "--backchannel-logout-uri", listening.address)
    with running("identity_provider", tmp_path_factory.mktemp("provider"), *flags) as address:
        yield address


def sign_out(visitor: Visitor, id_token: str) -> httpx.Response:
    hint = {"id_token_hint": id_token, "client_id": CLIENT[0], "post_logout_redirect_uri": HOME}
    return visitor.browser.get("/t/larkspur/oidc/logout", params=hint)


def end(visitor: Visitor, session: str) -> httpx.Response:
    """Presses a button of the account page."""
    form = visitor.browser.get(ACCOUNT)
    token = re.findall(r'form_token" value="(\w+)"', form.text)[0]
    return visitor.browser.post(f"{ACCOUNT}/sign-out", data={"form_token": token, "session": session})


def test_discovery_promises_back_channel_logout_with_sessions(visitor: Visitor) -> None:
    document = httpx.get(
        f"{visitor.provider}/t/larkspur/oauth2/token/.well-known/openid-configuration"
    ).json()
    assert document["backchannel_logout_supported"] is True
    assert document["backchannel_logout_session_supported"] is True


def test_signing_out_tells_the_store_which_session_has_ended(visitor: Visitor, listener: Listener) -> None:
    id_token = visitor.tokens()["id_token"]
    person = visitor.claims(id_token)
    sign_out(visitor, id_token)
    [told] = listener.take()
    token = jwt.decode(told, visitor.keys(), algorithms=["RS256"])
    assert token.header["typ"] == "logout+jwt"
    claims = token.claims
    assert (claims["iss"], claims["aud"]) == (person["iss"], CLIENT[0])
    assert (claims["sub"], claims["sid"]) == (person["sub"], person["sid"])
    assert claims["events"] == {EVENT: {}}
    assert claims["exp"] - claims["iat"] == 120
    assert abs(claims["iat"] - time.time()) < 10
    assert claims["jti"]
    assert "nonce" not in claims


def test_the_browser_does_not_wait_for_the_store(visitor: Visitor, listener: Listener) -> None:
    listener.delay = 2
    id_token = visitor.tokens()["id_token"]
    before = time.monotonic()
    assert sign_out(visitor, id_token).headers["location"] == HOME
    assert time.monotonic() - before < 1
    assert len(listener.take()) == 1


def test_a_store_in_trouble_is_told_again_with_a_new_token(visitor: Visitor, listener: Listener) -> None:
    listener.answers = [503, 429]
    sign_out(visitor, visitor.tokens()["id_token"])
    told = [visitor.claims(token) for token in listener.take(3)]
    assert len({claims["jti"] for claims in told}) == 3
    assert len({claims["sid"] for claims in told}) == 1


def test_a_store_that_refuses_the_token_is_left_alone(visitor: Visitor, listener: Listener) -> None:
    listener.answers = [400]
    sign_out(visitor, visitor.tokens()["id_token"])
    assert len(listener.take()) == 1
    time.sleep(1)
    assert listener.received == []


def test_a_session_the_store_never_heard_of_is_not_told(visitor: Visitor, listener: Listener) -> None:
    visitor.sign_in()
    visitor.submit(visitor.browser.get("/t/larkspur/oidc/logout"))
    assert "/login.do?" in visitor.authorize().headers["location"]
    time.sleep(0.3)
    assert listener.received == []


def test_the_account_page_says_who_and_where(visitor: Visitor) -> None:
    assert "You are not signed in" in visitor.browser.get(ACCOUNT).text
    visitor.browser.headers["User-Agent"] = (
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    )
    visitor.sign_in("iris")
    page = visitor.browser.get(ACCOUNT).text
    for words in ("Iris Novak", "operations@larkspur.example", "order manager, catalog manager"):
        assert words in page
    assert "Firefox on Linux" in page
    assert page.count("this browser") == 1
    assert "Sign out everywhere" in visitor.browser.get("/t/larkspur/").text


def test_another_browser_can_be_signed_out_from_here(visitor: Visitor, listener: Listener) -> None:
    elsewhere = Visitor(visitor.provider)
    sid = visitor.claims(elsewhere.tokens("sam")["id_token"])["sid"]
    visitor.sign_in("sam")
    end(visitor, sid)
    [told] = listener.take()
    assert visitor.claims(told)["sid"] == sid
    assert "You are not signed in" in elsewhere.browser.get(ACCOUNT).text
    assert "Sam Okafor" in visitor.browser.get(ACCOUNT).text


def test_signing_out_everywhere_ends_every_browser_and_every_token(
    visitor: Visitor, listener: Listener
) -> None:
    elsewhere = Visitor(visitor.provider)
    tokens, others = visitor.tokens("tom"), elsewhere.tokens("tom")
    person = visitor.claims(tokens["id_token"])
    end(visitor, "everywhere")
    [told] = listener.take()
    claims = visitor.claims(told)
    assert claims["sub"] == person["sub"]
    assert "sid" not in claims
    for browser in (visitor, elsewhere):
        assert "You are not signed in" in browser.browser.get(ACCOUNT).text
    for token in (tokens["access_token"], others["access_token"], others["refresh_token"]):
        assert visitor.call("introspect", token=token).json() == {"active": False}


def test_nobody_signs_a_stranger_out(visitor: Visitor, listener: Listener) -> None:
    stranger = Visitor(visitor.provider)
    sid = visitor.claims(stranger.tokens("maya")["id_token"])["sid"]
    visitor.sign_in("ada")
    end(visitor, sid)
    assert "Maya Lindqvist" in stranger.browser.get(ACCOUNT).text
    forged = {"form_token": "0" * 64, "session": "everywhere"}
    stranger.browser.post(f"{ACCOUNT}/sign-out", data=forged)
    assert "Maya Lindqvist" in stranger.browser.get(ACCOUNT).text
    time.sleep(0.3)
    assert listener.received == []


def test_sessions_begun_by_an_earlier_version_are_kept(tmp_path: Path) -> None:
    with running("identity_provider", tmp_path, *FLAGS) as address:
        visitor = Visitor(address)
        visitor.sign_in()
        cookies = dict(visitor.browser.cookies)
    with sqlite3.connect(tmp_path / "identity.sqlite3") as database:
        database.execute("ALTER TABLE sign_ins DROP COLUMN user_agent")
    with running("identity_provider", tmp_path, *FLAGS) as address:
        page = httpx.get(f"{address}{ACCOUNT}", cookies=cookies)
        assert "Robin Hale" in page.text
