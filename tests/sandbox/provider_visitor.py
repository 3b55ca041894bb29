"""A browser at the identity provider, and the client that sent it there."""

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import KeySet

CALLBACK = "http://localhost:3000/auth/callback"
HOME = "http://localhost:3000/"
CLIENT = ("larkspur-store", "sandbox_test_secret")
SCOPE = "openid profile email roles"
FLAGS = (
    *("--client-id", CLIENT[0], "--client-secret", CLIENT[1]),
    *("--redirect-uri", CALLBACK, "--post-logout-redirect-uri", HOME),
)


@dataclass
class Visitor:
    """A browser at the provider together with the client that sent it there."""

    provider: str
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def __post_init__(self) -> None:
        self.browser = httpx.Client(base_url=self.provider)
        self.tenant = "/t/larkspur"

    def request(self, **changes: str | None) -> dict[str, str]:
        """The parameters of an authorization request; None leaves one out."""
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=")
        parameters: dict[str, str | None] = {
            "response_type": "code",
            "client_id": CLIENT[0],
            "redirect_uri": CALLBACK,
            "scope": SCOPE,
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in (parameters | changes).items() if value is not None}

    def authorize(self, **changes: str | None) -> httpx.Response:
        return self.browser.get(f"{self.tenant}/oauth2/authorize", params=self.request(**changes))

    def submit(self, page: httpx.Response, **typed: str) -> httpx.Response:
        """Sends the form of a page with what was typed."""
        token = re.search(r'name="form_token" value="(\w+)"', page.text)
        assert token, page.text
        return self.browser.post(str(page.url), data={"form_token": token[1], **typed})

    def sign_in(self, login: str = "shopper", **changes: str | None) -> dict[str, str]:
        """Signs in with a password; returns what comes back to the client."""
        form = self.browser.get(self.authorize(**changes).headers["location"])
        return returned(self.submit(form, login=login, password="larkspur-demo-1"))

    def exchange(self, code: str, **changes: str) -> httpx.Response:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": self.verifier,
        }
        return httpx.post(
            f"{self.provider}{self.tenant}/oauth2/token", data={**fields, **changes}, auth=CLIENT
        )

    def tokens(self, login: str = "shopper", **changes: str | None) -> dict[str, Any]:
        answer = self.exchange(self.sign_in(login, **changes)["code"])
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def claims(self, token: str) -> dict[str, Any]:
        """The claims of a token signed by the provider."""
        return jwt.decode(token, self.keys(), algorithms=["RS256"]).claims

    def keys(self) -> KeySet:
        return KeySet.import_key_set(self.browser.get(f"{self.tenant}/oauth2/jwks").json())

    def call(self, endpoint: str, **fields: str) -> httpx.Response:
        """Calls an endpoint as the client."""
        return httpx.post(f"{self.provider}{self.tenant}/oauth2/{endpoint}", data=fields, auth=CLIENT)


def returned(response: httpx.Response) -> dict[str, str]:
    """The parameters of a redirect to the client."""
    location = response.headers["location"]
    assert location.startswith(f"{CALLBACK}?"), location
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
